"""A step, the columns that follow from it, and the journal's entry: always the three together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

from django.utils.translation import gettext_lazy as _

from baqylau.councils.models import Recommendation, Step
from baqylau.councils.queries.recommendations import (
    UnknownRecommendationError,
    kind_of,
    pictured,
)
from baqylau.councils.rules.clocks import Law, Projection, projection
from baqylau.councils.rules.numbers import digest
from baqylau.councils.rules.steps import Fact
from baqylau.documents.letters import strange_signs
from baqylau.files.models import StoredFile
from baqylau.journal.services import Draft
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.text.personal import personal

TEXT = 8_000
"""Signs of a text about one step or one recommendation."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a step shows besides what it says: public words, a picture, the letter as it came."""

    text_kk: str = ""
    text_ru: str = ""
    reference: str = ""
    picture: StoredFile | None = None
    picture_size: tuple[int, int] = (0, 0)
    picture_alt: str = ""
    file: StoredFile | None = None
    file_key: bytes = b""
    file_kind: str = ""


def locked(number: str, seen: int | None = None) -> Recommendation:
    """The recommendation, held until the transaction ends.

    `seen` is the number of steps that the person saw. Raises: UnknownRecommendationError;
    ConflictError when somebody else, or the same form sent twice, was first.
    """
    rows = Recommendation.objects.select_for_update(of=("self",)).select_related("document")
    found = rows.filter(number=number).first() if number else None
    if found is None:
        raise UnknownRecommendationError(_("There is no recommendation with this number."))
    if seen is not None and seen != found.steps:
        raise ConflictError(
            _("Something was added to this recommendation meanwhile. Look at it again.")
        )
    return found


def public_faults(texts: Mapping[str, str], limit: int = TEXT) -> list[DomainError]:
    """What speaks against printing and publishing these words, by field."""
    found = []
    for name, text in texts.items():
        if len(text) > limit:
            found.append(
                DomainError(
                    _("At most %(limit)s signs."), code="long", field=name, params={"limit": limit}
                )
            )
        if personal(text):
            found.append(
                DomainError(
                    _("A telephone or a person's number does not belong here."),
                    code="personal",
                    field=name,
                )
            )
        if strange := strange_signs(text.replace("\r", "").replace("\t", " ")):
            found.append(
                DomainError(
                    _("These signs cannot be printed in a letter: %(signs)s"),
                    code="signs",
                    field=name,
                    params={"signs": " ".join(strange[:10])},
                )
            )
    return found


def write_step(
    row: Recommendation, earlier: Sequence[Fact], fact: Fact, shown: Shown, actor: Actor, law: Law
) -> Draft:
    """Write a step that was found good, within the caller's transaction.

    Returns the journal's entry, which the caller appends last of all.
    """
    fact = replace(fact, said=digest(shown.text_kk, shown.text_ru))
    Step.objects.create(
        recommendation=row,
        number=fact.number,
        kind=fact.kind,
        on=fact.on,
        finding=fact.finding,
        until_on=fact.until_on,
        due_on=fact.due_on,
        target=fact.target,
        role=fact.role,
        reference=shown.reference,
        text_kk=shown.text_kk,
        text_ru=shown.text_ru,
        file=shown.file,
        file_key=shown.file_key,
        file_kind=shown.file_kind,
        picture=shown.picture,
        picture_width=shown.picture_size[0],
        picture_height=shown.picture_size[1],
        picture_alt=shown.picture_alt,
        actor=actor.key,
        written_at=clock.now(),
    )
    row.steps = fact.number
    show(row, projection(pictured(row, [*earlier, fact]), kind_of(row), law))
    row.save()
    return Draft("councils.step", actor, subject_of(row), fact.payload())


def subject_of(row: Recommendation) -> str:
    """The recommendation in the journal."""
    return f"recommendation:{row.code}"


def show(row: Recommendation, now: Projection) -> None:
    """Set the columns that follow from the steps."""
    for field in fields(now):
        setattr(row, field.name, getattr(now, field.name))
