"""Whatever is done to a release, `verify-release` notices, and says in one sentence what."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nacl.signing import SigningKey

from baqylau.accountability import console
from baqylau.accountability.rules import manifest as own
from baqylau.accountability.rules.anchoring import signed_head
from baqylau.accountability.rules.archive import pack, unpack
from baqylau.accountability.rules.checking import Report, check
from baqylau.accountability.rules.faults import SENTENCES, Fault
from baqylau.accountability.rules.tables import read_csv
from baqylau.config.console import run
from baqylau.journal import keys
from baqylau.journal.heads import SignedHead, as_text, sign
from tests.accountability.releasing import archive

pytestmark = [pytest.mark.django_db(databases=["default", "sealed"]), pytest.mark.once]
SOME = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def release(house: None) -> bytes:
    """The archive of a release."""
    return archive()


def codes(content: bytes, anchors: list[SignedHead] | None = None, key: str = "") -> set[str]:
    return {fault.code for fault in check(content, anchors, key).faults}


def signed_anew(files: dict[str, bytes], seed: bytes) -> bytes:
    """The files as whoever has a key would publish them: every hash and signature is right."""
    rest = {name: files[name] for name in files if not name.startswith("release.")}
    described = json.loads(rest["datapackage.json"])
    for row in described["resources"]:
        row["sha256"] = own.sha256(rest[row["path"]])
    rest["datapackage.json"] = own.written(described)
    said = json.loads(files["release.json"]) | {"files": own.listed(rest)}
    manifest = own.written(said)
    line = own.sign(own.FORMAT, said["version"], manifest, seed).line.encode()
    return pack({**rest, "release.json": manifest, "release.sig": line})


def with_text(release: bytes, old: str, new: str) -> bytes:
    """Words changed in both files of the cells, and everything signed anew by the true key."""
    files = dict(unpack(release).files)
    for name in ("data/cells.csv", "data/cells.json"):
        assert old.encode() in files[name]
        files[name] = files[name].replace(old.encode(), new.encode())
    return signed_anew(files, keys.seed())


def test_any_bit_that_is_changed_is_noticed(release: bytes) -> None:
    assert codes(release) == set()

    @SOME
    @given(st.integers(0, 8 * len(release) - 1))
    def flipped(bit: int) -> None:
        changed = bytearray(release)
        changed[bit // 8] ^= 1 << bit % 8
        assert codes(bytes(changed))

    flipped()


def test_every_bit_of_the_frame_is_noticed(release: bytes) -> None:
    end = len(release) - 22
    frame = [*range(30), *range(end, len(release)), *range(end - 60, end)]
    for place in frame:
        for bit in (1, 16, 128):
            changed = bytearray(release)
            changed[place] ^= bit
            assert codes(bytes(changed)), (place, bit)


def test_whatever_is_cut_off_or_put_around_is_noticed(release: bytes) -> None:
    @SOME
    @given(st.integers(0, len(release) - 1), st.binary(min_size=1, max_size=40))
    def cut(length: int, more: bytes) -> None:
        assert codes(release[:length])
        assert codes(release + more)
        assert codes(more + release)
        assert codes(release[:length] + more + release[length:])

    cut()


def test_a_file_that_was_added_taken_or_swapped_is_named(release: bytes) -> None:
    files = dict(unpack(release).files)
    added = check(pack({**files, "data/more.csv": b"x\r\n"}))
    assert Fault("added", {"name": "data/more.csv"}) in added.faults
    fewer = check(pack({name: files[name] for name in files if name != "data/values.csv"}))
    assert Fault("missing", {"name": "data/values.csv"}) in fewer.faults
    swapped = dict(files)
    swapped["data/cells.csv"], swapped["data/values.csv"] = (
        files["data/values.csv"],
        files["data/cells.csv"],
    )
    assert Fault("changed", {"name": "data/cells.csv"}) in check(pack(swapped)).faults


def test_an_archive_packed_by_another_program_is_told_from_ours(release: bytes) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as other:
        for name, content in unpack(release).files.items():
            other.writestr(name, content)
    assert codes(target.getvalue()) == {"frame"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('""number"":42}', '""number"":50}', {"not_same", "number_changed"}),
        (",exact,42,", ",exact,43,", {"not_same", "number_changed"}),
        (
            "2026-Q2,casework.opened,own,,,0",
            "2026-Q3,casework.opened,own,,,0",
            {"not_same", "cells_changed", "no_closing", "number_changed", "correction"},
        ),
        ("casework.opened,own,,,1,", "casework.opened,own,,,2,", {"not_same", "correction"}),
    ],
)
def test_numbers_that_do_not_follow_are_found_though_everything_is_signed(
    release: bytes, old: str, new: str, expected: set[str]
) -> None:
    files = dict(unpack(release).files)
    (name,) = [
        name for name in ("data/cells.csv", "data/corrections.csv") if old.encode() in files[name]
    ]
    files[name] = files[name].replace(old.encode(), new.encode())
    assert codes(signed_anew(files, keys.seed())) == expected


def test_a_closed_number_that_was_changed_with_its_file_and_its_hash_is_found(
    release: bytes,
) -> None:
    changed = with_text(release, "0000000b", "0000000d")
    assert codes(changed) == {"cells_changed"}


def test_a_digest_that_was_changed_with_the_numbers_has_no_signature(release: bytes) -> None:
    files = dict(unpack(release).files)
    digest = read_csv(files["data/closings.csv"])[0]["digest"]
    other = digest[:-1] + ("0" if digest[-1] != "0" else "1")
    for name in ("data/closings.csv", "data/closings.json"):
        files[name] = files[name].replace(digest.encode(), other.encode())
    found = codes(signed_anew(files, keys.seed()))
    assert found == {"cells_changed", "closing_signature"}


def test_a_release_signed_by_somebody_else_is_whole_but_not_ours(release: bytes) -> None:
    stranger = SigningKey.generate()
    forged = signed_anew(dict(unpack(release).files), bytes(stranger))
    assert codes(forged) == set()
    assert codes(forged, key=keys.public()) == {"other_key"}
    head = _head(check(forged))
    assert "anchor_key" in codes(forged, [head])


def _head(report: Report) -> SignedHead:
    head = signed_head(report.manifest["journal"])
    assert head
    return head


def _sealed(head: SignedHead, **changed: object) -> SignedHead:
    """Another head, truly signed by the same key."""
    bare = replace(head, **changed)  # type: ignore[arg-type]  # the names are fields of a head
    return sign(bare.chain, bare.signed_on, bare.number, bare.digest, keys.seed())


def test_saved_heads_agree_or_say_what_does_not(release: bytes) -> None:
    head = _head(check(release))
    before = _sealed(head, signed_on=date(2026, 4, 1), number=1, digest="a" * 64)
    report = check(release, [before, head])
    assert (report.faults, report.is_anchored) == ([], True)
    assert check(release, [before]).is_anchored is False
    assert codes(release, [_sealed(head, digest="b" * 64)]) == {"anchor_differs"}
    assert codes(release, [replace(head, signature="0" * 128)]) >= {"anchor_false"}
    late = _sealed(head, signed_on=head.signed_on + timedelta(days=9), number=3)
    assert codes(release, [head, late]) == {"anchor_order"}
    early = _sealed(head, signed_on=head.signed_on - timedelta(days=9), number=10_000)
    assert codes(release, [head, early]) == {"anchor_order"}
    hidden = sign("sealed", head.signed_on, None, "c" * 64, keys.seed())
    assert check(release, [head, hidden]).is_anchored


@pytest.mark.parametrize(
    "change",
    [
        lambda _said: [],
        lambda said: said | {"format": "baqylau release 2"},
        lambda said: said | {"version": "2026.9.1"},
        lambda said: said | {"version": 2026},
        lambda said: said | {"files": []},
        lambda said: said | {"files": {"data/cells.csv": 7}},
        lambda said: said | {"journal": 7},
        lambda said: said | {"journal": {"signed": "\n\n"}},
        lambda said: said | {"journal": {"signed": "default 2026-01-01 1 a b c"}},
    ],
)
def test_a_manifest_of_another_shape_is_a_fault_and_no_error(
    release: bytes, change: Callable[[dict[str, object]], object]
) -> None:
    files = dict(unpack(release).files)
    manifest = own.written(change(json.loads(files["release.json"])))
    line = own.sign(own.FORMAT, "2026.2.1", manifest, keys.seed()).line.encode()
    report = check(pack({**files, "release.json": manifest, "release.sig": line}), [])
    assert report.faults
    assert all(fault.sentence for fault in report.faults)


@SOME
@given(
    st.dictionaries(
        st.sampled_from(
            [
                "release.json",
                "release.sig",
                "data/cells.csv",
                "data/cells.json",
                "data/closings.csv",
                "data/corrections.csv",
                "datapackage.json",
                "x",
            ]
        ),
        st.one_of(
            st.binary(max_size=200),
            st.text(max_size=60).map(str.encode),
            st.just(b"[" * 100_000),
            st.just(b'[{"period": 1}]'),
            st.just(b"period\r\n2026\r\n"),
            st.just(b'{"format": "baqylau release 1", "version": "2026.1.1"}'),
        ),
        max_size=8,
    )
)
def test_foreign_files_are_faults_and_no_error(files: dict[str, bytes]) -> None:
    report = check(pack(files))
    assert report.faults
    assert all(fault.sentence for fault in report.faults)


@SOME
@given(st.binary(max_size=400))
def test_foreign_bytes_are_no_release(content: bytes) -> None:
    assert codes(content)
    assert codes(b"PK\3\4" + content + b"PK\5\6" + bytes(18))


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("baqylau.accountability.rules.archive.UNPACKED", 100_000)
    bomb = pack({"data/cells.csv": b"0" * 50_000, "data/more.csv": b"0" * 60_000})
    (fault,) = check(bomb).faults
    assert fault == Fault("unreadable", {"name": "data/more.csv"})
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as other:
        other.writestr("data/cells.csv", b"0" * 50_000)
    assert "unreadable" in codes(target.getvalue())
    monkeypatch.setattr("baqylau.accountability.rules.archive.MEMBERS", 1)
    assert codes(bomb) == {"too_many"}
    monkeypatch.setattr("baqylau.accountability.rules.archive.SIZE", 10)
    assert codes(bomb) == {"too_large"}


def test_every_fault_has_a_sentence_with_its_places_filled() -> None:
    params = dict.fromkeys(("name", "period", "figure", "day", "what", "number", "version"), "x")
    for code in SENTENCES:
        said = Fault(code, params).sentence
        assert said.endswith(".")
        assert "%(" not in said


def test_the_console_says_what_it_found_and_ends_accordingly(
    release: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, heads = tmp_path / "release.zip", tmp_path / "heads.txt"
    file.write_bytes(release)
    head = _head(check(release))
    heads.write_text(as_text([head]), encoding="utf-8")
    assert run(["verify-release", str(file), "--anchors", str(heads)]) == console.SOUND
    assert "2026.2.1" in capsys.readouterr().out
    heads.write_text(as_text([_sealed(head, number=1)]), encoding="utf-8")
    assert run(["verify-release", str(file), "--anchors", str(heads)]) == console.UNKNOWN
    file.write_bytes(release[:-1])
    capsys.readouterr()
    assert run(["verify-release", str(file), "--json"]) == console.WRONG
    said = json.loads(capsys.readouterr().out)
    assert said["is_sound"] is False
    assert [fault["code"] for fault in said["faults"]] == ["no_archive"]


def test_the_console_refuses_what_is_no_file_of_heads_and_no_key(
    release: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "release.zip"
    file.write_bytes(release)
    wrong = (["--anchors", str(file)], ["--key", "abc"], ["--anchors", str(tmp_path / "no.txt")])
    for more in wrong:
        assert run(["verify-release", str(file), *more]) == 2
        assert capsys.readouterr().err.count("\n") == 1
    assert run(["verify-release", str(tmp_path / "nothing.zip")]) == 2
