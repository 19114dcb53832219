"""One case, or many, with what their steps say."""

from collections.abc import Iterable
from dataclasses import fields

from django.utils.translation import gettext_lazy as _

from baqylau.casework.models import Case, CaseQuerySet, Step
from baqylau.casework.rules.facts import Fact
from baqylau.casework.rules.numbers import case_number, read_number
from baqylau.institutions.models import Institution
from baqylau.institutions.queries import institution
from baqylau.kernel.errors import DomainError

RELATED = ("service", "body", "territory", "room", "body__successor")
PLAIN = tuple(field.name for field in fields(Fact) if field.name != "body")
"""Columns of a step that a fact holds as they are."""
LEAPS = 10
"""Successors of successors that are followed."""


class UnknownCaseError(DomainError):
    """There is no such case."""

    code = "unknown"
    status = 404


def case(number: str) -> Case:
    """The case with the number, in whatever spelling. Raises: UnknownCaseError."""
    return one(Case.objects.select_related(*RELATED), number)


def one(among: CaseQuerySet, number: str) -> Case:
    """The one of these cases that has the number. Raises: UnknownCaseError."""
    read = read_number(number)
    found = among.filter(number=case_number(read[0], read[1])).first() if read and read[0] else None
    if found is None:
        raise UnknownCaseError(_("There is no case with this number."))
    return found


def steps_of(of: Case) -> list[Step]:
    """The steps of a case in their order."""
    return list(Step.objects.filter(case=of).select_related("body").order_by("number"))


def facts(steps: Iterable[Step]) -> list[Fact]:
    """Steps as plain data."""
    return [
        Fact(
            number=step.number,
            kind=step.kind,
            on=step.on,
            procedure=step.procedure,
            body=step.body.code if step.body else "",
            is_after_hours=step.is_after_hours,
            until=step.until,
            due_on=step.due_on,
            finding=step.finding,
            outcome=step.outcome,
            evidence=step.evidence,
            person=step.person,
            target=step.target,
            reference=step.reference,
        )
        for step in steps
    ]


def facts_of(cases: Iterable[Case]) -> dict[int, list[Fact]]:
    """The steps of many cases as plain data, by the case's id; one query."""
    found: dict[int, list[Fact]] = {each.pk: [] for each in cases}
    rows = Step.objects.filter(case__in=list(found)).order_by("case_id", "number")
    for case_id, body, *values in rows.values_list("case_id", "body__code", *PLAIN):
        found[case_id].append(Fact(body=body or "", **dict(zip(PLAIN, values, strict=True))))
    return found


def present_heir(body: Institution) -> Institution | None:
    """Who has taken over from a body, through all who took over in between; None if nobody."""
    heir = body.successor
    for _leap in range(LEAPS):
        if heir is None or heir.successor_id is None:
            break
        heir = institution(heir.successor.code) if heir.successor else None
    return heir
