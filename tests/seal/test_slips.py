"""Filing slips: they prove the filing, tell nothing else, and a removal shows in the lists."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.signing import SigningKey

from baqylau.seal import slips
from baqylau.seal.errors import SealError
from baqylau.seal.slips import FILL, Standing
from tests.seal.making import refused, report

pytestmark = pytest.mark.once

SIGNING = bytes(SigningKey.generate())
PUBLIC = bytes(SigningKey(SIGNING).verify_key)
SITE, DAY = "kontrol.example.org", date(2026, 11, 22)
ONE, OTHER = report(b"one"), report(b"other", name="r-2")
HASHES = st.from_regex(r"[0-9a-f]{64}", fullmatch=True)


def slip_of() -> str:
    return slips.make(SIGNING, ONE.key, ONE.id, ONE.entries[0], site=SITE, on=DAY)


def test_a_slip_proves_that_something_was_filed_on_a_day() -> None:
    slip = slips.read(slip_of(), PUBLIC)
    assert (slip.site, slip.on) == (SITE, DAY)


def test_a_slip_asked_for_twice_is_the_same() -> None:
    assert slip_of() == slip_of()


def test_a_slip_tells_nothing_about_the_report() -> None:
    text = slip_of()
    for told in (ONE.id, ONE.entries[0].digest, ONE.key.public):
        assert told not in text
    assert set(slips.read(text, PUBLIC).mark) <= set("0123456789abcdef")


def test_who_can_open_the_report_can_show_that_the_slip_is_about_it() -> None:
    slip, shown = slips.read(slip_of(), PUBLIC), slips.proof(ONE.key)
    assert slips.is_about(slip, shown, ONE.id, ONE.entries[0])
    assert not slips.is_about(slip, shown, OTHER.id, OTHER.entries[0])
    assert not slips.is_about(slip, shown, ONE.id, OTHER.entries[0])
    assert not slips.is_about(slip, slips.proof(OTHER.key), ONE.id, ONE.entries[0])


def test_the_proof_opens_nothing() -> None:
    assert slips.proof(ONE.key).hex() not in ONE.key.text.lower()
    assert len(slips.proof(ONE.key)) == 32


def test_a_changed_sign_in_a_slip_is_detected() -> None:
    text = slip_of()
    for place, letter in enumerate(text[:-1]):
        changed = f"{text[:place]}{'1' if letter != '1' else '2'}{text[place + 1 :]}"
        with pytest.raises(SealError):
            slips.read(changed, PUBLIC)


def test_a_slip_of_another_site_is_refused() -> None:
    foreign = bytes(SigningKey.generate().verify_key)
    for public in (foreign, b"", bytes(31)):
        with refused("slip_unsigned"):
            slips.read(slip_of(), public)


def test_a_slip_survives_the_line_ends_of_windows() -> None:
    text = slip_of().replace("\n", "\r\n")
    assert slips.read(text, PUBLIC).on == DAY


@given(st.text(max_size=500))
@settings(deadline=None)
def test_any_other_text_is_no_slip_and_no_list(text: str) -> None:
    with refused("slip_unreadable"):
        slips.read(text, PUBLIC)
    with refused("slip_unreadable"):
        slips.read_list(text, PUBLIC)


@pytest.mark.parametrize("site", ["", "a b", "a\nday 2026-01-01", "Ә", "x" * 101])
def test_a_site_that_could_forge_a_line_is_refused(site: str) -> None:
    with refused("bad_id"):
        slips.make(SIGNING, ONE.key, ONE.id, ONE.entries[0], site=site, on=DAY)
    with refused("bad_id"):
        slips.make_list(SIGNING, [], site=site, week="2026-W47")


def published(hashes: list[str], week: str = "2026-W47") -> slips.WeekList:
    return slips.read_list(slips.make_list(SIGNING, hashes, site=SITE, week=week), PUBLIC)


@given(st.sets(HASHES, max_size=200))
@settings(max_examples=40, deadline=None)
def test_a_list_holds_every_slip_and_does_not_show_how_many(hashes: set[str]) -> None:
    found = published(sorted(hashes))
    assert hashes <= found.slips
    assert len(found.slips) == max(FILL, -(-len(hashes) // FILL) * FILL)


def test_lists_of_no_slip_and_of_64_are_of_one_length_and_65_of_the_next() -> None:
    real = [f"{number:064x}" for number in range(FILL + 1)]
    sizes = [
        len(slips.make_list(SIGNING, real[:count], site=SITE, week="2026-W47"))
        for count in (0, 1, FILL, FILL + 1)
    ]
    assert sizes[0] == sizes[1] == sizes[2] < sizes[3]


def test_a_listed_slip_is_found_and_a_removed_one_shows() -> None:
    slip = slips.read(slip_of(), PUBLIC)
    week = slips.week_of(DAY)
    assert slips.standing(slip, published([slip.hash], week)) is Standing.LISTED
    assert slips.standing(slip, published(["0" * 64], week)) is Standing.MISSING


def test_a_list_of_another_week_or_site_says_nothing_about_a_slip() -> None:
    slip = slips.read(slip_of(), PUBLIC)
    assert slips.standing(slip, published([slip.hash], "2026-W46")) is Standing.OTHER
    text = slips.make_list(SIGNING, [slip.hash], site="other.example", week=slips.week_of(DAY))
    assert slips.standing(slip, slips.read_list(text, PUBLIC)) is Standing.OTHER


@given(st.dates(min_value=date(2020, 1, 1)), st.integers(0, 6))
@settings(deadline=None)
def test_the_days_from_monday_to_sunday_are_one_week(on: date, more: int) -> None:
    monday = on - timedelta(days=on.weekday())
    if monday.year < 9999:
        assert slips.week_of(monday + timedelta(days=more)) == slips.week_of(monday)


def test_a_list_names_the_one_before_so_that_none_is_exchanged_unseen() -> None:
    first = published(["a" * 64], "2026-W46")
    text = slips.make_list(SIGNING, [], site=SITE, week="2026-W47", previous=first.hash)
    assert slips.read_list(text, PUBLIC).previous == first.hash
    assert published(["a" * 64], "2026-W46").hash != first.hash


def test_a_removed_line_or_a_changed_sign_in_a_list_is_detected() -> None:
    text = slips.make_list(SIGNING, ["a" * 64], site=SITE, week="2026-W47")
    removed = "".join(line for line in text.splitlines(keepends=True) if "slip aaaa" not in line)
    for changed in (removed, text.replace("a" * 64, "b" * 64), text.replace("W47", "W48")):
        with refused("slip_unsigned"):
            slips.read_list(changed, PUBLIC)


def test_a_signed_list_that_shows_its_count_is_no_list() -> None:
    lines = "".join(f"slip {number:064x}\n" for number in range(FILL))
    body = f"baqylau-slips 1\nsite {SITE}\nweek 2026-W47\nprevious {'0' * 64}\n"
    few, twice = "".join(lines.splitlines(keepends=True)[:3]), lines * 2
    for content in (body + few, body + twice):
        signature = SigningKey(SIGNING).sign(content.encode()).signature.hex()
        with refused("slip_unreadable"):
            slips.read_list(f"{content}signature {signature}\n", PUBLIC)


@pytest.mark.parametrize(("hashes", "week"), [(["x"], "2026-W47"), ([], "2026-47"), ([], "W1\n")])
def test_a_list_of_what_are_no_hashes_is_not_made(hashes: list[str], week: str) -> None:
    with refused("slip_unreadable"):
        slips.make_list(SIGNING, hashes, site=SITE, week=week)


def test_a_signed_slip_with_an_impossible_day_is_no_slip() -> None:
    body = f"baqylau-slip 1\nsite {SITE}\nday 2026-02-30\nmark {'0' * 64}\n"
    signature = SigningKey(SIGNING).sign(body.encode()).signature.hex()
    with refused("slip_unreadable"):
        slips.read(f"{body}signature {signature}\n", PUBLIC)
