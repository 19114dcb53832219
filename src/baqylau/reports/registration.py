"""What sealed reports show the rest: their one descriptor."""

from django.utils.translation import gettext_lazy as _

from baqylau.kernel.modules import Command, Door, Job, MenuItem, Module, Projection, Training
from baqylau.kernel.work import Tasks
from baqylau.reports import access, console, training, verification, verification_keys
from baqylau.reports.figures import FIGURES
from baqylau.reports.queries import keys, recovery, reminders, work
from baqylau.reports.services.counting import count_together
from baqylau.reports.services.drafts import forget_old_drafts
from baqylau.reports.services.retention import delete_what_is_over, forget_the_order
from baqylau.reports.services.weeks import publish_weeks

MODULE = Module(
    code="reports",
    label=_("Sealed reports"),
    public_urls="baqylau.reports.urls_public",
    desk_urls="baqylau.reports.urls_desk",
    doors=(
        Door(
            "report",
            _("Report corruption"),
            _("Safely: without a name, sealed at once, with an answer."),
            order=20,
        ),
    ),
    menu=(
        MenuItem("reports_list", _("Sealed reports"), access.LIST, order=12, key="x"),
        MenuItem("report_assisted", _("Report for a visitor"), access.ASSIST, order=40),
        MenuItem("reports_figures", _("Reports of the year"), access.COUNT, order=61),
        MenuItem("reports_keys", _("Keys of reports"), access.SEE_KEYS, order=62),
        MenuItem("reports_names", _("Names of reporters"), access.KEY, order=63),
    ),
    actions=access.ACTIONS,
    safe_channel="report",
    assisted_channel="report_assisted",
    tasks=(
        Tasks("reports.acknowledge", work.acknowledge),
        Tasks("reports.close", reminders.close),
        Tasks("reports.feedback", work.feedback),
        Tasks("reports.keys", keys.tasks),
    ),
    commands=(
        Command(
            "recover",
            _("open sealed reports with two shares of the recovery key"),
            console.recover_arguments,
            console.recover,
        ),
    ),
    projections=(
        Projection(
            "reports.items",
            _("Sealed items of reports"),
            verification.differences,
            verification.rebuild,
        ),
        Projection(
            "reports.keys",
            _("Living keys of reports"),
            verification_keys.differences,
            verification.rebuild,
        ),
    ),
    recovery_recipients=recovery.recipients,
    health=verification.health,
    figures=FIGURES,
    training=(
        Training(
            "reports",
            _("Sealed reports"),
            training.load,
            order=60,
            each=training.EACH,
            is_there=training.is_there,
        ),
    ),
    training_notes=training.notes,
    jobs=(
        Job(
            "reports.counters",
            _("Count the labels of months that are over, many at once"),
            count_together,
            at="04:40",
        ),
        Job(
            "reports.drafts",
            _("Delete evidence of reports that were never sent"),
            forget_old_drafts,
            every=3_600,
        ),
        Job(
            "reports.log",
            _("Cut off the log that tells what was written together"),
            forget_the_order,
            every=600,
        ),
        Job(
            "reports.retention",
            _("Delete reports whose time is over"),
            delete_what_is_over,
            at="03:10",
        ),
        Job(
            "reports.slips",
            _("Publish the list of last week's filing slips"),
            publish_weeks,
            at="06:10",
        ),
    ),
)
"""Read when every room is loaded: see `apps`."""
