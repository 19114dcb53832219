"""What the module of councils shows to the rest."""

from django.utils.translation import gettext_lazy as _

from baqylau.councils import (
    access,
    annexes,
    datasets,
    datasets_councils,
    figures,
    figures_drafts,
    figures_meetings,
    importing,
    importing_meetings,
    importing_members,
    parts,
    seeds,
    verification,
    verification_comments,
    working,
)
from baqylau.councils.queries import finding, meeting_work, work
from baqylau.councils.services.commenting import drop_sendings
from baqylau.councils.services.recounting import recount
from baqylau.councils.training import load
from baqylau.kernel.modules import Deadlines, Job, MenuItem, Module, Projection, Training

MODULE = Module(
    code="councils",
    label=_("Councils and promises"),
    public_urls="baqylau.councils.urls_public",
    desk_urls="baqylau.councils.urls_desk",
    menu=(
        MenuItem("promises_desk", _("Recommendations"), access.VERIFY, order=25, key="o"),
        MenuItem("final_documents", _("Final documents"), access.SEE, order=45),
        MenuItem("councils_desk", _("Councils"), access.SEE, order=40),
        MenuItem("drafts_desk", _("Drafts"), access.DISCUSS, order=64),
    ),
    actions=access.ACTIONS,
    search=finding.search,
    tasks=(*work.TASKS, *working.TASKS, *meeting_work.TASKS),
    jobs=(Job("councils.sendings", _("Forget keys of forms that were sent"), drop_sendings),),
    related=parts.related,
    deadlines=(Deadlines("councils.clocks", recount),),
    projections=(
        Projection(
            "councils.recommendations",
            _("Register of recommendations"),
            verification.differences,
            verification.rebuild,
        ),
        Projection(
            "councils.comments",
            _("Comments on drafts"),
            verification_comments.differences,
            verification_comments.rebuild,
        ),
    ),
    folds=(*figures.FOLDS, *figures_drafts.FOLDS, *figures_meetings.FOLDS),
    figures=(*figures.FIGURES, *figures_drafts.FIGURES, *figures_meetings.FIGURES),
    datasets=(*datasets.DATASETS, *datasets_councils.DATASETS),
    annexes=annexes.ANNEXES,
    imports=(importing.IMPORTER, importing_members.IMPORTER, importing_meetings.IMPORTER),
    home=parts.home,
    about_place=parts.about_place,
    body_state=parts.body_state,
    seed=seeds.load,
    training=(
        Training(
            "councils", _("Councils and promises"), load.load, order=60, is_there=load.is_there
        ),
    ),
)
