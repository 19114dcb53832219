"""What the module of outreach shows to the rest."""

from django.utils.translation import gettext_lazy as _

from baqylau.contacts.held import Held
from baqylau.kernel.modules import Job, MenuItem, Module, Projection, Training
from baqylau.kernel.work import Tasks
from baqylau.outreach import (
    access,
    annexes,
    datasets,
    figures,
    importing,
    parts,
    verification,
    verification_steps,
)
from baqylau.outreach.figures_events import FIGURES as OF_EVENTS
from baqylau.outreach.queries import work
from baqylau.outreach.services import campaigns, doubting, sheets
from baqylau.outreach.training import load

MODULE = Module(
    code="outreach",
    label=_("Outreach"),
    public_urls="baqylau.outreach.urls_public",
    desk_urls="baqylau.outreach.urls_desk",
    menu=(
        MenuItem("events_desk", _("Events"), access.PLAN, order=24, key="v"),
        MenuItem("campaigns_desk", _("Campaigns"), access.SEE, order=44),
        MenuItem("speakers_desk", _("Speakers"), access.SPEAKERS, order=45),
        MenuItem("coverage_desk", _("Coverage"), access.SEE, order=46),
        MenuItem("doubts_desk", _("Doubts"), access.CHECK, order=47),
    ),
    beside_worklist=(MenuItem("events_calendar", _("My events in my calendar"), access.HOLD),),
    actions=access.ACTIONS,
    search=work.search,
    tasks=(
        Tasks("outreach.coming", work.coming),
        Tasks("outreach.unreported", work.unreported),
        Tasks("outreach.unconfirmed", work.unconfirmed),
        Tasks("outreach.doubts", work.doubts),
    ),
    folds=figures.FOLDS,
    figures=(*figures.FIGURES, *OF_EVENTS),
    datasets=datasets.DATASETS,
    annexes=(annexes.EVENTS,),
    imports=(importing.IMPORTER,),
    home=parts.home,
    about_place=parts.about_place,
    body_state=parts.body_state,
    seed=campaigns.seed,
    training=(
        Training("outreach", _("Events and coverage"), load.load, order=70, is_there=load.is_there),
    ),
    jobs=(
        Job(
            "outreach.sheets",
            _("Forget attendance sheets whose time is over"),
            sheets.forget_old,
            at="03:40",
        ),
        Job(
            "outreach.doubts",
            _("Look again at the events of the last 90 days"),
            doubting.look_again,
            at="03:50",
        ),
    ),
    projections=(
        Projection(
            "outreach.events",
            _("Events"),
            verification_steps.differences,
            verification_steps.rebuild,
        ),
        Projection(
            "outreach.reached",
            _("Institutions reached"),
            verification.differences,
            verification.rebuild,
        ),
    ),
)

HELD = Held("outreach.sheets", sheets.left_to_seal, sheets.seal_anew)
"""What a rotation of the key of identities must seal anew."""
