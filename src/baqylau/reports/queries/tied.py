"""Whose people must not read a report: the reporter has said so, inside what is sealed."""

from datetime import date

from baqylau.institutions.queries import tied_to
from baqylau.journal.models import Entry
from baqylau.reports.models import Item, Part, Report
from baqylau.reports.parts import part_id
from baqylau.reports.queries.entries import entries_of
from baqylau.reports.queries.places import ids
from baqylau.reports.rules.contents import loaded
from baqylau.seal import items
from baqylau.seal.errors import SealError
from baqylau.seal.keys import SecretKey


def avoided(report: Report, key: SecretKey) -> frozenset[int]:
    """Ids of the institutions that the reporter keeps out; `key` is R. Raises: SealError.

    In the answers stand their codes.
    """
    row = Item.objects.filter(report=report.pk, part=Part.REPORT, number=1).first()
    if row is None or row.ciphertext is None:
        raise SealError("items_missing", expected=1, found=0)
    entries = entries_of(report.pk, Part.REPORT)
    name = part_id(report.pk, Part.REPORT)
    opened = items.open_item(key, name, entries, 1, bytes(row.ciphertext))
    return ids([str(code) for code in loaded(opened.content).get("avoid", ())])


def recused(holder: str) -> frozenset[str]:
    """The reports from which the person has stepped back: nobody hands them on again unasked."""
    told = Entry.objects.using("sealed").filter(action="reports.recused", actor=holder)
    subjects = told.values_list("subject", flat=True)
    return frozenset(subject.removeprefix("report:") for subject in subjects)


def may_get(report: Report, key: SecretKey, holder: str, day: date) -> bool:
    """Whether the person is tied to none of the institutions that are kept out.

    Raises: SealError.
    """
    away = avoided(report, key)
    return not away or not away & tied_to(holder, day)
