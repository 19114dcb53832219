"""Calendars that other programs subscribe to: whole days, or hours of a day.

Source: RFC 5545, sections 3.1 (lines of at most 75 octets, CRLF), 3.3.5 (times in UTC), 3.3.11
(escaping of text), 3.6.1 (VEVENT), 3.8.1.11 (STATUS), 3.8.2.4 (DTSTART), 3.8.7.4 (SEQUENCE).
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

LINE: Final = 75
"""Octets of a line without its end."""
PRODUCT: Final = "-//Baqylau//Deadlines//EN"


@dataclass(frozen=True, slots=True)
class Event:
    """A whole day, or from `starts_at` (aware) to `ends_at`, which may be unknown.

    `uid` stays the same when the day or the words change; `sequence` then grows. `url` and `place`
    may be "".
    """

    uid: str
    on: date
    summary: str
    url: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    sequence: int = 0
    is_cancelled: bool = False


def calendar(name: str, events: Iterable[Event], stamp: datetime) -> bytes:
    """The calendar as a file. `stamp` is the moment at which it was made, aware."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for event in events:
        lines += _event(event, stamp)
    lines.append("END:VCALENDAR")
    return b"".join(part + b"\r\n" for line in lines for part in folded(line))


def _event(event: Event, stamp: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"DTSTAMP:{_moment(stamp)}"
    yield from _span(event)
    yield f"SUMMARY:{escaped(event.summary)}"
    if event.place:
        yield f"LOCATION:{escaped(event.place)}"
    if event.url:
        yield f"URL:{_printable(event.url)}"
    if event.sequence:
        yield f"SEQUENCE:{event.sequence}"
    if event.is_cancelled:
        yield "STATUS:CANCELLED"
    # A deadline takes none of the day; what has hours does.
    yield "TRANSP:OPAQUE" if event.starts_at else "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _span(event: Event) -> Iterator[str]:
    if event.starts_at:
        yield f"DTSTART:{_moment(event.starts_at)}"
        if event.ends_at:
            yield f"DTEND:{_moment(event.ends_at)}"
        return
    yield f"DTSTART;VALUE=DATE:{_day(event.on)}"
    # The end is the day after; the last day that there is has none, and needs none.
    if event.on < date.max:
        yield f"DTEND;VALUE=DATE:{_day(event.on + timedelta(days=1))}"


def _moment(moment: datetime) -> str:
    there = moment.astimezone(UTC)
    return f"{_day(there.date())}T{there:%H%M%S}Z"


def _day(day: date) -> str:
    # strftime does not fill years before 1000 on every system.
    return day.isoformat().replace("-", "")


def escaped(text: str) -> str:
    """A text value: commas, semicolons, strokes and line ends are escaped, other controls go."""
    plain = "\n".join(text.splitlines())
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, "\\" + sign)
    return "\\n".join(_printable(line) for line in plain.split("\n"))


def _printable(text: str) -> str:
    return "".join(sign for sign in text if unicodedata.category(sign) not in {"Cc", "Cs"})


def folded(line: str) -> Iterator[bytes]:
    """A line in pieces of at most 75 octets, no letter parted; each but the first with a space."""
    piece = b""
    for sign in line:
        octets = sign.encode()
        if len(piece) + len(octets) > LINE:
            yield piece
            piece = b" "
        piece += octets
    yield piece
