"""What officers say to a reporter: words, files, the request for agreement to a case."""

from collections.abc import Sequence
from typing import IO

from django.utils import translation
from django.utils.translation import gettext as _

from baqylau.journal.services import Draft
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.reports.queries.contents import OpenedItem
from baqylau.reports.queries.heads import head_of
from baqylau.reports.rules.contents import FileHead, Kind, loaded
from baqylau.reports.rules.states import after_answer
from baqylau.reports.services.once import Opened, add_once
from baqylau.reports.services.sealing import add_file

LANGUAGES = ("kk", "ru", "en")
ACKNOWLEDGED = "acknowledged"
"""The mark of the standard sentence: each report gets it once, whoever presses the button."""


def answer(
    *, to: Opened, actor: Actor, text: str, mark: str, is_feedback: bool = False, asks: str = ""
) -> bool:
    """Seal a message to the reporter; whether it was new. The first one acknowledges the report.

    `is_feedback`: it tells what became of the report. Raises: SealError.
    """
    today = clock.today()
    changes = after_answer(to.report.acknowledged_on, today)
    if is_feedback and to.report.answered_on is None:
        changes["answered_on"] = today
    values = {"text": text, "on": today.isoformat(), **({"asks": asks} if asks else {})}
    return _say(to, actor, values, mark, changes)


def acknowledge(*, to: Opened, actor: Actor) -> bool:
    """Say in the reporter's language that the report has come and is being read."""
    today = clock.today()
    values = {"text": _standard(to), "on": today.isoformat()}
    changes: dict[str, object] = {"acknowledged_on": to.report.acknowledged_on or today}
    return _say(to, actor, values, ACKNOWLEDGED, changes)


def ask_for_case(*, to: Opened, actor: Actor, text: str, mark: str) -> bool:
    """Ask whether a case without names may be opened."""
    return answer(to=to, actor=actor, text=text, mark=mark, asks="case")


def _say(
    to: Opened, actor: Actor, values: dict[str, str], mark: str, changes: dict[str, object]
) -> bool:
    told = [Draft("reports.answered", actor, f"report:{to.report.pk}")]
    is_new = add_once(
        to=to,
        kind=Kind.OFFICER,
        values=values,
        mark=mark,
        actor=actor,
        drafts=told,
        changes=changes,
    )
    to.report.refresh_from_db()
    return is_new


def send_file(*, to: Opened, actor: Actor, head: FileHead, file: IO[bytes], seen: int) -> bool:
    """Seal a file to the reporter; whether it was new.

    `seen` is how many items the page showed: the same file sent twice from one page is one.
    Raises: SealError; DomainError from the disk.
    """
    for item in to.items()[seen:]:
        if item.is_stored and head_of(to.key, to.report, to.part, item.number) == head:
            return False
    add_file(report=to.report, part=to.part, key=to.key, head=head, file=file, actor=actor)
    return True


def language_of(items: Sequence[OpenedItem]) -> str:
    """The language in which the reporter wrote; Kazakh when none is told."""
    for item in items:
        if item.kind == Kind.REPORT:
            told = str(loaded(item.content).get("language", ""))
            return told if told in LANGUAGES else "kk"
    return "kk"


def _standard(to: Opened) -> str:
    with translation.override(language_of(to.items())):
        return _("Your report has reached us and is being read. We answer here, over your receipt.")


def farewell(items: Sequence[OpenedItem]) -> str:
    """What is proposed for the last message, in the reporter's language."""
    with translation.override(language_of(items)):
        return _(
            "We have finished our work on your report. You can read this and write to us again "
            "over your receipt. If you write, we take it up again."
        )


def question(items: Sequence[OpenedItem]) -> str:
    """What is proposed for the question about a case, in the reporter's language."""
    with translation.override(language_of(items)):
        return _(
            "May we open a case in our own name? Your name, your words and this report stay "
            "sealed: the case names only the office, the district and the service."
        )
