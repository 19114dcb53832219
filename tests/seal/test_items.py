"""Items in a row: whatever is changed, cut, moved, replayed, dropped or forged is detected."""

import dataclasses
from hashlib import sha256

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baqylau.seal import envelope, items, keys
from baqylau.seal.envelope import FIRST, FOOT, HEAD, SMALLEST, Place
from baqylau.seal.errors import SealError
from baqylau.seal.items import Entry
from baqylau.seal.keys import Use
from tests.seal.making import Report, refused, report

pytestmark = pytest.mark.once

ONE = report("Ақша сұрады".encode(), b"second", b"third")
OTHER = report(b"another report", b"x", name="r-2")
PLAIN = st.binary(max_size=300) | st.builds(
    lambda body, zeros: body + bytes(zeros), st.binary(max_size=40), st.integers(0, 20_000)
)


def opened(one: Report) -> list[bytes]:
    return [item.content for item in items.open_all(one.key, one.id, one.entries, one.ciphertexts)]


def altered(one: Report, number: int, ciphertext: bytes) -> Report:
    """The report with another ciphertext in one place, and a journal that says so as well."""
    entries, ciphertexts = list(one.entries), list(one.ciphertexts)
    ciphertexts[number - 1] = ciphertext
    entries[number - 1] = Entry(number, sha256(ciphertext).hexdigest())
    return dataclasses.replace(one, entries=entries, ciphertexts=ciphertexts)


def forged(key: keys.SecretKey, plaintext: bytes) -> bytes:
    """What somebody can seal who knows the public key alone."""
    return bytes(pyrage.encrypt(plaintext, [keys.recipient(key.public)]))


@given(st.lists(PLAIN, min_size=1, max_size=4))
@settings(max_examples=30, deadline=None)
def test_what_was_sealed_comes_out_byte_for_byte(contents: list[bytes]) -> None:
    assert opened(report(*contents)) == contents


def test_an_item_says_its_kind() -> None:
    key = keys.generate(Use.REPORT)
    ciphertext, sealed = items.seal(key, Place("r-1", 1, "internal_note", FIRST), b"x")
    found = items.open_item(key, "r-1", [sealed.entry], 1, ciphertext)
    assert (found.kind, found.content) == ("internal_note", b"x")


def test_a_changed_bit_in_any_byte_of_an_item_is_detected_with_and_without_the_journal() -> None:
    one = report(b"small")
    ciphertext = one.ciphertexts[0]
    for place in range(len(ciphertext)):
        changed = bytearray(ciphertext)
        changed[place] ^= 1 << place % 8
        with refused("item_changed"):
            items.open_item(one.key, one.id, one.entries, 1, bytes(changed))
    # The journal is taken out of the way here: what age and the envelope see by themselves.
    for place in range(len(ciphertext)):
        changed = bytearray(ciphertext)
        changed[place] ^= 1 << (place + 3) % 8
        with pytest.raises(SealError):
            opened(altered(one, 1, bytes(changed)))


def test_an_item_cut_at_any_boundary_is_detected_with_and_without_the_journal() -> None:
    one = report(bytes(100_000))
    ciphertext = one.ciphertexts[0]
    piece = 64 * 1024 + 16
    start = len(ciphertext) - (envelope.bucket(100_000) + 2 * 16 + 16)
    ends = {
        *range(start + 40),
        *(start + 16 + n * piece + near for n in range(3) for near in (-17, -16, -1, 0, 1)),
        *range(len(ciphertext) - 40, len(ciphertext)),
    }
    for end in sorted(end for end in ends if 0 <= end < len(ciphertext)):
        with refused("item_changed"):
            items.open_item(one.key, one.id, one.entries, 1, ciphertext[:end])
        with pytest.raises(SealError):
            opened(altered(one, 1, ciphertext[:end]))


def test_bytes_after_the_end_are_detected() -> None:
    for extra in (b"\0", ONE.ciphertexts[1]):
        with pytest.raises(SealError):
            opened(altered(ONE, 3, ONE.ciphertexts[2] + extra))


