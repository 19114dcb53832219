"""Officers at the desk with an unlocked key, and a reporter who answers over R."""

from dataclasses import dataclass

from django.test import Client

from baqylau.kernel.access import Nobody
from baqylau.reports.forms.officer import draw_mark
from baqylau.reports.models import Part, Report
from baqylau.reports.queries.contents import open_wrap
from baqylau.reports.rules.contents import Kind, dumped
from baqylau.reports.rules.states import after_reporter
from baqylau.reports.services.deskpart import desk_part
from baqylau.reports.services.once import Opened, add_once
from baqylau.reports.services.opening import report_part
from baqylau.reports.services.sealing import add_words
from baqylau.seal.wraps import Role
from tests.reports.making import PASSPHRASE, Held

LIST = "/desk/reports/"
MARK, OTHER = "ab" * 16, "cd" * 16


class KilledError(Exception):
    """The process dies here."""


def killed(*_args: object, **_options: object) -> None:
    """Die."""
    raise KilledError


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody with a key, and their browser at the desk."""

    held: Held
    client: Client

    def unlock(self) -> "Officer":
        """Type the passphrase."""
        answer = self.client.post(f"{LIST}unlock/", {"unlock_passphrase": PASSPHRASE})
        assert answer.status_code == 302, answer.text
        return self

    def talk(self, report: Report) -> Opened:
        """R's part."""
        return report_part(actor=self.held.actor, own=self.held.key, report=report)

    def desk(self, report: Report) -> Opened:
        """D's part, made if there is none."""
        return desk_part(actor=self.held.actor, own=self.held.key, report=report)


def page(report: Report, rest: str = "") -> str:
    """The address of a report's page, or of one below it."""
    return f"{LIST}{report.pk}/{rest}"


def fresh(report: Report) -> Report:
    """The row as it stands now."""
    return Report.objects.get(pk=report.pk)


def reporter_says(report: Report, held: Held, kind: Kind, **values: str) -> None:
    """Seal an item as the reporter would who has opened the channel."""
    key = open_wrap(report, Part.REPORT, Role.OFFICER, held.key, held.actor.key)
    add_words(
        report=report,
        part=Part.REPORT,
        key=key,
        kind=kind,
        content=dumped({"on": "2026-07-01", "mark": draw_mark(), **values}),
        actor=Nobody(),
        changes=after_reporter(),
    )


def add(to: Opened, kind: Kind, held: Held, mark: str = MARK, **values: str) -> bool:
    """Seal an item once."""
    return add_once(to=to, kind=kind, values=values, mark=mark, actor=held.actor)
