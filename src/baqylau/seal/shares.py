"""The recovery key in three shares of words, of which any two rebuild it (SLIP-39).

The key is made, split and forgotten: only its public half and the three texts leave the function.
A share is 33 English words of a list of 1024 in which the first four letters tell each apart; its
last three words are a checksum that finds up to three wrong words.
"""

from dataclasses import dataclass

from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.wordlist import WORDLIST

from baqylau.seal import bech32, keys
from baqylau.seal.errors import SealError
from baqylau.seal.keys import SecretKey, Use

NEEDED, MADE = 2, 3
WORDS = 33
PREFIX = 4
LONGEST = 1_000
"""Characters of a typed share that are looked at."""

_BY_PREFIX = {word[:PREFIX]: word for word in WORDLIST}


@dataclass(frozen=True, slots=True, repr=False)
class Split:
    """A recovery key as it leaves the ceremony: its public half, and a text for each holder."""

    public: str
    shares: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Held:
    """A share that was read: its words, the number of its set, its own number from 1."""

    words: str
    of_set: int
    number: int


def make() -> Split:
    """A new recovery key in three shares. Its secret is nowhere afterwards."""
    return split(keys.generate(Use.RECOVERY))


def split(key: SecretKey) -> Split:
    """Split a key that is at hand, as after a rebuild, when holders change."""
    (made,) = generate_mnemonics(1, [(NEEDED, MADE)], bech32.content(key.text))
    return Split(key.public, tuple(made))


def read(typed: str) -> Held:
    """A share as somebody typed it: any case, any gaps, four letters of a word are enough.

    Raises: SealError when a word is not on the list, one is missing, or the checksum does not fit.
    """
    if len(typed) > LONGEST:
        raise SealError("share_words", expected=WORDS)
    found = [_word(word, place) for place, word in enumerate(typed.lower().split(), start=1)]
    if len(found) != WORDS:
        raise SealError("share_words", expected=WORDS)
    words = " ".join(found)
    try:
        share = Share.from_mnemonic(words)
    except MnemonicError:
        raise SealError("share_mistyped") from None
    if (share.group_count, share.member_threshold) != (1, NEEDED):
        raise SealError("share_foreign")
    return Held(words, share.identifier, share.index + 1)


def rebuild(held: list[Held], *, public: str) -> SecretKey:
    """The recovery key from two shares, or three; it must belong to the public half that is known.

    "" says that none is known, as before an archive is opened: what it opens proves it then.
    Raises: SealError.
    """
    different = {share.number: share for share in held}
    if len({share.of_set for share in held}) > 1:
        raise SealError("shares_apart")
    if len(different) < NEEDED:
        raise SealError("shares_few", needed=NEEDED)
    if len(different) < len({share.words for share in held}):
        raise SealError("shares_apart")
    chosen = [share.words for _, share in sorted(different.items())[:NEEDED]]
    try:
        seed = combine_mnemonics(chosen)
    except MnemonicError:
        raise SealError("shares_apart") from None
    key = keys.from_seed(Use.RECOVERY, seed)
    if public and key.public != public:
        raise SealError("shares_apart")
    return key


def _word(typed: str, place: int) -> str:
    word = _BY_PREFIX.get(typed[:PREFIX])
    if word is None or not word.startswith(typed):
        raise SealError("share_word", place=place, word=typed[:20])
    return str(word)
