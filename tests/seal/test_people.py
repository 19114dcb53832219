"""Keys of officers: behind a passphrase, a printed code, and for a while behind a session."""

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baqylau.seal import bech32, derive, digits, keys, people, tickets
from baqylau.seal.keys import Use
from tests.seal.making import QUICK, refused

pytestmark = pytest.mark.once

OWN = keys.generate(Use.PERSON)
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SECRET = tickets.draw_secret()
ABOUT = "officer/o-1"


def test_a_passphrase_opens_ones_own_key_at_the_real_cost() -> None:
    locked = people.protect(OWN, "o-1", "төрт сөз бір-біріне жат")
    assert (locked[1], int.from_bytes(locked[2:6], "big")) == (3, 64 * 1024)
    found = people.open_with_passphrase(locked, "o-1", "төрт сөз бір-біріне жат")
    assert (found.text, found.use) == (OWN.text, Use.PERSON)


def test_a_wrong_passphrase_opens_nothing() -> None:
    locked = people.protect(OWN, "o-1", "right", cost=QUICK)
    for wrong in ("Right", "right ", ""):
        with refused("passphrase_wrong"):
            people.open_with_passphrase(locked, "o-1", wrong)


def test_a_locked_key_does_not_open_as_somebody_elses() -> None:
    locked = people.protect(OWN, "o-1", "right", cost=QUICK)
    with refused("passphrase_wrong"):
        people.open_with_passphrase(locked, "o-2", "right")


@given(st.text(max_size=30))
@settings(deadline=None)
def test_a_passphrase_may_be_typed_on_another_keyboard(passphrase: str) -> None:
    locked = people.protect(OWN, "o-1", unicodedata.normalize("NFD", passphrase + "йӘ"), cost=QUICK)
    composed = unicodedata.normalize("NFC", passphrase + "йӘ")
    assert people.open_with_passphrase(locked, "o-1", composed).text == OWN.text


def test_only_a_persons_key_is_put_behind_a_passphrase_or_a_code() -> None:
    for use in (Use.REPORT, Use.NAME, Use.RECOVERY):
        with refused("role_not_for_key"):
            people.protect(keys.generate(use), "o-1", "right", cost=QUICK)
        with refused("role_not_for_key"):
            people.protect_with_code(keys.generate(use), "o-1", people.draw_code(), cost=QUICK)


def test_a_printed_code_opens_the_key_when_the_passphrase_is_lost() -> None:
    code = people.draw_code()
    printed = digits.grouped(code)
    assert [len(group) for group in printed.split()] == [4] * 10
    locked = people.protect_with_code(OWN, "o-1", code, cost=QUICK)
    assert people.open_with_code(locked, "o-1", printed).text == OWN.text


def test_a_mistyped_code_costs_no_derivation() -> None:
    code = people.draw_code()
    locked = people.protect_with_code(OWN, "o-1", code, cost=QUICK)
    before = derive.started()
    for place in range(40):
        typed = f"{code[:place]}{(int(code[place]) + 1) % 10}{code[place + 1 :]}"
        with refused("digits_check"):
            people.open_with_code(locked, "o-1", typed)
    assert derive.started() == before


def test_another_code_opens_nothing() -> None:
    locked = people.protect_with_code(OWN, "o-1", people.draw_code(), cost=QUICK)
    with refused("code_wrong"):
        people.open_with_code(locked, "o-1", people.draw_code())


def test_what_a_passphrase_locks_no_code_opens() -> None:
    code = people.draw_code()
    locked = people.protect(OWN, "o-1", code, cost=QUICK)
    with refused("code_wrong"):
        people.open_with_code(locked, "o-1", code)


def test_a_new_passphrase_leaves_the_key_as_it_is() -> None:
    old = people.protect(OWN, "o-1", "old", cost=QUICK)
    new = people.protect(people.open_with_passphrase(old, "o-1", "old"), "o-1", "new", cost=QUICK)
    assert people.open_with_passphrase(new, "o-1", "new").public == OWN.public
    with refused("passphrase_wrong"):
        people.open_with_passphrase(new, "o-1", "old")


def test_a_fingerprint_can_be_read_aloud_and_differs_between_keys() -> None:
    printed = people.fingerprint(OWN.public)
    assert [len(group) for group in printed.split()] == [4] * 7
    assert digits.is_whole(printed.replace(" ", ""))
    others = {people.fingerprint(keys.generate(Use.PERSON).public) for _ in range(50)}
    assert len(others | {printed}) == 51


