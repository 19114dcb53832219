"""Forgetting a person: what was written about them goes, the counts stay."""

from django.db import transaction
from django.db.models import Q, QuerySet

from baqylau.casework.services import drop_attachments
from baqylau.contacts.queries import is_phone_of
from baqylau.journal.services import append
from baqylau.kernel.access import SYSTEM
from baqylau.kernel.errors import DomainError
from baqylau.reception.models import Consultation, Draft, Letter, Word
from baqylau.reception.queries.drafts import opened_row
from baqylau.reception.rules.drafts import AGAIN
from baqylau.reception.rules.numbers import read_number
from baqylau.reception.taxonomy import LetterState


def forget(key: str) -> int:
    """Empty what was answered to the person and every letter of theirs; safe to repeat.

    The consultations stay, under the opaque key that leads to nobody any more, so that people,
    visits and problems are counted as before. The files of their cases go, for letters of bodies
    name people; the cases stay. Drafts go that chose the person, go on with a visit of theirs, hold
    their phone while it is known whose it is, or do not open. Letters go too that were typed at
    nameless visits about the same problem: nobody else is known to stand behind them. Returns the
    rows that were emptied.
    """
    with transaction.atomic():
        own = Consultation.objects.filter(contact=key)
        told = own.exclude(answer="")
        letters = Letter.objects.filter(_of(own)).exclude(sealed=b"")
        Word.objects.filter(consultation__in=own).delete()
        keys = list(own.values_list("idempotency_key", flat=True))
        tokens = [*keys, *(key + AGAIN for key in keys)]
        rows = Draft.objects.filter(token__in=tokens).delete()[0]
        about = [draft.pk for draft in Draft.objects.order_by("pk") if _is_about(draft, key, own)]
        rows += Draft.objects.filter(pk__in=about).delete()[0]
        rows += letters.update(sealed=b"", state=LetterState.DROPPED)
        rows += told.update(answer="")
        cases = own.exclude(case=None).order_by("case__number").values_list("case__number")
        rows += sum(drop_attachments(number) for (number,) in cases.distinct())
        if rows:
            append(action="reception.forgotten", actor=SYSTEM, subject=f"contact:{key}")
    return rows


def _of(own: QuerySet[Consultation]) -> Q:
    """Rows of the person's visits, and of nameless ones that hang together with them."""
    firsts = {first or pk for pk, first in own.values_list("pk", "continues_id")}
    near = Q(consultation__continues__in=firsts) | Q(consultation__in=firsts)
    return Q(consultation__in=own) | (near & Q(consultation__contact=""))


def _is_about(draft: Draft, key: str, own: QuerySet[Consultation]) -> bool:
    """Whether the draft is of the person, or cannot be known not to be."""
    try:
        fields = opened_row(draft).fields
        phone = fields.get("phone", "")
        if fields.get("contact") == key or (phone and is_phone_of(key, phone)):
            return True
    except DomainError:
        return True
    return any(_names(fields.get(name, ""), own) for name in ("earlier", "slip"))


def _names(typed: str, own: QuerySet[Consultation]) -> bool:
    """Whether a number as it was typed is that of one of these; without a year the newest."""
    year, serial = read_number(typed) or (None, 0)
    rows = Consultation.objects.filter(serial=serial, **({"year": year} if year else {}))
    meant = rows.order_by("-year").values_list("pk", flat=True).first()
    return meant is not None and own.filter(pk=meant).exists()
