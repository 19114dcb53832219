"""One recommendation, or many, with what their steps say."""

from collections.abc import Iterable
from dataclasses import fields

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from baqylau.councils.models import FinalDocument, Recommendation, Step
from baqylau.councils.rules.numbers import digest
from baqylau.councils.rules.steps import Fact, Picture, picture_of
from baqylau.councils.taxonomy import DocumentKind, State, StepKind
from baqylau.kernel.errors import DomainError

RELATED = (
    "institution",
    "institution__successor",
    "territory",
    "council",
    "document",
    "item__meeting",
)
PLAIN = tuple(field.name for field in fields(Fact) if field.name != "said")
"""Columns of a step that a fact holds as they are."""


class UnknownRecommendationError(DomainError):
    """There is no such recommendation."""

    code = "unknown"
    status = 404


def public() -> QuerySet[Recommendation]:
    """What everybody sees: whatever was sent."""
    return Recommendation.objects.exclude(state=State.WRITTEN)


def recommendation(number: str, among: QuerySet[Recommendation] | None = None) -> Recommendation:
    """The recommendation with the number. Raises: UnknownRecommendationError."""
    rows = Recommendation.objects.all() if among is None else among
    found = rows.select_related(*RELATED).filter(number=number).first() if number else None
    if found is None:
        raise UnknownRecommendationError(_("There is no recommendation with this number."))
    return found


def kind_of(row: Recommendation) -> str:
    """By which kind of document its answer is clocked; old ones without one by their council."""
    if row.document is not None:
        return row.document.kind
    return DocumentKind.COUNCIL if row.council_id else DocumentKind.FINAL


def steps_of(row: Recommendation) -> list[Step]:
    """The steps of a recommendation in their order."""
    return list(Step.objects.filter(recommendation=row).order_by("number"))


def facts(steps: Iterable[Step]) -> list[Fact]:
    """Steps as plain data."""
    return [
        Fact(
            **{name: getattr(step, name) for name in PLAIN},
            said=digest(step.text_kk, step.text_ru),
        )
        for step in steps
    ]


def facts_of(rows: Iterable[Recommendation]) -> dict[int, list[Fact]]:
    """The steps of many recommendations as plain data, by id; one query."""
    found: dict[int, list[Fact]] = {each.pk: [] for each in rows}
    steps = Step.objects.filter(recommendation__in=list(found))
    steps = steps.order_by("recommendation_id", "number")
    names = ("recommendation_id", "text_kk", "text_ru", *PLAIN)
    for pk, text_kk, text_ru, *values in steps.values_list(*names):
        plain = dict(zip(PLAIN, values, strict=True))
        found[pk].append(Fact(**plain, said=digest(text_kk, text_ru)))
    return found


def pictured(row: Recommendation, known: Iterable[Fact]) -> Picture:
    """What the steps of a recommendation say."""
    return picture_of(row.written_on, known)


def is_shown(digest: str) -> bool:
    """Whether a picture belongs to a check that holds: a struck one shows nothing any more."""
    struck = Step.objects.filter(
        kind=StepKind.STRUCK,
        recommendation=OuterRef("recommendation"),
        target=OuterRef("number"),
    )
    return Step.objects.filter(~Exists(struck), picture=digest).exists()


def recommendations_of(document: FinalDocument) -> list[Recommendation]:
    """Those of a document, in their order."""
    rows = Recommendation.objects.filter(document=document)
    return list(rows.select_related("institution", "territory").order_by("order", "id"))
