"""The name of a reporter: asked for by an officer, opened by a custodian, seen by who asked.

Before a custodian wraps I to the asker no key but the custodians' opens it, whatever anybody may do
at the desk or in the database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError, NotAllowedError
from baqylau.kernel.permissions import require
from baqylau.reports import access
from baqylau.reports.models import Keyholder, NameRequest, Part, Report, Wrap, new_id
from baqylau.reports.queries.contents import open_part, open_wrap
from baqylau.reports.queries.holders import own_key
from baqylau.reports.queries.names import custodians_of
from baqylau.reports.queries.readers import require_compared, require_living
from baqylau.reports.rules.contents import loaded
from baqylau.reports.services.channel import names_told_later
from baqylau.reports.services.handing import wrapped_to
from baqylau.reports.taxonomy import NameReason, NameRefusal
from baqylau.seal import notes
from baqylau.seal.errors import SealError
from baqylau.seal.keys import SecretKey
from baqylau.seal.wraps import Role

VERSION = "version"
"""Which form asked: no part of a name."""
NOTE = 4_000
"""Characters of a note at most."""


def ask_for_name(*, actor: Actor, report: Report, reason: str, note: str) -> NameRequest:
    """Ask the custodians to open a name; the note is sealed to them alone.

    Raises: NotAllowedError without a key to the report; DomainError when nobody could decide;
    ConflictError when the same was asked and is not decided yet.
    """
    require(actor, access.READ, report)
    own = own_key(actor.key)
    if own is None or own.office != Keyholder.Office.OFFICER:
        raise DomainError(_("Only an officer with a key of their own may ask for a name."))
    custodians = [row for row in custodians_of(report) if row.holder != actor.key]
    if not custodians:
        raise DomainError(_("No custodian has a key to this name: nobody could open it."))
    number = new_id()
    row = NameRequest(
        id=number,
        report=report,
        asker=actor.key,
        reason=NameReason(reason),
        note=notes.seal(note[:NOTE], number, [each.public for each in custodians]),
        asked_on=clock.today(),
    )
    try:
        with transaction.atomic(using="sealed"):
            row.save(force_insert=True)
            _tell("reports.name_asked", actor, row, reason=str(row.reason))
            require_living([each.public for each in custodians])
    except IntegrityError:
        raise ConflictError(
            _("You have asked for this name already: wait for the answer.")
        ) from None
    return row


def read_note(*, actor: Actor, own: SecretKey, row: NameRequest) -> str:
    """What the officer has written to the custodians. Raises: NotAllowedError; SealError."""
    _require_custodian(actor, row)
    return notes.unseal(own, row.pk, bytes(row.note))


def grant_name(*, actor: Actor, own: SecretKey, row: NameRequest) -> None:
    """Wrap I to the asker: from now on they can open the name.

    Raises: NotAllowedError; SealError when the custodian's own wrap does not open; DomainError
    when the asker has no officer's key any more; ConflictError when it is decided already.
    """
    _require_custodian(actor, row)
    asker = own_key(row.asker)
    if asker is None or asker.office != Keyholder.Office.OFFICER:
        raise DomainError(_("Whoever asked has no key any more."))
    require_compared(asker)
    if row.asker not in row.report.holders:
        raise DomainError(_("Whoever asked cannot read this report any more."))
    key = open_wrap(row.report, Part.NAME, Role.CUSTODIAN, own, actor.key)
    wrap = wrapped_to(row.report, Part.NAME, Role.ASKER, key, asker)
    with transaction.atomic(using="sealed"):
        _decide(row, actor, NameRequest.State.GRANTED, "")
        Wrap.objects.filter(
            report=row.report, part=Part.NAME, role=Role.ASKER, holder=asker.holder
        ).delete()
        wrap.save(force_insert=True)
        _tell("reports.name_granted", actor, row, asker=row.asker)
        require_living([asker.public])


def refuse_name(*, actor: Actor, row: NameRequest, refusal: str) -> None:
    """Leave a name closed, with a reason. Raises: NotAllowedError; ConflictError."""
    _require_custodian(actor, row)
    with transaction.atomic(using="sealed"):
        _decide(row, actor, NameRequest.State.REFUSED, NameRefusal(refusal))
        _tell("reports.name_refused", actor, row, asker=row.asker, refusal=str(refusal))


def open_name(*, actor: Actor, own: SecretKey, report: Report) -> Sequence[Mapping[str, Any]]:
    """What the reporter has said about who they are, oldest first; told in the journal each time.

    Raises: SealError when no custodian has opened it to the actor.
    """
    key = open_wrap(report, Part.NAME, Role.ASKER, own, actor.key)
    found = [loaded(item.content) for item in open_part(key, report, Part.NAME)]
    found += _told_later(actor, own, report, key)
    with transaction.atomic(using="sealed"):
        append(
            action="reports.name_opened",
            actor=actor,
            subject=f"report:{report.pk}",
            using="sealed",
        )
    said = [{code: text for code, text in each.items() if text} for each in found]
    return [each for each in said if each.keys() - {VERSION}]


def _told_later(
    actor: Actor, own: SecretKey, report: Report, key: SecretKey
) -> list[dict[str, Any]]:
    """What the reporter has told over the channel; nothing for who cannot read that any more."""
    try:
        talk = open_wrap(report, Part.REPORT, Role.OFFICER, own, actor.key)
    except SealError:
        return []
    items = open_part(talk, report, Part.REPORT)
    return [asdict(one) for one in names_told_later(report=report, items=items, name_key=key)]


def _require_custodian(actor: Actor, row: NameRequest) -> None:
    """Refuse whoever is no custodian with a key, or has asked themselves."""
    require(actor, access.CUSTODY)
    own = own_key(actor.key)
    if own is None or own.office != Keyholder.Office.CUSTODIAN or row.asker == actor.key:
        raise NotAllowedError(_("Decide whether a reporter's name is opened"))


def _decide(row: NameRequest, actor: Actor, state: str, refusal: str) -> None:
    open_row = NameRequest.objects.filter(pk=row.pk, state=NameRequest.State.ASKED)
    today = clock.today()
    if not open_row.update(state=state, decider=actor.key, refusal=refusal, decided_on=today):
        raise ConflictError(_("This request is decided already."))


def _tell(action: str, actor: Actor, row: NameRequest, **codes: str) -> None:
    payload = {"request": row.pk, **codes}
    append(
        action=action,
        actor=actor,
        subject=f"report:{row.report_id}",
        payload=payload,
        using="sealed",
    )
