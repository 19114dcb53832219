"""Bytes as Bech32 text, the way age writes its keys. Source: BIP 173; age-encryption.org/v1."""

from collections.abc import Iterable, Iterator

ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECK = 6


def _checksum(values: Iterable[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATORS):
            check ^= generator if top >> bit & 1 else 0
    return check


def _fives(data: bytes) -> Iterator[int]:
    """The bits of the bytes in fives, filled with zeros at the end."""
    bits = len(data) * 8
    number = int.from_bytes(data, "big") << -bits % 5
    for shift in range(bits + -bits % 5 - 5, -1, -5):
        yield number >> shift & 31


def encode(prefix: str, data: bytes) -> str:
    """The text of the bytes, in small letters, with its prefix and checksum."""
    values = list(_fives(data))
    spread = [*(ord(letter) >> 5 for letter in prefix), 0, *(ord(letter) & 31 for letter in prefix)]
    check = _checksum([*spread, *values, *[0] * _CHECK]) ^ 1
    tail = [check >> 5 * (_CHECK - 1 - place) & 31 for place in range(_CHECK)]
    return f"{prefix}1" + "".join(ALPHABET[value] for value in [*values, *tail])


def content(text: str) -> bytes:
    """The bytes of a text whose form and checksum somebody has checked already."""
    values = [ALPHABET.index(letter) for letter in text.lower().rpartition("1")[2][:-_CHECK]]
    number = 0
    for value in values:
        number = number << 5 | value
    size = len(values) * 5 // 8
    return (number >> len(values) * 5 - size * 8).to_bytes(size, "big")
