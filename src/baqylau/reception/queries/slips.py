"""A slip as it is printed: what the resident takes home, in their language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from baqylau.casework.rules.clocks import Law
from baqylau.catalogue.labels import part_label
from baqylau.catalogue.models import CardVersion
from baqylau.catalogue.queries.readings import Reading, reading
from baqylau.reception import keyring
from baqylau.reception.models import Consultation
from baqylau.reception.queries.consultations import visits_about
from baqylau.reception.queries.progress import Term, terms_of
from baqylau.reception.taxonomy import Part


@dataclass(frozen=True, slots=True)
class Told:
    """A part of the card: what it is called, and its text or its items."""

    label: str
    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slip:
    """What stands on a slip; `code` in two groups of four.

    `parts` are the parts of the card that the question was about; `card` is None where the
    service has no card, and then there are lines to write on by hand. `terms` are those of the
    case, if one is open. `is_cut`: a part of the card did not fit.
    """

    row: Consultation
    code: str
    card: Reading | None
    parts: tuple[Told, ...]
    complain: str
    terms: tuple[Term, ...]
    is_uncounted: bool
    is_cut: bool = False


BACK = 1_500
"""Signs that the back of an A6 slip holds at its size of print; a roll and large print hold more
or less the same."""
LINE = 50
"""Signs of one of its lines."""
SHOWN: dict[str, tuple[Part, ...]] = {
    Part.ANSWER: (Part.ANSWER, Part.DOCUMENTS, Part.FEE, Part.TERM, Part.WHERE),
    Part.OTHER: (Part.ANSWER,),
    Part.REFUSED: (),
}
"""What is printed of a card for a question about a part; another part is printed alone."""


def grouped(code: str) -> str:
    """A code of eight digits in two groups of four."""
    return f"{code[:4]} {code[4:]}"


def slip_of(row: Consultation, today: date, law: Law) -> Slip:
    """The slip of a consultation, in the language that is active. Raises: KeyFileError."""
    cases = [visit.case for visit in visits_about(row) if visit.case is not None]
    terms, is_uncounted = terms_of(cases[-1], today, law) if cases else ((), False)
    card = _card(row)
    parts = tuple(_told(card, row.part)) if card else ()
    complain = card.text.refused if card else ""
    kept = fitting(parts, _lines(complain))
    return Slip(
        row=row,
        code=grouped(keyring.code_of(row.number, row.issue)),
        card=card,
        parts=kept,
        is_cut=len(kept) < len(parts),
        complain=complain,
        terms=terms,
        is_uncounted=is_uncounted,
    )


def fitting(parts: Iterable[Told], taken: int) -> tuple[Told, ...]:
    """The parts that fit on the back beside so many signs, each whole or not at all."""
    kept: list[Told] = []
    for part in parts:
        size = sum(map(_lines, (f"{part.label}. {part.text}", *part.items)))
        if taken + size <= BACK:
            kept.append(part)
            taken += size
    return tuple(kept)


def _lines(text: str) -> int:
    """Signs that the text takes, the rest of its last line with them."""
    return -(-len(text) // LINE) * LINE


def _told(card: Reading, asked: str) -> Iterator[Told]:
    for part in SHOWN.get(asked, (Part(asked),)):
        said = getattr(card.text, part.value)
        label = part_label(part.value)
        if said:
            yield Told(label, said) if isinstance(said, str) else Told(label, "", said)


def _card(row: Consultation) -> Reading | None:
    """The version of the card that the adviser had, in the visitor's language."""
    if row.card_id is None:
        return None
    version = CardVersion.objects.select_related("card").get(pk=row.card_id)
    return reading(version.card, version, row.language)
