"""The recovery key in three shares: any two rebuild it, one tells nothing, typing is forgiven."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shamir_mnemonic import generate_mnemonics
from shamir_mnemonic.wordlist import WORDLIST

from baqylau.seal import keys, shares, wraps
from baqylau.seal.errors import SealError
from baqylau.seal.keys import Use
from baqylau.seal.wraps import Binding, Role
from tests.seal.making import refused

pytestmark = pytest.mark.once

MADE = shares.make()
HELD = [shares.read(text) for text in MADE.shares]
OTHERS = shares.make()


@pytest.mark.parametrize("chosen", [*itertools.permutations(range(3), 2), (0, 1, 2)])
def test_any_two_shares_rebuild_the_key(chosen: tuple[int, ...]) -> None:
    key = shares.rebuild([HELD[place] for place in chosen], public=MADE.public)
    assert (key.public, key.use) == (MADE.public, Use.RECOVERY)


def test_the_rebuilt_key_opens_what_was_wrapped_to_the_public_half() -> None:
    report = keys.generate(Use.REPORT)
    binding = Binding("r-1", Role.RECOVERY)
    wrapped = wraps.wrap(report, binding, MADE.public)
    rebuilt = shares.rebuild(HELD[1:], public=MADE.public)
    assert wraps.unwrap(rebuilt, binding, wrapped, public=report.public).text == report.text


def test_one_share_is_not_enough_even_twice() -> None:
    for held in ([], HELD[:1], [HELD[0], HELD[0]], [HELD[0], shares.read(MADE.shares[0])]):
        with refused("shares_few"):
            shares.rebuild(held, public=MADE.public)


def test_shares_of_different_sets_are_refused() -> None:
    foreign = shares.read(OTHERS.shares[1])
    with refused("shares_apart"):
        shares.rebuild([HELD[0], foreign], public=MADE.public)
    with refused("shares_apart"):
        shares.rebuild([*HELD, foreign], public=MADE.public)


def test_shares_of_another_key_are_refused_although_they_fit_each_other() -> None:
    held = [shares.read(text) for text in OTHERS.shares]
    with refused("shares_apart"):
        shares.rebuild(held, public=MADE.public)


def test_sets_that_happen_to_have_one_number_are_told_apart() -> None:
    # 15 bits name a set, so two sets can share their number; then the inner digest decides.
    first, second = HELD[0], shares.read(OTHERS.shares[1])
    same = shares.Held(second.words, first.of_set, second.number)
    with refused("shares_apart"):
        shares.rebuild([first, same], public=MADE.public)
    twin = shares.Held(second.words, first.of_set, first.number)
    for held in ([first, twin, HELD[1]], [twin, first, HELD[1]]):
        with refused("shares_apart"):
            shares.rebuild(held, public=MADE.public)


def test_a_key_can_be_split_anew_when_a_holder_leaves() -> None:
    again = shares.split(shares.rebuild(HELD[:2], public=MADE.public))
    assert again.public == MADE.public
    new = [shares.read(text) for text in again.shares]
    assert shares.rebuild(new[1:], public=MADE.public).public == MADE.public
    with refused("shares_apart"):
        shares.rebuild([HELD[0], new[1]], public=MADE.public)


def test_a_share_is_33_words_and_says_its_number() -> None:
    assert [len(text.split()) for text in MADE.shares] == [shares.WORDS] * 3
    assert [held.number for held in HELD] == [1, 2, 3]
    assert len({held.of_set for held in HELD}) == 1


def test_a_share_is_read_in_any_case_with_any_gaps_and_from_four_letters() -> None:
    words = MADE.shares[0].split()
    spellings = [
        MADE.shares[0].upper(),
        "\n".join(words),
        "  " + "   ".join(words) + "\t",
        " ".join(word[:4] for word in words),
        " ".join(word[:5] for word in words),
    ]
    assert {shares.read(typed).words for typed in spellings} == {MADE.shares[0]}


@given(st.integers(0, 32), st.sampled_from(WORDLIST))
@settings(max_examples=60, deadline=None)
def test_every_wrong_word_is_found(place: int, word: str) -> None:
    words = MADE.shares[1].split()
    if words[place] == word:
        return
    words[place] = word
    with pytest.raises(SealError) as refusal:
        shares.read(" ".join(words))
    assert refusal.value.code == "share_mistyped"


@pytest.mark.parametrize("word", ["құпия", "acadx", "aca", "zzzz", "academicx", "1234"])
def test_a_word_that_is_not_on_the_list_is_named_with_its_place(word: str) -> None:
    words = MADE.shares[0].split()
    words[6] = word
    with refused("share_word") as refusal:
        shares.read(" ".join(words))
    assert refusal.value.params == {"place": 7, "word": word}


def test_a_share_with_a_word_too_many_or_too_few_is_refused() -> None:
    words = MADE.shares[0].split()
    for found in ([], words[:-1], [*words, words[0]], words * 40):
        with refused("share_words"):
            shares.read(" ".join(found))


def test_a_share_of_a_foreign_scheme_is_refused() -> None:
    ((only,),) = generate_mnemonics(1, [(1, 1)], bytes(32))
    with refused("share_foreign"):
        shares.read(only)


@given(st.text(max_size=1_200))
@settings(deadline=None)
def test_any_other_text_is_refused_in_one_sentence(typed: str) -> None:
    with pytest.raises(SealError) as refusal:
        shares.read(typed)
    assert len(refusal.value.sentence("kk")) < 120


def test_no_share_shows_itself_in_a_traceback() -> None:
    word = MADE.shares[0].split()[10]
    assert word not in f"{MADE!r} {HELD[0]!r}"
