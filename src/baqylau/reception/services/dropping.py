"""Dropping what was typed for letters, once it has served."""

import json
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from baqylau.contacts.models import Contact, Purpose
from baqylau.contacts.queries import in_force
from baqylau.contacts.rules import kept_until
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM, Actor
from baqylau.kernel.permissions import require
from baqylau.reception import keyring
from baqylau.reception.access import LETTERS
from baqylau.reception.models import Letter
from baqylau.reception.queries import letters as queries
from baqylau.reception.queries.rights import at_the_desk
from baqylau.reception.rules.requisites import PRIVATE
from baqylau.reception.taxonomy import LetterState


def drop_letter(*, actor: Actor, key: str) -> None:
    """Drop at once everything that was typed; nothing happens when it is gone already.

    Raises: UnknownLetterError; NotAllowedError.
    """
    letter = queries.letter(key)
    require(at_the_desk(actor, clock.today()), LETTERS, letter.consultation)
    with transaction.atomic():
        row = Letter.objects.select_for_update().get(pk=letter.pk)
        if row.state != LetterState.DROPPED:
            _drop(row, actor)


def drop_due() -> str:
    """Drop what is due today; where a consent keeps number and address, all but those two.

    Safe to repeat. Returns a line about it.
    """
    today = clock.today()
    due = Letter.objects.exclude(state=LetterState.DROPPED).filter(
        Q(drop_on__lte=today) | Q(state=LetterState.KEPT)
    )
    count = 0
    for key in list(due.order_by("id").values_list("pk", flat=True)):
        with transaction.atomic():
            rows = Letter.objects.select_for_update(of=("self",)).select_related("consultation")
            count += _settle(rows.get(pk=key), today)
    return _("letters dropped or cut: %(count)s") % {"count": count}


def _settle(row: Letter, today: date) -> int:
    """Drop, cut or leave one letter; 1 when something was done."""
    until = _consented_until(row)
    is_kept = until is not None and until > today
    if row.state == LetterState.KEPT and is_kept:
        return 0
    if row.state != LetterState.KEPT and (row.drop_on > today or row.state == LetterState.DROPPED):
        return 0  # Somebody wrote or dropped it meanwhile.
    values = queries.contents(row) if is_kept else {}
    private = {name: value for name, value in values.items() if name in PRIVATE}
    if until is not None and private:
        _keep(row, private, until)
    else:
        _drop(row, SYSTEM)
    return 1


def _consented_until(row: Letter) -> date | None:
    """Until when the person lets us keep number and address; None without a yes in force."""
    contact = Contact.objects.filter(key=row.consultation.contact).first()
    agreed = in_force(contact, Purpose.PAPERS).select_related("text").first() if contact else None
    if agreed is None:
        return None
    last = max(localdate(agreed.given_at), localdate(row.written_at))
    return kept_until(last, agreed.text.keep_days)


def _keep(row: Letter, private: dict[str, str], until: date) -> None:
    text = json.dumps(private, ensure_ascii=False, sort_keys=True)
    row.sealed = keyring.seal(text, queries.row_name(row))
    row.state, row.drop_on = LetterState.KEPT, until
    row.save(update_fields=["sealed", "state", "drop_on"])
    append(
        action="reception.letter_cut",
        actor=SYSTEM,
        subject=f"letter:{row.key}",
        payload={"until": until},
    )


def _drop(row: Letter, actor: Actor) -> None:
    row.sealed, row.state = b"", LetterState.DROPPED
    row.save(update_fields=["sealed", "state"])
    append(action="reception.letter_dropped", actor=actor, subject=f"letter:{row.key}")
