"""A consultation, its words and the journal's entry: always the three together."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from baqylau.casework.taxonomy import ContactKind
from baqylau.journal.rules import Value
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.reception.models import Consultation, Word, YearCount
from baqylau.reception.queries.consultations import UnknownConsultationError
from baqylau.reception.rules.words import kept_prefixes


def next_serial(year: int, count: int = 1) -> int:
    """The first of `count` next numbers of the year.

    The year's row is held until the transaction ends, so no number is given twice or lost.
    """
    YearCount.objects.bulk_create([YearCount(year=year)], ignore_conflicts=True)
    YearCount.objects.filter(year=year).update(last=F("last") + count)
    return YearCount.objects.values_list("last", flat=True).get(year=year) - count + 1


def cells_of(row: Consultation) -> dict[str, Value]:
    """What the journal learns of a consultation: codes, a day, opaque keys, flags; see `CELLS`."""
    return {
        "on": row.held_on,
        "language": row.language,
        "channel": row.channel,
        "room": row.room.code,
        "district": row.territory_id,
        "kind": row.kind,
        "service": row.service.code if row.service else "",
        "body": row.body.code if row.body else "",
        "part": row.part,
        "result": row.result,
        "origin": row.origin,
        "first": row.continues.number if row.continues else "",
        "person": row.contact,
        "acted_as": row.acted_as,
        "unlisted": row.is_unlisted,
        "call": row.agreed_to_call,
        "case": row.case.number if row.case else "",
    }


def write_words(row: Consultation, *, is_new: bool = False) -> None:
    """Keep the words of the answer for the search, in place of those that there were."""
    if not is_new:
        Word.objects.filter(consultation=row).delete()
    Word.objects.bulk_create(
        Word(prefix=prefix, consultation=row) for prefix in kept_prefixes(row.answer)
    )


def subject_of(row: Consultation) -> str:
    """The consultation's name in the journal."""
    return f"consultation:{row.number}"


def locked(number: str, seen: int | None = None) -> Consultation:
    """The row, held until the transaction ends.

    `seen` is the edition that the person saw. Raises: UnknownConsultationError; ConflictError.
    """
    held = Consultation.objects.select_for_update().filter(number=number)
    pk = held.values_list("pk", flat=True).first()
    if pk is None:
        raise UnknownConsultationError(_("There is no consultation with this number."))
    # Read once the row is ours: joined to the lock itself, PostgreSQL would show the other tables
    # as they were before the waiting, a case that was linked meanwhile as none.
    row = Consultation.objects.select_related(
        "room", "service", "body", "continues", "case", "territory"
    ).get(pk=pk)
    if seen is not None and row.edition != seen:
        raise ConflictError(_("Somebody has corrected this meanwhile. Look at it again."))
    return row


def refuse_struck(row: Consultation) -> None:
    """Refuse to go on with a visit that was struck out. Raises: DomainError."""
    if row.is_struck:
        raise DomainError(_("This consultation was struck out."))


def refuse_unfit(row: Consultation) -> None:
    """Refuse to build anything on a visit that was struck out, or was about a demand for money.

    Raises: DomainError.
    """
    refuse_struck(row)
    if row.kind == ContactKind.CORRUPTION:
        raise DomainError(
            _("A demand for money goes through the safe channel: nothing more is kept here.")
        )
