"""`baqylau verify`: what it finds, what it says that it cannot know, and its exit status."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import Settings

from baqylau.config.console import parser
from baqylau.journal import keys
from baqylau.journal.heads import SignedHead, as_text, sign
from baqylau.journal.services import sign_heads
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.kernel.modules import Module, Projection, registry
from baqylau.operation.services import mark_installation
from baqylau.operation.verify import SHOWN, examine
from tests.journal.chains import alter, write

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])


@pytest.fixture(autouse=True)
def installation(db: None, tmp_path: Path, settings: Settings) -> Iterator[None]:
    settings.KEYS = tmp_path / "keys"
    mark_installation()
    with translation.override("en"):
        yield


def signed(day: int) -> list[SignedHead]:
    with clock.frozen(datetime(2026, 3, day, 9, tzinfo=UTC)):
        return sign_heads()


def saved(tmp_path: Path, heads: list[SignedHead]) -> str:
    path = tmp_path / "heads.txt"
    path.write_text(as_text(heads))
    return str(path)


def run(*words: str) -> int:
    options = parser().parse_args(["verify", *words])
    return int(options.run(options))


def test_a_sound_journal_is_sound_and_the_limits_of_that_are_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(3)
    assert run() == 0
    said = capsys.readouterr().out
    assert "entries checked: 3" in said
    assert "cut off its end" in said


def test_a_change_is_named_with_its_place_and_status_1(capsys: pytest.CaptureFixture[str]) -> None:
    write(5)
    alter("UPDATE journal_entry SET actor = 'somebody' WHERE number = 3")
    assert run() == 1
    assert "entry 3 does not follow" in capsys.readouterr().out


def test_missing_entries_are_named_and_the_sealed_chain_is_walked_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(9, "sealed")
    alter("DELETE FROM journal_entry WHERE number IN (4, 5)", using="sealed")
    assert run("--json") == 1
    told = json.loads(capsys.readouterr().out)
    (missing, broken) = told["chains"]["sealed"]["findings"]
    assert (missing["code"], missing["number"], missing["until"]) == ("missing", 4, 5)
    assert broken["number"] == 6
    assert told["chains"]["default"]["wrong"] == 0


def test_a_cut_tail_shows_only_against_a_saved_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(5)
    anchors = saved(tmp_path, signed(5))
    alter("DELETE FROM journal_entry WHERE number > 3")
    alter("DELETE FROM journal_head")
    assert run() == 0
    assert run("--anchors", anchors) == 1
    assert "signed on 2026-03-05 is not there any more" in capsys.readouterr().out


def test_the_installations_own_heads_count_without_a_file() -> None:
    write(5)
    signed(5)
    alter("DELETE FROM journal_entry WHERE number > 3")
    assert run() == 1


def test_a_saved_file_that_agrees_says_what_it_does_not_cover(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(2)
    anchors = saved(tmp_path, [*signed(5), *signed(6)])
    assert run("--anchors", anchors) == 0
    said = capsys.readouterr().out
    assert "newest of 2026-03-06" in said
    assert "not covered" in said
    assert keys.public() in said
    assert "could have replaced the key" in said
    assert run("--anchors", anchors, "--key", keys.public()) == 0
    assert "could have replaced the key" not in capsys.readouterr().out


def test_a_forged_head_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(2)
    text = as_text(signed(5)).replace("default 2026-03-05 2", "default 2026-03-05 1")
    (tmp_path / "heads.txt").write_text(text)
    assert run("--anchors", str(tmp_path / "heads.txt")) == 1
    assert "signature" in capsys.readouterr().out


def test_heads_of_another_key_do_not_count_and_none_that_counts_is_a_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(2)
    strange = sign("default", datetime(2026, 3, 5, tzinfo=UTC).date(), 2, "0" * 64, bytes(32))
    anchors = saved(tmp_path, [strange])
    signed(5)
    assert run("--anchors", anchors, "--key", keys.public()) == 1
    said = capsys.readouterr().out
    assert "not counted: 1" in said
    assert "nothing was checked" in said


def test_an_empty_file_of_heads_proves_nothing(tmp_path: Path) -> None:
    assert run("--anchors", saved(tmp_path, [])) == 1


@pytest.mark.parametrize("content", [b"", b"<html>sign in</html>", b"# baqylau heads 1\nx\n"])
def test_a_file_of_another_kind_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "heads.txt"
    path.write_bytes(content)
    with pytest.raises(DomainError, match=r"heads\.txt is no file of signed heads: line \d"):
        run("--anchors", str(path))


@pytest.mark.parametrize("place", ["gone.txt", "."])
def test_a_file_that_cannot_be_opened_is_one_sentence(tmp_path: Path, place: str) -> None:
    with pytest.raises(DomainError, match="cannot be used"):
        run("--anchors", str(tmp_path / place))


def test_a_key_of_another_kind_is_one_sentence() -> None:
    with pytest.raises(DomainError, match="64 hexadecimal"):
        run("--key", "my key")


def test_a_thousand_findings_are_counted_and_the_first_are_named() -> None:
    write(SHOWN + 20)
    alter("UPDATE journal_entry SET actor = 'somebody'")
    (chain, _sealed) = examine().chains
    assert len(chain.findings) == SHOWN
    assert chain.wrong == SHOWN + 20


@pytest.fixture
def projections(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A room whose list disagrees with the journal in the rows that are named here."""
    wrong: list[str] = []
    shown = Projection("shelf.list", "Shelf", differences=lambda: wrong, rebuild=lambda: 0)
    room = Module(code="shelf", label="Shelf", projections=(shown,))
    monkeypatch.setattr(registry, "_modules", {**registry._modules, "shelf": room})
    return wrong


def test_every_projection_is_compared(
    projections: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run() == 0
    assert "shelf.list: rows that differ from the journal: 0" in capsys.readouterr().out
    projections.append("row 7 says open, the journal says closed")
    assert run() == 1
    assert "row 7 says open" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("language", "words"), [("kk", "ешқандай ақау"), ("ru", "ничего неправильного")]
)
def test_the_verdict_is_in_the_readers_language(
    language: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with translation.override(language):
        assert run() == 0
    assert words in capsys.readouterr().out.lower()
