"""The conversation of a report as the reporter sees it; what officers note is in another part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connections

from baqylau.reports.models import Report
from baqylau.reports.queries.contents import OpenedItem, open_part
from baqylau.reports.queries.entries import entries_of, told_of
from baqylau.reports.queries.heads import head_of
from baqylau.reports.rules.contents import TALK, FileHead, Kind, loaded
from baqylau.seal.keys import SecretKey

PAGE: Final = 50
"""Items that are opened for one page."""
INFINITE: Final = 1 << 31
CASE = "case"
"""What an officer's message `asks` when it asks for agreement to a case without names."""

_LOCATED = f"SELECT 1 FROM {Report._meta.db_table} WHERE locator = %s"  # noqa: S608 - the name of a table


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """One thing that was said: `is_ours` by an officer, else by the reporter; on a day.

    `head` is there for files alone, `text` for words.
    """

    number: int
    kind: str
    is_ours: bool
    on: date
    text: str = ""
    asks: str = ""
    mark: str = ""
    head: FileHead | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Talk:
    """What was said, oldest first. `count` is how many items there are, of every kind.

    `first` is the number of the first item of this page, `until` the one after its last; besides
    these `said` may hold the reporter's last word, which tells whether they closed the channel.
    """

    said: Sequence[Said]
    count: int
    first: int = 1
    until: int = 0

    @property
    def page(self) -> Sequence[Said]:
        """What stands on this page, oldest first."""
        return [one for one in self.said if self.first <= one.number < (self.until or INFINITE)]

    @property
    def is_newest(self) -> bool:
        """Whether nothing came after this page."""
        return self.until in {0, self.count + 1}

    @property
    def asked(self) -> Said | None:
        """The officers' last request for agreement, if it was not answered since."""
        for one in reversed(self.said):
            if one.kind in {Kind.AGREED, Kind.DECLINED} and not one.is_ours:
                return None
            if one.asks == CASE and one.is_ours:
                return one
        return None

    @property
    def is_ended(self) -> bool:
        """Whether the reporter has closed the channel."""
        return any(one.kind == Kind.ENDED and not one.is_ours for one in self.said)

    @property
    def has_name(self) -> bool:
        """Whether a name was added later."""
        return any(one.kind == Kind.NAMED and not one.is_ours for one in self.said)

    @property
    def own_files(self) -> list[FileHead]:
        """What the reporter has sent."""
        return [one.head for one in self.said if one.head and not one.is_ours]

    def file_of_ours(self, number: int) -> FileHead | None:
        """The head of an officer's file; None for anything else."""
        found = [one.head for one in self.said if one.number == number and one.is_ours]
        return found[0] if found else None


def _is_there(locator: str) -> bool:
    """Whether a report has it: asked without the ORM, so that a guess costs next to nothing."""
    with connections["sealed"].cursor() as cursor:
        cursor.execute(_LOCATED, [locator])
        return cursor.fetchone() is not None


def receipt_report(locator: str) -> Report | None:
    """The report that a receipt names, if its channel can be opened at all. Derives nothing."""
    if not _is_there(locator):
        return None
    report = Report.objects.filter(locator=locator).first()
    return report if report is not None and report.lock is not None else None


def talk_of(report: Report, part: str, key: SecretKey) -> Talk:
    """Open the conversation. Raises: SealError when something is missing or was changed."""
    items = open_part(key, report, part)
    return Talk(_talk(report, part, key, items, told_of(report.pk, part)), len(items))


def page_of(report: Report, part: str, key: SecretKey, before: int = 0) -> Talk:
    """Open PAGE items before the one with this number, the newest without one.

    All others are compared with the sealed journal and left closed. Raises: SealError when
    something is missing or was changed.
    """
    told = told_of(report.pk, part)
    count = len(told)
    until = before if 1 < before <= count else count + 1
    first = max(1, until - PAGE)
    own = max((number for number, (actor, _on) in told.items() if not actor), default=1)
    items = open_part(key, report, part, {*range(first, until), own})
    return Talk(_talk(report, part, key, items, told), count, first, until)


def _talk(
    report: Report,
    part: str,
    key: SecretKey,
    items: Sequence[OpenedItem],
    told: Mapping[int, tuple[str, date]],
) -> Sequence[Said]:
    said = [_said(report, part, key, item, *told[item.number]) for item in items]
    return [one for one in said if one.kind in TALK]


def newest_first(said: Sequence[Said]) -> list[Said]:
    """The newest above; files stay below the words with which they came."""
    found: list[list[Said]] = []
    for one in said:
        last = found[-1][-1] if found else None
        is_beside = last is not None and (last.is_ours, last.on) == (one.is_ours, one.on)
        if one.head and is_beside:
            found[-1].append(one)
        else:
            found.append([one])
    return [one for group in reversed(found) for one in group]


def files_since(report: Report, part: str, key: SecretKey, seen: int) -> list[FileHead]:
    """Heads of the reporter's files after the item `seen`. Raises: SealError."""
    entries, told = entries_of(report.pk, part), told_of(report.pk, part)
    after = [entry.number for entry in entries if entry.number > seen]
    items = {item.number: item for item in open_part(key, report, part)}
    return [
        head_of(key, report, part, number)
        for number in after
        if number in items and items[number].is_stored and not told[number][0]
    ]


def _said(
    report: Report, part: str, key: SecretKey, item: OpenedItem, actor: str, on: date
) -> Said:
    is_ours = bool(actor)
    if item.is_stored:
        head = head_of(key, report, part, item.number)
        return Said(item.number, Kind.FILE, is_ours, on, head=head)
    values = loaded(item.content)
    return Said(
        item.number,
        item.kind,
        is_ours,
        on,
        text=_text(item.kind, values),
        asks=str(values.get("asks", "")),
        mark=str(values.get("mark", "")),
    )


def _text(kind: str, values: Mapping[str, Any]) -> str:
    return str(values.get("story" if kind == Kind.REPORT else "text", ""))
