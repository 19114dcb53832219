"""What a door is: a function that takes foreign bytes, what it may answer, what is thrown at it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

Given = bytes | str


@dataclass(frozen=True, slots=True)
class Door:
    """A reader of foreign bytes or of foreign text.

    `good` are examples that it takes (text doors have text); `refuses` are the errors of its own
    room that it may raise. `covers` are the functions behind it that read, as "file:function"
    below `src/baqylau`. `seconds` of CPU and `megabytes` of Python's memory bound one call;
    `examples` are how many are tried, where one costs more than a moment.
    """

    name: str
    take: Callable[[Any], object]
    good: tuple[Given, ...]
    refuses: tuple[type[Exception], ...] = ()
    covers: tuple[str, ...] = ()
    seconds: float = 2.0
    megabytes: int = 48
    examples: int = 40

    @property
    def is_text(self) -> bool:
        """Whether what comes in has been decoded already, as a form or an address is."""
        return isinstance(self.good[0], str)

    @property
    def thrown(self) -> st.SearchStrategy[Given]:
        """Good examples cut off, changed and stuffed; and what is no example at all."""
        if self.is_text:
            texts = [example for example in self.good if isinstance(example, str)]
            return st.one_of(st.text(max_size=200), damaged_text(texts), st.sampled_from(ODD_TEXTS))
        whole = [example for example in self.good if isinstance(example, bytes)]
        return st.one_of(st.binary(max_size=400), damaged(whole), st.sampled_from(ODD))


ODD: tuple[bytes, ...] = (
    b"",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b"a = " + b"[" * 5_000,
    b"9" * 6_000,
    b"NaN",
    b'{"format": ' + b"9" * 5_000 + b"}",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
    b"PK\3\4" + bytes(200),
    b"PK\5\6" + b"\xff" * 18,
    b"\x1f\x8b\x08" + bytes(40),
    b"age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 63\n",
    b"%PDF-1.7\n%%EOF",
    b"\xd2\x9b" * 5_000,
    "²٣Ⅷ½".encode(),
    b"a=1&" * 1_500,
)
"""What breaks readers that nobody threw it at: depth, length, other digits, false beginnings."""
ODD_TEXTS: tuple[str, ...] = (
    "",
    "\0",
    "\ufeff",
    "²",
    "٣٣٣٣-٠٣-٠٣",
    "9" * 6_000,
    "-1",
    "[" * 50_000,
    '{"a":' * 50_000,
    "=cmd|' /C calc'!A0",
    "\u202egpj.exe",
    "0000-00-00",
    "9999-12-31~" + "9" * 30,
    "2026-W53-7",
    "https://[::1",
    "https://a:b@c:99999999/",
    "%00%ff%zz",
    "қ" * 20_000,
    "\ud7ff\ue000\U0010ffff",
    "{{ " * 10_000,
)


@st.composite
def damaged(draw: st.DrawFn, good: list[bytes]) -> bytes:
    """One of the examples with a few bytes changed, a piece doubled or cut out, an end missing."""
    content = bytearray(draw(st.sampled_from(good)))
    for _turn in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, max(len(content) - 1, 0)))
        length = draw(st.integers(0, 60))
        match draw(st.sampled_from(["set", "cut", "double", "put", "end"])):
            case "set":
                content[place : place + 1] = bytes([draw(st.integers(0, 255))])
            case "cut":
                del content[place : place + length]
            case "double":
                content[place:place] = content[place : place + length]
            case "put":
                content[place:place] = draw(st.binary(max_size=20))
            case "end":
                del content[place:]
    return bytes(content)


@st.composite
def damaged_text(draw: st.DrawFn, good: list[str]) -> str:
    """One of the examples with signs changed, left out, doubled, or put in."""
    signs = list(draw(st.sampled_from(good)))
    for _turn in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, max(len(signs) - 1, 0)))
        length = draw(st.integers(0, 12))
        match draw(st.sampled_from(["put", "cut", "double"])):
            case "put":
                signs[place : place + draw(st.integers(0, 1))] = draw(st.text(max_size=4))
            case "cut":
                del signs[place : place + length]
            case "double":
                signs[place:place] = signs[place : place + length]
    return "".join(signs)
