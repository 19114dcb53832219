"""Photographs lose what they say besides what they show, and keep every bit of the picture."""

import contextlib
import struct
import time
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.files import metadata
from baqylau.files.metadata import KINDS, MetadataError, strip

SECRET = b"42.899N 71.378E, phone 905"
JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
JFIF = b"JFIF\x00\x01\x02\x00\x00\x48\x00\x48"


def segment(code: int, body: bytes) -> bytes:
    return bytes((0xFF, code)) + (len(body) + 2).to_bytes(2, "big") + body


def exif(order: str = "<", way: int = 6, *, kind: int = 3, entries: int = 1) -> bytes:
    """An Exif block that says how the picture is turned, after `entries` - 1 others."""
    others = [struct.pack(order + "HHLL", 0x010F, 2, 4, 0)] * (entries - 1)
    turned = struct.pack(order + "HHLHH", 0x0112, kind, 1, way, 0)
    head = struct.pack(order + "2sHL", b"II" if order == "<" else b"MM", 42, 8)
    count = struct.pack(order + "H", entries)
    return b"Exif\x00\x00" + head + count + b"".join(others) + turned + bytes(4) + SECRET


SCAN = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"pic\xff\x00ture\xff\xd0more"
TABLES = segment(0xDB, bytes(65)) + segment(0xC2, bytes(15)) + segment(0xC4, bytes(20))
END = b"\xff\xd9"


def jpeg(*said: bytes, after: bytes = b"") -> bytes:
    """A JPEG of two scans, with the segments in which something is said before its tables."""
    return b"\xff\xd8" + b"".join(said) + TABLES + SCAN + TABLES + SCAN + END + after


BARE = jpeg()


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body))


def png(*said: bytes, after: bytes = b"") -> bytes:
    whole = chunk(b"IHDR", bytes(13)) + chunk(b"tRNS", b"\x00\x01")
    return (
        metadata._PNG
        + whole
        + b"".join(said)
        + chunk(b"IDAT", b"pic")
        + chunk(b"IEND", b"")
        + after
    )


def piece(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<L", len(body)) + body + bytes(len(body) % 2)


def webp(*said: bytes, flags: int = 0, after: bytes = b"") -> bytes:
    parts = piece(b"VP8X", bytes((flags,)) + bytes(9)) + b"".join(said) + piece(b"VP8L", b"pic")
    return b"RIFF" + struct.pack("<L", len(parts) + 4) + b"WEBP" + parts + after


SAID = {
    "Exif": (JPEG, jpeg(segment(0xE1, exif(way=1)))),
    "XMP": (JPEG, jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + SECRET))),
    "IPTC": (JPEG, jpeg(segment(0xED, b"Photoshop 3.0\x00" + SECRET))),
    "a remark": (JPEG, jpeg(segment(0xFE, SECRET))),
    "a small picture": (JPEG, jpeg(segment(0xE0, b"JFXX\x00\x10" + SECRET))),
    "what a maker adds": (JPEG, jpeg(*(segment(code, SECRET) for code in range(0xE0, 0xF0)))),
    "several pictures": (JPEG, jpeg(segment(0xE2, b"MPF\x00" + SECRET), after=jpeg(SECRET))),
    "a film after it": (JPEG, jpeg(after=b"\x00\x00\x00\x18ftypmp42" + SECRET)),
    "Exif of a PNG": (PNG, png(chunk(b"eXIf", SECRET))),
    "words of a PNG": (PNG, png(chunk(b"tEXt", SECRET), chunk(b"iTXt", SECRET))),
    "an hour": (PNG, png(chunk(b"tIME", SECRET), chunk(b"zTXt", SECRET), chunk(b"prVt", SECRET))),
    "after a PNG": (PNG, png(after=SECRET)),
    "Exif of a WebP": (WEBP, webp(piece(b"EXIF", SECRET), flags=8)),
    "XMP of a WebP": (WEBP, webp(piece(b"XMP ", SECRET), flags=4)),
    "an unknown chunk": (WEBP, webp(piece(b"note", SECRET))),
    "after a WebP": (WEBP, webp(after=SECRET)),
}
PLAIN = {JPEG: BARE, PNG: png(), WEBP: webp()}


@pytest.mark.parametrize("what", list(SAID))
def test_what_is_said_goes_and_the_picture_stays_bit_for_bit(what: str) -> None:
    kind, content = SAID[what]
    assert SECRET in content
    assert strip(content, kind) == PLAIN[kind]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_picture_that_says_nothing_stays_as_it_is(kind: str) -> None:
    assert strip(PLAIN[kind], kind) == PLAIN[kind]


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("way", range(2, 9))
def test_a_picture_stays_turned_as_it_was(order: str, way: int) -> None:
    out = strip(
        jpeg(segment(0xE0, JFIF + b"\x00\x00"), segment(0xE1, exif(order, way, entries=9))), JPEG
    )
    assert SECRET not in out
    assert out.startswith(b"\xff\xd8" + segment(0xE0, JFIF + b"\x00\x00") + b"\xff\xe1")
    assert metadata._turned(metadata._turning(way)) == way
    assert out == jpeg(
        segment(0xE0, JFIF + b"\x00\x00"), segment(0xE1, metadata._turning(way).body)
    )
    assert strip(out, JPEG) == out


@pytest.mark.parametrize(
    "block",
    [
        exif(way=9),
        exif(way=0),
        exif(kind=4),
        exif(entries=metadata.ENTRIES + 2),
        b"Exif\x00\x00II*\x00\xff\xff\xff\xff",
        b"Exif\x00\x00",
        b"Exif\x00\x00MM\x00*" + bytes(4),
    ],
)
def test_a_turning_that_makes_no_sense_is_left_out(block: bytes) -> None:
    assert strip(jpeg(segment(0xE1, block)), JPEG) == BARE


