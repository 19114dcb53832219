"""Calendars for other programs: read back by a reader of our own that follows the standard."""

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from baqylau.documents.icalendar import Event, calendar, escaped, folded

STAMP = datetime(2026, 7, 1, 7, 0, tzinfo=UTC)
texts = st.text(max_size=200)
printable = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=200)


def unfolded(content: bytes) -> list[str]:
    """The lines as they were before they were folded."""
    assert content.endswith(b"\r\n")
    lines: list[str] = []
    for line in content.decode().split("\r\n")[:-1]:
        if line.startswith(" "):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return lines


def unescaped(text: str) -> str:
    """A text value as it was meant."""
    found, signs = "", iter(text)
    for sign in signs:
        if sign == "\\":
            follows = next(signs)
            found += "\n" if follows in "nN" else follows
        else:
            assert sign not in ";,"
            found += sign
    return found


def only(lines: list[str], name: str) -> str:
    """The one value of a property."""
    found = [line.partition(":")[2] for line in lines if line.startswith(f"{name}:")]
    assert len(found) == 1
    return found[0]


@given(texts, texts, st.dates())
def test_every_line_is_short_and_no_text_breaks_out_of_its_line(
    name: str, summary: str, on: date
) -> None:
    content = calendar(name, [Event("a@b", on, summary, "https://example.org/")], STAMP)
    pieces = content.split(b"\r\n")
    assert all(len(piece) <= 75 for piece in pieces)
    assert not any(sign in piece for piece in pieces for sign in (b"\r", b"\n", b"\0"))
    assert all(piece.decode() is not None for piece in pieces)
    lines = unfolded(content)
    assert [line for line in lines if line.startswith(("BEGIN:", "END:"))] == [
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


@given(printable)
def test_a_text_comes_back_as_it_was_meant(text: str) -> None:
    lines = unfolded(calendar("x", [Event("u", date(2026, 7, 1), text)], STAMP))
    assert unescaped(only(lines, "SUMMARY")) == text


@given(texts)
def test_what_is_folded_is_the_same_when_it_is_put_together(text: str) -> None:
    line = escaped(text)
    pieces = list(folded(line))
    assert pieces[0].decode() + "".join(piece.decode()[1:] for piece in pieces[1:]) == line
    assert all(piece.startswith(b" ") for piece in pieces[1:])


@given(st.dates(max_value=date.max - timedelta(days=1)))
def test_a_day_lasts_until_the_next_one(on: date) -> None:
    lines = unfolded(calendar("x", [Event("u", on, "s")], STAMP))
    assert only(lines, "DTSTART;VALUE=DATE") == on.isoformat().replace("-", "")
    after = (on + timedelta(days=1)).isoformat().replace("-", "")
    assert only(lines, "DTEND;VALUE=DATE") == after


def test_a_calendar_looks_as_the_standard_says() -> None:
    event = Event("desk-cases-2026-1@baqylau", date(2026, 7, 3), "Ж-2026-000001: күтіңіз, 5;6")
    assert calendar("Мерзім", [event], STAMP).decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Baqylau//Deadlines//EN",
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:Мерзім",
        "BEGIN:VEVENT",
        "UID:desk-cases-2026-1@baqylau",
        "DTSTAMP:20260701T070000Z",
        "DTSTART;VALUE=DATE:20260703",
        "DTEND;VALUE=DATE:20260704",
        "SUMMARY:Ж-2026-000001: күтіңіз\\, 5\\;6",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_the_last_day_that_there_is_needs_no_end() -> None:
    assert b"DTEND" not in calendar("x", [Event("u", date.max, "s")], STAMP)


def test_an_event_with_hours_says_them_in_utc_with_its_place_and_number() -> None:
    almaty = timezone(timedelta(hours=5))
    event = Event(
        "a@b",
        date(2026, 7, 1),
        "Дәріс",
        starts_at=datetime(2026, 7, 1, 3, 30, tzinfo=almaty),
        ends_at=datetime(2026, 7, 1, 5, 0, tzinfo=almaty),
        place="Абай көшесі, 1",
        sequence=2,
    )
    lines = unfolded(calendar("К", [event], STAMP))
    assert only(lines, "DTSTART") == "20260630T223000Z"
    assert only(lines, "DTEND") == "20260701T000000Z"
    assert unescaped(only(lines, "LOCATION")) == "Абай көшесі, 1"
    assert (only(lines, "SEQUENCE"), only(lines, "TRANSP")) == ("2", "OPAQUE")
    assert not any(line.startswith("STATUS") for line in lines)


def test_a_cancelled_event_says_so_and_one_without_an_end_has_none() -> None:
    start = datetime(2026, 7, 1, 5, 0, tzinfo=UTC)
    event = Event("a@b", date(2026, 7, 1), "Д", starts_at=start, sequence=3, is_cancelled=True)
    lines = unfolded(calendar("К", [event], STAMP))
    assert only(lines, "STATUS") == "CANCELLED"
    assert not any(line.startswith("DTEND") for line in lines)
