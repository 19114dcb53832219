"""Keep what coverage reads in step with the events, in the transaction that changes one."""

from collections.abc import Iterator, Mapping

from baqylau.institutions.models import Institution
from baqylau.journal.rules import Value
from baqylau.journal.services import append
from baqylau.kernel.access import Actor
from baqylau.outreach.models import (
    Campaign,
    Counted,
    Doubt,
    Event,
    Reached,
    Stage,
    Verdict,
    Visited,
)
from baqylau.outreach.rules.reaching import (
    Key,
    Told,
    Turn,
    from_plain,
    moved,
    packed,
    plain,
)

COUNTED = "outreach.counted"
COUNTS = (Stage.HELD, Stage.REPORTED)
"""Stages in which somebody was reached."""


def told_of(event: Event) -> Told | None:
    """What of the event counts as it stands; None for one that was not held.

    Neither does one count of which somebody who looked found that it was not held as written.
    """
    if event.stage not in COUNTS:
        return None
    if Doubt.objects.filter(event=event, verdict=Verdict.FALSE).exists():
        return None
    visited = Visited.objects.filter(event=event).values_list("institution_id", flat=True)
    return Told(
        on=event.on,
        kind=event.kind,
        district=event.district_id,
        campaign=event.campaign.code if event.campaign else "",
        people=event.people or 0,
        institutions=frozenset(visited),
    )


def follow(*, event: Event, actor: Actor) -> None:
    """Count the event as it stands now, and say in the journal what that changed.

    Call it within the transaction that changes an event, its institutions or its numbers, after the
    change and before the change's own entry. Costs nothing when what counts stayed the same.
    """
    row = Counted.objects.select_for_update().filter(event=event).first()
    old, new = from_plain(row.told) if row else None, told_of(event)
    if old == new:
        return
    turns = list(_move(moved(old, new)))
    if new is None:
        Counted.objects.filter(event=event).delete()
    else:
        Counted.objects.update_or_create(event=event, defaults={"told": plain(new)})
    lots = packed(turns) or [[]]
    for number, texts in enumerate(lots):
        payload: dict[str, Value] = {"reached": [*texts]}
        if number == 0:
            payload |= _cells("was_", old) | _cells("", new)
        append(action=COUNTED, actor=actor, subject=f"event:{event.code}", payload=payload)


def _cells(prefix: str, told: Told | None) -> dict[str, Value]:
    if told is None:
        return {}
    return {
        f"{prefix}on": told.on,
        f"{prefix}kind": told.kind,
        f"{prefix}district": told.district,
        f"{prefix}campaign": told.campaign,
        f"{prefix}people": told.people,
    }


def _move(amounts: Mapping[Key, int]) -> Iterator[Turn]:
    """Add the amounts to the rows; gives what came to be reached and what is no longer."""
    ids = {key[0] for key in amounts}
    # Whoever counts at the same institution at the same moment waits here; in one order, so that
    # two that count at several of them never wait for each other.
    bodies = Institution.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)
    known = {body.pk: body for body in bodies.only("pk", "kind", "district_id")}
    campaigns = _campaigns({key[3] for key in amounts})
    codes = {pk: code for code, pk in campaigns.items()}
    rows = {
        (row.institution_id, row.scope, row.first_on, codes.get(row.campaign_id or 0, "")): row
        for row in Reached.objects.filter(
            institution__in=ids, first_on__in={key[2] for key in amounts}
        )
        if row.campaign_id is None or row.campaign_id in codes
    }
    for key, amount in sorted(amounts.items()):
        row = rows.get(key)
        if row is None:
            body = known[key[0]]
            row = _new(key, body, campaigns.get(key[3]), amount)
            row.save(force_insert=True)
            yield _turn(row, key[3], 1)
        elif row.events + amount <= 0:
            row.delete()
            yield _turn(row, key[3], -1)
        else:
            row.events += amount
            row.save(update_fields=["events"])


def _campaigns(codes: set[str]) -> dict[str, int]:
    rows = Campaign.objects.filter(code__in=codes - {""}) if codes - {""} else ()
    return {row.code: row.pk for row in rows}


def _new(key: Key, body: Institution, campaign: int | None, amount: int) -> Reached:
    institution, scope, first, _code = key
    return Reached(
        institution_id=institution,
        scope=scope,
        first_on=first,
        campaign_id=campaign,
        kind=body.kind,
        district=body.district_id,
        events=amount,
    )


def _turn(row: Reached, campaign: str, amount: int) -> Turn:
    if campaign:
        return Turn(row.scope, row.first_on, "", "", campaign, amount)
    return Turn(row.scope, row.first_on, row.kind, row.district, "", amount)
