"""Who opens a report's key and who a name's; wraps that were moved or exchanged."""

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baqylau.seal import derive, items, keys, receipts, wraps
from baqylau.seal.keys import Use
from baqylau.seal.wraps import OPENS, Binding, Role
from tests.seal.making import QUICK, refused, report

pytestmark = pytest.mark.once

R = keys.generate(Use.REPORT)
NAME = keys.generate(Use.NAME)
OFFICER, COLLEAGUE = keys.generate(Use.PERSON), keys.generate(Use.PERSON)
RECEIPT = receipts.make("004217", "13371337133713371337")
HELD = Binding("r-1", Role.OFFICER, "officer-1")


def test_an_officer_opens_what_was_wrapped_for_them() -> None:
    wrapped = wraps.wrap(R, HELD, OFFICER.public)
    opened = wraps.unwrap(OFFICER, HELD, wrapped, public=R.public)
    assert (opened.text, opened.use) == (R.text, Use.REPORT)


def test_another_officer_opens_nothing() -> None:
    wrapped = wraps.wrap(R, HELD, OFFICER.public)
    with refused("wrap_closed"):
        wraps.unwrap(COLLEAGUE, HELD, wrapped, public=R.public)


@pytest.mark.parametrize(
    "moved",
    [
        Binding("r-2", Role.OFFICER, "officer-1"),
        Binding("r-1", Role.RECOVERY, "officer-1"),
        Binding("r-1", Role.OFFICER, "officer-2"),
        Binding("r-1", Role.CUSTODIAN, "officer-1"),
        Binding("r-1", Role.OFFICER),
    ],
)
def test_a_wrap_moved_to_another_report_role_or_person_does_not_open(moved: Binding) -> None:
    wrapped = wraps.wrap(R, HELD, OFFICER.public)
    with refused("wrap_closed"):
        wraps.unwrap(OFFICER, moved, wrapped, public=R.public)


def test_a_wrapped_key_that_was_exchanged_is_detected_twice() -> None:
    real = report(b"what happened")
    foreign = keys.generate(Use.REPORT)
    swapped = wraps.wrap(foreign, HELD, OFFICER.public)
    with refused("wrap_closed"):
        wraps.unwrap(OFFICER, HELD, swapped, public=real.key.public)
    # Whoever changed the public key in the table as well is betrayed by the first item.
    opened = wraps.unwrap(OFFICER, HELD, swapped, public=foreign.public)
    with refused("key_not_this"):
        items.open_all(opened, real.id, real.entries, real.ciphertexts)


def test_a_changed_bit_in_any_byte_of_a_wrap_is_detected() -> None:
    wrapped = wraps.wrap(R, HELD, OFFICER.public)
    for place in range(len(wrapped)):
        changed = bytearray(wrapped)
        changed[place] ^= 1 << place % 8
        with refused("wrap_closed"):
            wraps.unwrap(OFFICER, HELD, bytes(changed), public=R.public)


def test_a_colleague_is_added_without_touching_an_item() -> None:
    sealed = report(b"one", b"two")
    before = list(sealed.ciphertexts)
    wrapped = wraps.wrap(sealed.key, HELD, OFFICER.public)
    new = Binding("r-1", Role.OFFICER, "officer-2")
    added = wraps.rewrap(
        OFFICER, HELD, wrapped, public=sealed.key.public, new=new, to=COLLEAGUE.public
    )
    opened = wraps.unwrap(COLLEAGUE, new, added, public=sealed.key.public)
    contents = items.open_all(opened, "r-1", sealed.entries, sealed.ciphertexts)
    assert [item.content for item in contents] == [b"one", b"two"]
    assert sealed.ciphertexts == before


def test_a_name_is_never_wrapped_to_officers_recovery_or_receipt() -> None:
    for role in (Role.OFFICER, Role.RECOVERY, Role.RECEIPT):
        with refused("role_not_for_key"):
            wraps.wrap(NAME, Binding("r-1", role, "p"), OFFICER.public)
    with refused("role_not_for_key"):
        wraps.lock_with_receipt(NAME, "r-1", RECEIPT, cost=QUICK)


def test_a_custodian_never_gets_the_report_itself() -> None:
    for role in (Role.CUSTODIAN, Role.ASKER):
        with refused("role_not_for_key"):
            wraps.wrap(R, Binding("r-1", role, "p"), OFFICER.public)
    assert {role for role in Role if OPENS[role] is Use.NAME} == {Role.CUSTODIAN, Role.ASKER}


def test_a_name_opens_for_an_officer_only_after_the_custodian_wrapped_it() -> None:
    custodian = keys.generate(Use.PERSON)
    held = Binding("r-1", Role.CUSTODIAN, "custodian-1")
    wrapped = wraps.wrap(NAME, held, custodian.public)
    with refused("wrap_closed"):
        wraps.unwrap(OFFICER, held, wrapped, public=NAME.public)
    asker = Binding("r-1", Role.ASKER, "officer-1")
    given_on = wraps.rewrap(
        custodian, held, wrapped, public=NAME.public, new=asker, to=OFFICER.public
    )
    assert wraps.unwrap(OFFICER, asker, given_on, public=NAME.public).text == NAME.text
    with refused("role_not_for_key"):
        wraps.rewrap(custodian, held, wrapped, public=NAME.public, new=HELD, to=OFFICER.public)


