"""What asks a person to look: found through indexes, never by reading everything."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from baqylau.outreach.models import Doubt, DoubtKind, Event, Picture, Speaking, Stage
from baqylau.outreach.queries.events import holding
from baqylau.outreach.queries.unknown import UnknownError
from baqylau.outreach.rules.likeness import NEAR, around, bands, distance
from baqylau.outreach.rules.suspicion import Held

YEAR = timedelta(days=365)
MOST = 40
"""Headcounts of a speaker that are looked at: the newest of a year."""
PAGE = 50


@dataclass(frozen=True, slots=True)
class Alike:
    """A picture of another event that is the same or nearly the same."""

    mine: Picture
    other: Picture
    bits: int
    is_same: bool


def same_pictures(row: Event) -> Iterator[Alike]:
    """Pictures of other events made of the same file."""
    for mine in Picture.objects.filter(event=row).order_by("order"):
        others = Picture.objects.filter(digest=mine.digest).exclude(event=row)
        for other in others.select_related("event").order_by("pk")[:PAGE]:
            yield Alike(mine, other, 0, is_same=True)


def like_pictures(row: Event) -> Iterator[Alike]:
    """Pictures of other events that look alike, in at most NEAR bits.

    Two such hashes agree, but for two bits, in one of their quarters: each quarter is looked up
    with its 136 neighbours, so none is missed and not all are read.
    """
    for mine in Picture.objects.filter(event=row).exclude(likeness="").order_by("order"):
        found: dict[int, Picture] = {}
        for at, band in enumerate(bands(mine.likeness)):
            near = Picture.objects.filter(**{f"band_{at}__in": list(around(band))})
            found |= {each.pk: each for each in near.exclude(event=row).select_related("event")}
        for _pk, other in sorted(found.items()):
            bits = distance(mine.likeness, other.likeness)
            if bits <= NEAR and mine.digest != other.digest:
                yield Alike(mine, other, bits, is_same=False)


def held(row: Event) -> Held:
    """What of an event tells whether one can have been there."""
    return Held(row.on, row.district_id, row.starts_at, row.ends_at)


def same_day(row: Event) -> list[Event]:
    """Other events of the day, held or reported, with a speaker of this one."""
    speakers = Speaking.objects.filter(event=row).values("speaker")
    ids = (
        Speaking.objects.filter(speaker__in=speakers, event__on=row.on)
        .exclude(event=row)
        .values_list("event", flat=True)
    )
    stages = (Stage.HELD, Stage.REPORTED)
    rows = Event.objects.filter(pk__in=list(ids), stage__in=stages)
    return list(rows.order_by("pk"))


def headcounts(speaker: int, until: date) -> list[int]:
    """The newest headcounts that a speaker's events of a year were reported with."""
    rows = Speaking.objects.filter(
        speaker=speaker,
        event__stage=Stage.REPORTED,
        event__on__gt=until - YEAR,
        event__on__lte=until,
    )
    counts = rows.order_by("-event__on", "-event__pk").values_list("event__people", flat=True)
    return [count for count in counts[:MOST] if count is not None]


def doubt(pk: int) -> Doubt:
    """The doubt with its events. Raises: UnknownError."""
    found = Doubt.objects.select_related("event__district", "other__district").filter(pk=pk).first()
    if found is None:
        raise UnknownError(_("There is no such doubt."))
    return found


def doubts(*, is_open: bool) -> "QuerySet[Doubt]":
    """Doubts, the newest first: those that wait for a person, or those that were looked at."""
    rows = Doubt.objects.select_related("event__district", "other__district").order_by("-pk")
    return rows.filter(verdict="") if is_open else rows.exclude(verdict="")


def of_event(row: Event) -> list[Doubt]:
    """All doubts about an event, and those about another one that name it."""
    own = Doubt.objects.filter(event=row).select_related("event", "other")
    named = Doubt.objects.filter(other=row).select_related("event", "other")
    return sorted([*own, *named], key=lambda each: each.pk)


def bystanders(row: Doubt) -> frozenset[str]:
    """Who must not judge a doubt: those who planned, reported or spoke at one of its events."""
    found: set[str] = set()
    for event in filter(None, (row.event, row.other)):
        whose = holding(event)
        found |= {whose.author, event.reporter, *whose.speaker_keys}
    return frozenset(found - {""})


def open_by_kind() -> dict[str, int]:
    """How many doubts wait, by kind; those without any are left out."""
    counts: dict[str, int] = {}
    kinds: Iterable[str] = Doubt.objects.filter(verdict="").values_list("kind", flat=True)
    for kind in kinds:
        counts[kind] = counts.get(kind, 0) + 1
    return counts


SURELY = 1_000_000
"""Odds beyond which a number says no more than "never"."""


def why(row: Doubt) -> str:
    """What made the program ask, with its numbers, in a sentence."""
    facts = row.facts
    told = {**facts, "odds": number_format(facts.get("odds", 0), force_grouping=True)}
    return str(_sentence(row.kind, facts) % told)


def _sentence(kind: str, facts: Mapping[str, int]) -> str:
    if kind == DoubtKind.ROUND:
        return _round(facts)
    if kind == DoubtKind.TWO_PLACES:
        if facts["minutes"] < 0:
            return _("One speaker, the same day, and the hours of the two events overlap.")
        return _("One speaker, the same day: %(minutes)s minutes lie between the two events.")
    return {
        DoubtKind.SAME_PICTURE: _("The very same file stands at two events."),
        DoubtKind.LIKE_PICTURE: _(
            "Two pictures differ in %(bits)s of 64 signs. Two pictures that have nothing in common "
            "come so near about twice in 100 million times."
        ),
        DoubtKind.TOO_MANY: _(
            "%(people)s people came; by the register %(size)s people work and learn there."
        ),
        DoubtKind.LATE: _("It was written down %(days)s days after it was held."),
    }[DoubtKind(kind)]


def _round(facts: Mapping[str, int]) -> str:
    if "people" in facts:
        return _("%(people)s people: so round a number may be a guess.")
    if facts["odds"] >= SURELY:
        return _(
            "Headcounts of this speaker: %(count)s, of them multiples of %(step)s: %(hits)s. By "
            "chance that would not be so once in a million times."
        )
    return _(
        "Headcounts of this speaker: %(count)s, of them multiples of %(step)s: %(hits)s. By chance "
        "that would be so once in %(odds)s times."
    )
