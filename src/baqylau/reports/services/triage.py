"""A case without names from a report: the intent is sealed, the case opened, its number sealed.

Killed between two steps, the next opening of the report goes on where it was.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from baqylau.casework.services import open_case
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM, Actor
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.reports.models import Part, Report
from baqylau.reports.queries.contents import OpenedItem
from baqylau.reports.queries.entries import of_reporter
from baqylau.reports.rules.contents import Kind, loaded
from baqylau.reports.services.once import Opened, add_once
from baqylau.seal.keys import SecretKey

SOURCE = "reports"
LENGTH = 40
"""Hexadecimal digits of the key under which a case is opened: they lead back to nothing."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a case is told: codes alone, each chosen by an officer."""

    kind: str
    territory: str
    urgency: str
    severity: int
    body: str = ""
    service: str = ""


@dataclass(frozen=True, slots=True)
class Triaged:
    """A case of a report: its place among them, what was chosen, its number ("" before it is).

    `is_given_up`: casework refused it.
    """

    n: int
    chosen: Chosen
    number: str
    is_given_up: bool


def has_agreed(report: Report, items: Sequence[OpenedItem]) -> bool:
    """Whether the reporter has agreed that a case is opened; `items` are those of R.

    Their last word on it holds. What an officer has written as an agreement is none.
    """
    said = {item.number: item.kind for item in items if item.kind in {Kind.AGREED, Kind.DECLINED}}
    own = said.keys() & of_reporter(report.pk, Part.REPORT) if said else frozenset()
    return bool(own) and said[max(own)] == Kind.AGREED


def cases_of(items: Sequence[OpenedItem]) -> list[Triaged]:
    """The cases of a report, from the items of D, in the order in which they were begun."""
    found: dict[int, dict[str, Any]] = {}
    for item in items:
        if item.kind == Kind.CASE:
            values = loaded(item.content)
            found.setdefault(int(values["n"]), {}).update(values)
    return [
        Triaged(
            n,
            Chosen(**{name: values[name] for name in Chosen.__slots__}),
            str(values.get("number", "")),
            bool(values.get("given_up")),
        )
        for n, values in sorted(found.items())
    ]


def triage(
    *,
    desk: Opened,
    talk: Sequence[OpenedItem],
    actor: Actor,
    chosen: Chosen,
    mark: str,
    seen: int,
) -> str:
    """Open a case from a report; returns its number. Sent twice, it is one case.

    `talk` are the items of R, `seen` is how many cases the page showed. Raises: DomainError without
    the reporter's agreement, or for what casework refuses; ConflictError; SealError.
    """
    if not has_agreed(desk.report, talk):
        raise DomainError(_("The reporter has not agreed to a case yet."), code="not_agreed")

    def intent(items: Sequence[OpenedItem]) -> dict[str, Any]:
        if (there := len(cases_of(items))) != seen:
            raise ConflictError(_("A colleague has begun a case from this report meanwhile."))
        said = {"by": actor.key, "on": clock.today().isoformat()}
        return {"n": there + 1, **said, **asdict(chosen)}

    add_once(to=desk, kind=Kind.CASE, values=intent, mark=mark, actor=actor)
    found = (loaded(item.content) for item in desk.items() if item.kind == Kind.CASE)
    n = next(int(values["n"]) for values in found if values["mark"] == mark)
    return _finish(desk, actor, n, chosen)


def _finish(desk: Opened, actor: Actor, n: int, chosen: Chosen) -> str:
    """Open the case and seal its number; safe to repeat. What casework refuses is given up.

    The log of cases names nobody: who opened it, and from which report, is sealed.
    """
    day = {"n": n, "on": clock.today().isoformat()}

    def settle(values: dict[str, Any]) -> None:
        add_once(to=desk, kind=Kind.CASE, values=day | values, mark=f"case-{n}", actor=actor)

    try:
        case = open_case(
            idempotency_key=case_key(desk.key, n), actor=SYSTEM, source=SOURCE, **asdict(chosen)
        )
    except DomainError:
        settle({"given_up": True})
        raise
    settle({"number": case.number})
    return case.number


def case_key(key: SecretKey, n: int) -> str:
    """The idempotency key of a report's case: only who holds D can make it."""
    return key.mark("case", str(n)).hex()[:LENGTH]


def complete(*, desk: Opened, actor: Actor) -> None:
    """Finish the cases whose opening was cut off; what casework refuses now is given up."""
    for one in cases_of(desk.items()):
        if not one.number and not one.is_given_up:
            with suppress(DomainError):
                _finish(desk, actor, one.n, one.chosen)
