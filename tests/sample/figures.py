"""Figures over records that are public themselves: recommendations, all of them on a page.

Installed by the tests that ask for them, so that all others count what the product counts.
"""

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from django.urls import reverse

from baqylau.casework.dimensions import BODY, DISTRICT
from baqylau.journal.services import Draft, append_many
from baqylau.kernel.access import SYSTEM, Actor
from baqylau.kernel.figures import Contribution, Count, Figure, Fold, Share, Slice, Told
from baqylau.kernel.modules import Action, Module
from baqylau.kernel.roles import Role

GIVEN, ACCEPTED = "sample.given", "sample.accepted"
KEEP = "sample.keep_recommendations"


def fold(entries: Sequence[Told]) -> Iterator[Contribution]:
    """Each recommendation once, with where it went; those that were accepted once more."""
    for entry in entries:
        cells = {"district": entry.payload["district"], "body": entry.payload["body"]}
        yield Contribution(GIVEN, entry.day, cells=cells)
        if entry.payload["accepted"]:
            yield Contribution(ACCEPTED, entry.day, cells=cells)


def public_list(_actor: Actor, wanted: Slice) -> str:
    """The public page that lists what a number counts."""
    asked = {"first": wanted.period.first.isoformat()} if wanted.period else {}
    if wanted.dimension:
        asked[wanted.dimension] = wanted.value
    return f"{reverse('sample')}?{urlencode(asked)}"


FIGURES = tuple(
    Figure(
        code=code,
        label=label,
        sentence="How many recommendations were given. Counted from the journal.",
        population="Recommendations",
        unit="recommendations",
        kind=kind,
        action=KEEP,
        dimensions=(DISTRICT, BODY),
        records=public_list,
        published=frozenset({"district", "body"}),
        has_public_records=True,
        order=70,
    )
    for code, label, kind in (
        (GIVEN, "Recommendations given", Count(GIVEN)),
        (ACCEPTED, "Share of recommendations accepted", Share(ACCEPTED, GIVEN, "accepted")),
    )
)
ROOM = Module(
    code="sample_recommendations",
    label="Recommendations",
    actions=(Action(KEEP, "Keep recommendations", frozenset({Role.COORDINATOR})),),
    folds=(Fold("sample.given", frozenset({"sample.given"}), frozenset({GIVEN, ACCEPTED}), fold),),
    figures=FIGURES,
)


def give(number: int, *, district: str, body: str, accepted: int = 0) -> None:
    """So many recommendations to a body, today; the first ones are accepted."""
    append_many(
        drafts=[
            Draft(
                "sample.given",
                SYSTEM,
                f"recommendation:{body}-{each}",
                {"district": district, "body": body, "accepted": each < accepted},
            )
            for each in range(number)
        ]
    )