def test_an_item_of_another_report_is_detected() -> None:
    with refused("key_not_this"):
        opened(altered(ONE, 1, OTHER.ciphertexts[0]))
    # Even when both reports have one key, which they never have.
    twin = report(b"twin", name="r-2", key=ONE.key)
    with refused("item_elsewhere"):
        opened(altered(ONE, 1, twin.ciphertexts[0]))


def test_items_that_changed_places_are_detected() -> None:
    first, second, third = ONE.ciphertexts
    with refused("item_elsewhere"):
        opened(altered(altered(ONE, 1, second), 2, first))
    with refused("item_elsewhere"):
        opened(altered(altered(ONE, 2, third), 3, second))


def test_an_old_item_in_place_of_a_new_one_is_detected() -> None:
    for number in (2, 3):
        with refused("item_elsewhere"):
            opened(altered(ONE, number, ONE.ciphertexts[0]))


def test_an_older_version_of_an_item_is_detected_by_the_ones_after_it() -> None:
    key = keys.generate(Use.REPORT)
    old, new = report(b"old", key=key), report(b"new", b"after", key=key)
    with refused("item_elsewhere"):
        opened(altered(new, 1, old.ciphertexts[0]))


def test_a_dropped_last_item_is_detected_against_the_journal() -> None:
    with refused("items_missing"):
        items.open_all(ONE.key, ONE.id, ONE.entries, ONE.ciphertexts[:-1])


def test_a_dropped_item_in_the_middle_is_detected_even_with_its_entry() -> None:
    entries = [ONE.entries[0], ONE.entries[2]]
    ciphertexts = [ONE.ciphertexts[0], ONE.ciphertexts[2]]
    with refused("items_missing"):
        items.open_all(ONE.key, ONE.id, entries, ciphertexts)
    renumbered = [ONE.entries[0], Entry(2, ONE.entries[2].digest)]
    with refused("item_elsewhere"):
        items.open_all(ONE.key, ONE.id, renumbered, ciphertexts)


def test_an_item_that_is_not_in_the_journal_is_not_opened() -> None:
    for number in (0, 4, -1):
        with refused("items_missing"):
            items.open_item(ONE.key, ONE.id, ONE.entries, number, ONE.ciphertexts[0])
    with refused("items_missing"):
        items.open_all(ONE.key, ONE.id, ONE.entries[:2], ONE.ciphertexts)


def test_an_item_forged_with_the_public_key_alone_is_detected() -> None:
    place = items.following(ONE.id, "message", ONE.entries)
    stranger = keys.generate(Use.REPORT)
    content = b"I take it all back."
    zeros = bytes(SMALLEST - HEAD - FOOT - len(content))
    plaintext = envelope.head(stranger, place) + content + zeros + envelope.foot(len(content))
    ciphertext = forged(ONE.key, plaintext)
    added = dataclasses.replace(
        ONE,
        entries=[*ONE.entries, Entry(4, sha256(ciphertext).hexdigest())],
        ciphertexts=[*ONE.ciphertexts, ciphertext],
    )
    with refused("item_elsewhere"):
        opened(added)


def test_an_item_with_another_number_than_its_place_is_detected() -> None:
    for number in (2, 10):
        place = Place(ONE.id, number, "message", FIRST)
        ciphertext, _sealed = items.seal(ONE.key, place, b"x")
        entries = [Entry(1, sha256(ciphertext).hexdigest())]
        with refused("item_elsewhere"):
            items.open_item(ONE.key, ONE.id, entries, 1, ciphertext)


def test_a_name_cannot_be_read_as_an_item_nor_an_item_as_a_name() -> None:
    name = report("Айгүл".encode(), key=keys.generate(Use.NAME))
    assert opened(name) == ["Айгүл".encode()]
    with refused("key_not_this"):
        opened(dataclasses.replace(name, key=ONE.key))
    with refused("key_not_this"):
        opened(dataclasses.replace(ONE, key=name.key))


@given(st.binary(max_size=400))
@settings(deadline=None)
def test_foreign_bytes_are_no_item(content: bytes) -> None:
    with pytest.raises(SealError):
        opened(altered(ONE, 2, content))