def test_a_ticket_gives_the_key_back_within_its_time() -> None:
    ticket = tickets.issue(OWN, SECRET, ABOUT, now=NOON)
    for minutes in (0, 14):
        found = tickets.redeem(ticket, SECRET, ABOUT, now=NOON + timedelta(minutes=minutes))
        assert (found.text, found.use) == (OWN.text, Use.PERSON)


@pytest.mark.parametrize("seconds", [15 * 60, 16 * 60, 10**6, -61, -(10**6)])
def test_a_ticket_is_over_after_its_time_and_when_the_clock_jumps_back(seconds: int) -> None:
    ticket = tickets.issue(OWN, SECRET, ABOUT, now=NOON)
    with refused("ticket_over"):
        tickets.redeem(ticket, SECRET, ABOUT, now=NOON + timedelta(seconds=seconds))


def test_machines_whose_clocks_differ_a_little_take_each_others_tickets() -> None:
    ticket = tickets.issue(OWN, SECRET, ABOUT, now=NOON)
    earlier = NOON - timedelta(seconds=59)
    assert tickets.redeem(ticket, SECRET, ABOUT, now=earlier).text == OWN.text


def test_a_ticket_opens_neither_with_another_secret_nor_for_another_person() -> None:
    ticket = tickets.issue(OWN, SECRET, ABOUT, now=NOON)
    with refused("ticket_wrong"):
        tickets.redeem(ticket, tickets.draw_secret(), ABOUT, now=NOON)
    with refused("ticket_wrong"):
        tickets.redeem(ticket, SECRET, "officer/o-2", now=NOON)


def test_a_changed_bit_in_any_byte_of_a_ticket_is_detected() -> None:
    ticket = tickets.issue(OWN, SECRET, ABOUT, now=NOON)
    for place in range(len(ticket)):
        changed = bytearray(ticket)
        changed[place] ^= 1 << place % 8
        with refused("ticket_wrong"):
            tickets.redeem(bytes(changed), SECRET, ABOUT, now=NOON)


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_foreign_bytes_are_no_ticket(content: bytes) -> None:
    with refused("ticket_wrong"):
        tickets.redeem(content, SECRET, ABOUT, now=NOON)


def test_a_ticket_holds_its_key_in_no_readable_form() -> None:
    ticket = tickets.issue(OWN, SECRET, ABOUT, now=NOON)
    assert b"AGE-SECRET" not in ticket
    assert SECRET not in ticket


@given(st.binary(min_size=32, max_size=32))
@settings(deadline=None)
def test_a_seed_is_written_the_way_age_reads_it_and_comes_back(seed: bytes) -> None:
    # pyrage checks form and checksum, so it is the judge of our Bech32.
    key = keys.from_seed(Use.RECOVERY, seed)
    assert key.text.startswith("AGE-SECRET-KEY-1")
    assert bech32.content(key.text) == seed
    assert bech32.content(str(keys.recipient(key.public))) != seed


def test_bech32_writes_the_example_of_its_standard() -> None:
    # The 20-byte program of BIP 173's first example, without its version digit.
    program = bytes.fromhex("751e76e8199196d454941c45d1b3a323f1433bd6")
    fives = bech32.encode("bc", program)
    assert fives.startswith("bc1w508d6qejxtdg4y5r3zarvary0c5xw7k")
    assert bech32.content(fives) == program


def test_what_is_no_key_is_refused() -> None:
    mistyped = OWN.text[:-1] + ("P" if OWN.text[-1] == "Q" else "Q")
    for text in ("", "AGE-SECRET-KEY-1", "age1x", "x" * 1_000, mistyped):
        with refused("key_unreadable"):
            keys.from_text(Use.PERSON, text)
        with refused("key_unreadable"):
            keys.recipient(text)


def test_no_key_shows_itself_in_a_traceback() -> None:
    assert "AGE-SECRET" not in f"{OWN!r} {[OWN]} {OWN}"


def test_a_mark_of_a_key_depends_on_every_part_and_on_where_parts_end() -> None:
    marks = {
        OWN.mark("use", "a", "bc"),
        OWN.mark("use", "ab", "c"),
        OWN.mark("use", "abc"),
        OWN.mark("usea", "bc"),
        keys.generate(Use.PERSON).mark("use", "a", "bc"),
    }
    assert len(marks) == 5
