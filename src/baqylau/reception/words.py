"""What a resident is told about a matter, by where it stands: words of ours, never an adviser's."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from baqylau.casework.taxonomy import Stage
from baqylau.reception.taxonomy import Result

DONE: Final[Mapping[str, Any]] = {
    Result.ADVISED: _("You were told what the law gives you."),
    Result.SOLVED: _("Your question was settled on the spot."),
    Result.CASE: _("We began to help you with your matter."),
    Result.DIRECTED: _("You were shown where to go."),
    Result.CALL_BACK: _("We promised to call you back."),
    Result.SAFE_CHANNEL: _("You were told what the law gives you."),
    Result.UNANSWERED: _("We have not found the answer yet and are looking for it."),
}
"""What was done at the reception, by the result of the consultation.

Somebody who was shown the safe channel reads the same as everybody who was advised: whoever makes
them show the page learns nothing.
"""

NEXT_STEP: Final[Mapping[str, Any]] = {
    Result.ADVISED: _("If it did not work out, come again with this slip or call: we go on."),
    Result.SOLVED: _("If the question comes up again, come with this slip or call."),
    Result.CASE: _("We are preparing the papers. Come or call if you want to know more."),
    Result.DIRECTED: _("If you are refused there, come again with this slip: we will help."),
    Result.CALL_BACK: _("Wait for our call. If it does not come on the day, call us."),
    Result.SAFE_CHANNEL: _("If it did not work out, come again with this slip or call: we go on."),
    Result.UNANSWERED: _("We call you if you left a number; otherwise ask here in a few days."),
}
"""What the person can do next when no case is open."""

NEXT_STAGE: Final[Mapping[str, Any]] = {
    Stage.OPEN: _("We are preparing the papers. The term begins when they are filed."),
    Stage.FILED: _("The office must answer. You need not do anything: we are watching the day."),
    Stage.ANSWERED: _("An answer has come. We are reading it; ask us what it says."),
    Stage.REVIEWED: _("The office agreed. Tell us whether it was done as promised."),
    Stage.REFUSED: _("You may complain. Come before the day named here: we write it with you."),
    Stage.COMPLAINED: _("The complaint is being reviewed. We are watching the days."),
    Stage.DECIDED: _("There is a decision. If you disagree, the court is open: ask us in time."),
    Stage.IN_COURT: _("The matter is in court. The court tells you its days itself."),
    Stage.CLOSED: _("The matter is closed. If the problem is there again, come with this slip."),
}
"""What happens next, by the stage of the case."""

LATE: Final[Any] = _("The day has passed without an answer. Come or call: you may complain now.")
"""Instead of waiting for an office that has let its day pass."""

COMPLAIN: Final[Any] = _(
    "If you are refused or nobody answers in time, you may complain, and then go to court. "
    "We write the complaint with you, free of charge."
)
"""Where to complain, when no card says it for the service."""
