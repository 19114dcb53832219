"""Which visits of known people stood after an entry of the journal: for counting each person once.

The rows know only how a consultation reads today, so its journal is asked. A consultation is found
by whose it is now, by the entries that are being read, and by later corrections that took it away.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from baqylau.journal.models import Entry
from baqylau.kernel.figures import Told
from baqylau.reception.models import Consultation
from baqylau.reception.rules.cells import WAS

RECORDED, CORRECTED, STRUCK = "reception.recorded", "reception.corrected", "reception.struck"
ACTIONS = frozenset({RECORDED, CORRECTED, STRUCK})
PERSON, WAS_PERSON = "person", f"{WAS}person"

Cells = Mapping[str, Any]
Visits = dict[str, dict[str, Cells]]
"""Cells by consultation, by person."""


def people_in(told: Iterable[Told]) -> set[str]:
    """Whoever the entries name."""
    named = {each.payload.get(name, "") for each in told for name in (PERSON, WAS_PERSON)}
    return named - {""}


def subjects_of(people: set[str], told: Sequence[Told]) -> set[str]:
    """Every consultation that was one of these people's at some time up to the last entry told."""
    own = Consultation.objects.filter(contact__in=sorted(people))
    found = {f"consultation:{number}" for number in own.values_list("number", flat=True)}
    found |= {each.subject for each in told}
    later = Entry.objects.using("default").filter(
        number__gt=told[-1].number, action=CORRECTED, payload__contains=f'"{WAS_PERSON}":"'
    )
    for subject, payload in later.values_list("subject", "payload").iterator():
        if json.loads(payload)[WAS_PERSON] in people:
            found.add(subject)
    return found


def histories(subjects: set[str], told: Sequence[Told]) -> list[tuple[int, str, str, Cells]]:
    """The entries about consultations up to the last one told: (number, action, subject, cells).

    What is told is every entry of these actions from its first to its last: only what came before
    is asked for.
    """
    rows = Entry.objects.using("default").filter(
        subject__in=sorted(subjects), action__in=sorted(ACTIONS), number__lt=told[0].number
    )
    columns = ("number", "action", "subject", "payload")
    before = [
        (number, action, subject, json.loads(payload))
        for number, action, subject, payload in rows.order_by("number").values_list(*columns)
    ]
    return before + [
        (each.number, each.action, each.subject, each.payload)
        for each in told
        if each.subject in subjects
    ]


def standing(history: Iterable[tuple[int, str, str, Cells]], before: int) -> Visits:
    """The visits of each person that stand after all entries with smaller numbers."""
    last: dict[str, Cells] = {}
    for number, action, subject, cells in history:
        if number >= before:
            break
        if action == STRUCK:
            last.pop(subject, None)
        else:
            last[subject] = cells
    found: Visits = {}
    for subject, cells in last.items():
        if cells.get(PERSON):
            found.setdefault(cells[PERSON], {})[subject] = cells
    return found