@given(st.binary(max_size=700) | st.just(bytes(SMALLEST)))
@settings(deadline=None)
def test_foreign_text_sealed_to_the_report_is_no_item(content: bytes) -> None:
    with refused("item_elsewhere"):
        opened(altered(ONE, 1, forged(ONE.key, content)))


def _inside(head: bytes, content: bytes, zeros: int, foot: bytes) -> bytes:
    return head + content + bytes(zeros) + foot


def test_a_foot_that_lies_about_the_length_is_detected() -> None:
    key = keys.generate(Use.REPORT)
    head = envelope.head(key, Place("r-1", 1, "message", FIRST))
    zeros = SMALLEST - HEAD - FOOT - 5
    lies = {
        "too short": _inside(head, b"abcde", zeros, envelope.foot(4)),
        "beyond the end": _inside(head, b"abcde", zeros, envelope.foot(SMALLEST)),
        "no bucket": _inside(head, b"abcde", zeros + 1, envelope.foot(5)),
        "no filling": _inside(head, b"abcde", 0, envelope.foot(5)),
        "no foot": _inside(head, b"abcde", zeros + FOOT, b""),
        "something behind": _inside(head, b"abcde", zeros - 1, envelope.foot(5) + b"x"),
    }
    for lie, plaintext in lies.items():
        ciphertext = forged(key, plaintext)
        entries = [Entry(1, sha256(ciphertext).hexdigest())]
        with refused("item_elsewhere"):
            pytest.fail(lie + repr(items.open_item(key, "r-1", entries, 1, ciphertext)))


def test_the_length_of_a_message_does_not_show() -> None:
    lengths = {
        items.seal(ONE.key, items.following("r-1", "message", []), bytes(n))[1].bucket
        for n in (0, 1, 500, SMALLEST - HEAD - FOOT)
    }
    assert lengths == {SMALLEST}


def test_what_age_adds_to_a_bucket_does_not_depend_on_the_content() -> None:
    # age's header has a random part of its own, so sizes vary by chance around their bucket.
    place = items.following("r-1", "message", [])
    for length in (0, 7_000):
        sizes = {items.seal(ONE.key, place, bytes(length))[1].size for _ in range(60)}
        assert min(sizes) > SMALLEST + 150
        assert max(sizes) < SMALLEST + 600
        assert len(sizes) > 10


@given(st.integers(0, 200_000_000))
@settings(deadline=None)
def test_a_bucket_holds_its_content_and_wastes_little(length: int) -> None:
    whole, filled = length + HEAD + FOOT, envelope.bucket(length)
    assert filled >= whole
    assert envelope.bucket(filled - HEAD - FOOT) == filled
    if whole > envelope.DOUBLING:
        assert filled <= whole * 1.125
    else:
        assert filled <= max(2 * whole, SMALLEST)


def test_there_are_few_buckets() -> None:
    below = {envelope.bucket(n) for n in range(0, 1_000_000, 997)}
    assert below == {SMALLEST << step for step in range(8)}
    assert len({envelope.bucket(n) for n in range(0, 100_000_000, 99_991)}) <= 8 + 8 * 7


@pytest.mark.parametrize(
    "place",
    [
        Place("r 1", 1, "message", FIRST),
        Place("r-1\nkind x", 1, "message", FIRST),
        Place("r-1", 1, "Message", FIRST),
        Place("r-1", 1, "m" * 17, FIRST),
        Place("", 1, "message", FIRST),
    ],
)
def test_a_place_that_could_forge_a_line_is_refused(place: Place) -> None:
    with refused("bad_id"):
        items.seal(ONE.key, place, b"")


def test_the_longest_head_fits() -> None:
    place = Place("a" * 36, 999_999_999, "k" * 16, "f" * 64)
    head = envelope.head(ONE.key, place)
    assert len(head) == HEAD
    assert envelope.read_head(ONE.key, head) == place


def test_an_opened_item_does_not_show_its_content_in_a_traceback() -> None:
    found = items.open_item(ONE.key, ONE.id, ONE.entries, 2, ONE.ciphertexts[1])
    assert "second" not in repr(found)
    assert "AGE-SECRET" not in repr(ONE.key)