def test_all_wraps_hold_the_same_number_of_bytes_of_text() -> None:
    longest = Binding("a" * 36, Role.CUSTODIAN, "b" * 36)
    assert len(longest.text(NAME)) == len(HELD.text(R)) == wraps.SIZE


@pytest.mark.parametrize("name", ["", "a b", "a\nrole officer", "a" * 37, "ә", "../x"])
def test_an_id_that_could_forge_a_line_is_refused(name: str) -> None:
    with refused("bad_id"):
        wraps.wrap(R, Binding(name, Role.OFFICER, "x"), OFFICER.public)


@given(st.binary(max_size=700))
@settings(deadline=None)
def test_foreign_bytes_are_no_wrap(content: bytes) -> None:
    with refused("wrap_closed"):
        wraps.unwrap(OFFICER, HELD, content, public=R.public)


def test_what_somebody_else_sealed_to_an_officer_is_no_wrap() -> None:
    for content in (b"", b"\xff", R.text.encode(), HELD.text(R).encode()[:-1]):
        foreign = keys.recipient(OFFICER.public)
        with refused("wrap_closed"):
            wraps.unwrap(OFFICER, HELD, pyrage.encrypt(content, [foreign]), public=R.public)


def test_a_receipt_opens_its_report_at_the_real_cost() -> None:
    locked = wraps.lock_with_receipt(R, "r-1", RECEIPT)
    assert (locked[1], int.from_bytes(locked[2:6], "big")) == (5, 7 * 1024)
    assert wraps.open_with_receipt(RECEIPT, "r-1", locked, public=R.public).text == R.text


@pytest.mark.parametrize("cost", [derive.Cost(2, 19 * 1024), derive.Cost(3, 12 * 1024)])
def test_a_lock_of_another_cost_goes_on_to_open(cost: derive.Cost) -> None:
    locked = wraps.lock_with_receipt(R, "r-1", RECEIPT, cost=cost)
    assert (locked[1], int.from_bytes(locked[2:6], "big")) == (cost.passes, cost.memory)
    assert wraps.open_with_receipt(RECEIPT, "r-1", locked, public=R.public).text == R.text


def test_two_locks_of_one_receipt_have_nothing_in_common() -> None:
    first, second = (wraps.lock_with_receipt(R, "r-1", RECEIPT, cost=QUICK) for _ in range(2))
    assert first[6:22] != second[6:22]
    assert first[22:] != second[22:]


def test_a_guessed_receipt_opens_nothing_and_is_told_as_unknown() -> None:
    locked = wraps.lock_with_receipt(R, "r-1", RECEIPT, cost=QUICK)
    guess = receipts.make("004217", "13371337133713371338")
    with refused("receipt_unknown"):
        wraps.open_with_receipt(guess, "r-1", locked, public=R.public)


def test_a_lock_moved_to_another_report_does_not_open() -> None:
    locked = wraps.lock_with_receipt(R, "r-1", RECEIPT, cost=QUICK)
    with refused("receipt_unknown"):
        wraps.open_with_receipt(RECEIPT, "r-2", locked, public=R.public)


def test_a_changed_bit_in_any_byte_of_a_lock_is_detected() -> None:
    locked = wraps.lock_with_receipt(R, "r-1", RECEIPT, cost=QUICK)
    # Bytes 1 to 5 are the cost: changed upwards they would only make the test slow.
    for place in (0, *range(6, len(locked))):
        changed = bytearray(locked)
        changed[place] ^= 1 << place % 8
        with refused("receipt_unknown"):
            wraps.open_with_receipt(RECEIPT, "r-1", bytes(changed), public=R.public)


def test_a_lighter_cost_written_into_a_lock_is_detected() -> None:
    locked = wraps.lock_with_receipt(R, "r-1", RECEIPT, cost=derive.Cost(2, 16))
    lighter = locked[:1] + bytes([1, 0, 0, 0, 8]) + locked[6:]
    with refused("receipt_unknown"):
        wraps.open_with_receipt(RECEIPT, "r-1", lighter, public=R.public)


@pytest.mark.parametrize("cost", [(0, 8), (33, 8), (1, 7), (1, 512 * 1024 + 1), (255, 2**32 - 1)])
def test_a_cost_out_of_bounds_takes_no_derivation(cost: tuple[int, int]) -> None:
    locked = wraps.lock_with_receipt(R, "r-1", RECEIPT, cost=QUICK)
    forged = locked[:1] + bytes([cost[0]]) + cost[1].to_bytes(4, "big") + locked[6:]
    before = derive.started()
    with refused("receipt_unknown"):
        wraps.open_with_receipt(RECEIPT, "r-1", forged, public=R.public)
    assert derive.started() == before


@given(st.binary(max_size=21))
@settings(deadline=None)
def test_what_is_too_short_for_a_lock_takes_no_derivation(content: bytes) -> None:
    before = derive.started()
    with refused("receipt_unknown"):
        wraps.open_with_receipt(RECEIPT, "r-1", content, public=R.public)
    assert derive.started() == before


def test_opening_with_a_receipt_derives_one_key() -> None:
    before = derive.started()
    locked = wraps.lock_with_receipt(R, "r-1", RECEIPT, cost=QUICK)
    wraps.open_with_receipt(RECEIPT, "r-1", locked, public=R.public)
    assert derive.started() == before + 2
