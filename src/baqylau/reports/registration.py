"""What sealed reports show the rest: their one descriptor."""

from django.utils.translation import gettext_lazy as _

from baqylau.kernel.modules import Job, Module
from baqylau.reports import access
from baqylau.reports.services.drafts import forget_old_drafts
from baqylau.reports.services.retention import delete_what_is_over

MODULE = Module(
    code="reports",
    label=_("Sealed reports"),
    actions=access.ACTIONS,
    jobs=(
        Job(
            "reports.drafts",
            _("Delete evidence of reports that were never sent"),
            forget_old_drafts,
            every=3_600,
        ),
        Job(
            "reports.retention",
            _("Delete reports whose time is over"),
            delete_what_is_over,
            at="03:10",
        ),
    ),
)
"""Read when every room is loaded: see `apps`."""