def test_what_colours_are_made_of_stays_without_what_hides_behind_it() -> None:
    profile, adobe = (
        segment(0xE2, b"ICC_PROFILE\x00\x01\x01p"),
        b"Adobe\x00\x64\x00\x00\x00\x00\x01",
    )
    shown = segment(0xE0, JFIF + b"\x00\x00") + segment(0xEE, adobe) + profile
    said = segment(0xE0, JFIF + b"\x03\x03" + SECRET) + segment(0xEE, adobe + SECRET) + profile
    assert strip(jpeg(said), JPEG) == jpeg(shown)


def test_a_frame_of_a_film_loses_its_own_remarks() -> None:
    def film(*said: bytes) -> bytes:
        return webp(piece(b"ANMF", bytes(16) + b"".join(said) + piece(b"VP8 ", b"one")), flags=2)

    assert strip(film(piece(b"note", SECRET)), WEBP) == film()


BROKEN = {
    "nothing": (JPEG, b""),
    "no picture": (JPEG, b"\xff\xd8\xff\xd9"),
    "no end": (JPEG, BARE[:-2]),
    "a segment too short": (JPEG, b"\xff\xd8\xff\xe1\x00\x01" + SCAN + END),
    "a segment too long": (JPEG, b"\xff\xd8\xff\xdb\xff\xff" + SCAN + END),
    "an unknown segment": (JPEG, b"\xff\xd8" + segment(0xF7, b"") + SCAN + END),
    "bytes between segments": (JPEG, b"\xff\xd8" + SECRET + SCAN + END),
    "a PNG without an end": (PNG, png()[:-12]),
    "a chunk too long": (PNG, metadata._PNG + b"\xff\xff\xff\xffIDAT" + bytes(40)),
    "a name that is none": (PNG, metadata._PNG + chunk(b"\x00\x01\x02\x03", b"")),
    "another kind": (PNG, BARE),
    "a WebP cut off": (WEBP, webp()[:-2]),
    "a WebP of nothing": (WEBP, b"RIFF\x04\x00\x00\x00WEBP"),
    "a header too short": (WEBP, b"RIFF\x0e\x00\x00\x00WEBP" + piece(b"VP8X", b"12")),
}


@pytest.mark.parametrize("what", list(BROKEN))
def test_a_picture_that_is_not_whole_is_refused(what: str) -> None:
    kind, content = BROKEN[what]
    with pytest.raises(MetadataError):
        strip(content, kind)


def test_size_and_parts_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "PARTS", 5)
    many = {
        JPEG: jpeg(*[segment(0xFE, b"")] * 6),
        PNG: png(*[chunk(b"tEXt", b"")] * 6),
        WEBP: webp(*[piece(b"note", b"")] * 6),
    }
    for kind, content in many.items():
        with pytest.raises(MetadataError, match="too many parts"):
            strip(content, kind)
    monkeypatch.setattr(metadata, "LIMIT", 50)
    with pytest.raises(MetadataError, match="too large"):
        strip(BARE, JPEG)


def test_the_worst_that_fits_costs_no_more_than_seconds() -> None:
    hard = (
        (JPEG, b"\xff\xd8" + segment(0xFE, b"") * 5_000_000),
        (JPEG, b"\xff\xd8" + segment(0xDA, b"") + b"\xff\x00" * 10_000_000 + END),
        (JPEG, b"\xff\xd8" + b"\xff" * 20_000_000),
        (WEBP, webp(piece(b"ANMF", bytes(20_000_000)))),
    )
    for kind, content in hard:
        begun = time.process_time()
        with contextlib.suppress(MetadataError):
            strip(content, kind)
        assert time.process_time() - begun < 5


JPEG_PARTS = st.lists(
    st.tuples(st.sampled_from([0xC4, 0xDB, 0xDD, *range(0xE0, 0xF0), 0xFE]), st.binary(max_size=40))
)


@given(JPEG_PARTS, st.binary(max_size=60))
def test_of_any_jpeg_the_tables_and_the_coded_bytes_stay_in_order(
    parts: list[tuple[int, bytes]], after: bytes
) -> None:
    content = b"\xff\xd8" + b"".join(segment(*part) for part in parts) + TABLES + SCAN + END + after
    shown = [segment(*part) for part in parts if part[0] < 0xE0]
    out = strip(content, JPEG)
    assert out.endswith(TABLES + SCAN + END)
    at = 0
    for part in shown:
        at = out.index(part, at) + len(part)
    assert strip(out, JPEG) == out


@given(st.sampled_from(list(SAID.values())), st.data())
def test_any_change_of_a_byte_is_refused_or_made_harmless(
    given_one: tuple[str, bytes],
    data: Any,  # noqa: ANN401 - hypothesis draws of any kind
) -> None:
    kind, content = given_one
    changed = bytearray(content)
    for _change in range(data.draw(st.integers(1, 6))):
        changed[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    for wrong in (bytes(changed), content[:cut], bytes(changed[:cut]) + content[cut:]):
        try:
            out = strip(wrong, kind)
        except MetadataError:
            continue
        assert len(out) <= len(wrong) + 40
        assert strip(out, kind) == out


@given(st.sampled_from(sorted(KINDS)), st.binary(max_size=400))
def test_any_bytes_are_refused_or_stripped_without_an_accident(kind: str, noise: bytes) -> None:
    for content in (noise, PLAIN[kind][: len(noise)] + noise):
        try:
            assert strip(strip(content, kind), kind)
        except MetadataError:
            continue
