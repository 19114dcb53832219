"""Writing many whole cases at once: the same rows and entries as step by step.

For training and measuring. What the services would refuse must have been left out before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import F

from baqylau.casework.models import Case, Step, YearNumber
from baqylau.casework.rules.clocks import Law, projection
from baqylau.casework.rules.facts import Fact, picture_of
from baqylau.casework.rules.numbers import case_number
from baqylau.casework.services.opening import told_of
from baqylau.casework.services.writing import show
from baqylau.institutions.models import Institution
from baqylau.journal.services import Draft, append_many
from baqylau.kernel.access import Actor
from baqylau.storage.bulk import insert, next_ids

CASE = tuple(field.attname for field in Case._meta.concrete_fields)
STEP = tuple(field.attname for field in Step._meta.concrete_fields if field.attname != "id")


@dataclass(frozen=True, slots=True)
class Life:
    """An unsaved case without a number, all its steps, and when each was written down, by whom."""

    row: Case
    facts: Sequence[Fact]
    moments: Sequence[datetime]
    actor: Actor


def add_cases(lives: Sequence[Life], bodies: Mapping[str, Institution], law: Law) -> None:
    """Number and write the cases in their order, within the caller's transaction.

    `bodies` are all those that steps name, by code. The journal comes last, case by case.
    """
    keys = next_ids(Case, len(lives))
    for life, key in zip(lives, keys, strict=True):
        now = projection(picture_of(life.facts), law)
        life.row.pk, life.row.steps = key, len(life.facts)
        show(life.row, now, bodies[now.body].pk if now.body else None)
    _number([life.row for life in lives])
    insert(Case, CASE, ([life.row.__dict__[name] for name in CASE] for life in lives))
    steps = [_step(life, place, bodies) for life in lives for place in range(len(life.facts))]
    insert(Step, STEP, ([step.__dict__[name] for name in STEP] for step in steps))
    append_many(drafts=[draft for life in lives for draft in _drafts(life)])


def _number(rows: Sequence[Case]) -> None:
    for year, group in groupby(sorted(rows, key=lambda row: row.year), key=lambda row: row.year):
        same = list(group)
        YearNumber.objects.bulk_create([YearNumber(year=year)], ignore_conflicts=True)
        YearNumber.objects.filter(year=year).update(last=F("last") + len(same))
        last = YearNumber.objects.values_list("last", flat=True).get(year=year)
        for serial, row in enumerate(same, last - len(same) + 1):
            row.serial, row.number = serial, case_number(year, serial)


def _step(life: Life, place: int, bodies: Mapping[str, Institution]) -> Step:
    fact = life.facts[place]
    return Step(
        case_id=life.row.pk,
        number=fact.number,
        kind=fact.kind,
        on=fact.on,
        procedure=fact.procedure,
        body_id=bodies[fact.body].pk if fact.body else None,
        is_after_hours=fact.is_after_hours,
        until=fact.until,
        due_on=fact.due_on,
        finding=fact.finding,
        outcome=fact.outcome,
        evidence=fact.evidence,
        person=fact.person,
        target=fact.target,
        reference=fact.reference,
        actor=life.actor.key,
        written_at=life.moments[place],
    )


def _drafts(life: Life) -> list[Draft]:
    subject, first = f"case:{life.row.number}", life.moments[0]
    return [
        Draft("casework.opened", life.actor, subject, told_of(life.row), first),
        *(
            Draft("casework.step", life.actor, subject, fact.payload(), moment)
            for fact, moment in zip(life.facts, life.moments, strict=True)
        ),
    ]
