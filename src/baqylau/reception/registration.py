"""What the reception desk shows the rest: its one descriptor."""

from django.utils.translation import gettext_lazy as _

from baqylau.kernel.modules import (
    Door,
    Erase,
    Job,
    KeyFile,
    MenuItem,
    Module,
    Projection,
    Training,
)
from baqylau.kernel.work import Tasks
from baqylau.reception import (
    access,
    addressees_training,
    figures,
    keyring,
    seeds,
    services,
    verification,
)
from baqylau.reception.importing import IMPORTER
from baqylau.reception.queries import calls, finding, rights
from baqylau.reception.queries.help import related
from baqylau.reception.services import digest, drawing, guessing
from baqylau.reception.services.dropping import drop_due
from baqylau.reception.training import load

MODULE = Module(
    code="reception",
    label=_("Reception"),
    public_urls="baqylau.reception.urls_public",
    desk_urls="baqylau.reception.urls_desk",
    doors=(
        Door(
            "status",
            _("How far is my matter?"),
            _("With the number and the code on your slip: the stage and the next day."),
            order=30,
        ),
    ),
    menu=(
        MenuItem(
            "consultation_new",
            _("New consultation"),
            access.RECORD,
            order=1,
            key="n",
            is_start=True,
        ),
        MenuItem("consultations", _("Consultations"), access.SEE, order=5, key="k"),
        MenuItem("reception_status", _("Slips"), access.SEE, order=15, key="t"),
        MenuItem("addressees", _("Addressees"), access.DIRECTORY, order=70),
    ),
    places=rights.places,
    tasks=(
        Tasks("reception.calls", calls.promised),
        Tasks("reception.checks", calls.checks),
        Tasks("reception.drafts", calls.drafts),
    ),
    beside_worklist=(MenuItem("reception_reminders", _("Calendar and letters"), access.SEE),),
    search=finding.search,
    actions=access.ACTIONS,
    folds=figures.FOLDS,
    figures=figures.FIGURES,
    related=related,
    jobs=(
        Job(
            "reception.drafts",
            _("Delete drafts that nobody touches"),
            services.forget_old_drafts,
            at="03:40",
        ),
        Job(
            "reception.guesses",
            _("Forget wrong codes"),
            guessing.forget_guesses,
            every=3_600,
        ),
        Job(
            "reception.digest",
            _("Write the daily letters"),
            digest.send_digests,
            at=digest.AT,
        ),
        Job("reception.draw", _("Draw talks to check"), drawing.draw, at="02:20"),
        Job(
            "reception.letters",
            _("Drop what was typed for letters"),
            drop_due,
            at="00:20",
        ),
    ),
    seed=seeds.load,
    key_files=(KeyFile(keyring.NAME, _("drafts, letters and the codes of slips")),),
    erase=(Erase("reception.consultations", services.forget),),
    projections=(
        Projection(
            "reception.consultations",
            _("Consultations"),
            verification.differences,
            verification.rebuild,
        ),
    ),
    imports=(IMPORTER,),
    training=(
        Training("reception.addressees", _("Addressees"), addressees_training.load, order=38),
        Training(
            "reception",
            _("Consultations"),
            load.load,
            order=50,
            each=load.EACH,
            is_there=load.is_there,
        ),
    ),
)
"""Read when every room is loaded: see `apps`."""
