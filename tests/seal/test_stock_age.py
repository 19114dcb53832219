"""Anybody opens an exported item with the stock program `age`, without a line of our code."""

import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pyrage
import pytest

from baqylau.seal import envelope, items, keys, wraps
from baqylau.seal.envelope import FOOT, HEAD
from baqylau.seal.keys import SecretKey, Use
from baqylau.seal.wraps import Binding, Role
from tests.seal.making import Report, report

pytestmark = pytest.mark.once

CONTENT = "Қабылдауда ақша сұрады.\n".encode() + bytes(range(256)) * 40 + b"\0\0"
AGE = shutil.which("age")
ORDERS = """
set -eu
age -d -i own.key wrap.age > report.key
age -d -i report.key item.age > plain
head -c 256 plain > head.txt
length=$(tail -c 32 plain | tr -dc '0-9' | sed 's/^0*//')
tail -c +257 plain | head -c "$length" > content
"""
"""What docs/seal.md tells whoever has an exported item and their own key."""


@pytest.fixture
def exported(tmp_path: Path) -> tuple[Path, Report, SecretKey]:
    """An exported item with the wrap of whoever opens it, in files, and that person's key file."""
    one, own = report(CONTENT), keys.generate(Use.PERSON)
    wrapped = wraps.wrap(one.key, Binding(one.id, Role.OFFICER, "o-1"), own.public)
    (tmp_path / "own.key").write_text(own.text + "\n")
    (tmp_path / "wrap.age").write_bytes(wrapped)
    (tmp_path / "item.age").write_bytes(one.ciphertexts[0])
    return tmp_path, one, own


@pytest.mark.skipif(AGE is None, reason="NOT TESTED: the program `age` is not installed")
def test_stock_age_and_three_shell_tools_open_an_exported_item(
    exported: tuple[Path, Report, SecretKey],
) -> None:
    folder, one, _own = exported
    subprocess.run(["sh", "-c", ORDERS], cwd=folder, check=True, capture_output=True)
    assert (folder / "content").read_bytes() == CONTENT
    head = (folder / "head.txt").read_text(encoding="ascii").splitlines()
    assert head[:5] == [
        "baqylau-item 1",
        f"report {one.id}",
        "number 1",
        "kind message",
        f"previous {envelope.FIRST}",
    ]
    assert (folder / "report.key").read_text().startswith("# baqylau-wrap 1\n")


@pytest.mark.skipif(AGE is None, reason="NOT TESTED: the program `age` is not installed")
def test_what_stock_age_sealed_around_our_envelope_opens_here(tmp_path: Path) -> None:
    one = report(CONTENT)
    plain = bytes(pyrage.decrypt(one.ciphertexts[0], [one.key.identity()]))
    (tmp_path / "plain").write_bytes(plain)
    subprocess.run(
        [str(AGE), "-r", one.key.public, "-o", "again.age", "plain"], cwd=tmp_path, check=True
    )
    ciphertext = (tmp_path / "again.age").read_bytes()
    entry = items.Entry(1, sha256(ciphertext).hexdigest())
    assert items.open_item(one.key, one.id, [entry], 1, ciphertext).content == CONTENT


def test_pyrage_alone_opens_an_exported_item(exported: tuple[Path, Report, SecretKey]) -> None:
    folder, _one, own = exported
    text = pyrage.decrypt((folder / "wrap.age").read_bytes(), [own.identity()]).decode()
    line = next(line for line in text.splitlines() if line.startswith("AGE-SECRET-KEY-1"))
    identity = pyrage.x25519.Identity.from_str(line)
    plain = pyrage.decrypt((folder / "item.age").read_bytes(), [identity])
    length = int(plain[-FOOT:].split()[-1])
    assert plain[HEAD : HEAD + length] == CONTENT


def test_the_page_about_the_scheme_gives_the_orders_that_were_tested() -> None:
    page = Path(__file__).parents[2].joinpath("docs", "seal.md").read_text(encoding="utf-8")
    for order in ORDERS.strip().splitlines()[1:]:
        assert order in page
