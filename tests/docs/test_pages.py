"""What the documents name exists, and what exists is named in them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from baqylau.config.commands import COMMANDS
from baqylau.config.environment import PREFIX, SETTINGS
from baqylau.kernel.modules import registry
from baqylau.kernel.permissions import table
from baqylau.kernel.roles import Role
from tests.docs import pages

pytestmark = pytest.mark.once

EVERY = [pytest.param(page, id=pages.name(page)) for page in pages.pages()]
WORDS = {command.code for command in (*COMMANDS, *registry.gather("commands"))}
TARGETS = set(re.findall(r"^([a-z-]+):", (pages.ROOT / "Makefile").read_text(), re.MULTILINE))


@pytest.mark.parametrize("page", EVERY)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in pages.links(page):
        assert link.target.exists(), link.target
        if link.heading:
            assert link.heading in pages.slugs(link.target), link


@pytest.mark.parametrize("page", EVERY)
def test_every_command_that_a_page_names_exists(page: Path) -> None:
    for line in pages.spoken(page):
        for first, second in re.findall(r"(?:^|\s|bin/)baqylau ([a-z]+)(?: ([a-z]+))?", line):
            assert {first, f"{first} {second}"} & WORDS, line


@pytest.mark.parametrize("page", EVERY)
def test_every_make_target_that_a_page_names_exists(page: Path) -> None:
    for line in pages.spoken(page):
        for words in re.findall(r"(?:^|sudo |&& )make (?:-C \S+ )?((?:[a-z-]+ ?)+)", line):
            assert set(words.split()) <= TARGETS, line


@pytest.mark.parametrize("page", EVERY)
def test_every_setting_that_a_page_names_exists(page: Path) -> None:
    others = {"BAQYLAU_TEST_ENGINE", "BAQYLAU_TEST_MODULES", "BAQYLAU_BENCH_SCALE"}
    known = {f"{PREFIX}{name}" for name in SETTINGS}
    for name in re.findall(r"\bBAQYLAU_[A-Z_]*[A-Z]", pages.text(page)):
        assert name.removesuffix("_FILE") in known | others, name


@pytest.mark.parametrize("page", EVERY)
def test_every_file_that_a_page_names_exists(page: Path) -> None:
    for line in pages.spoken(page):
        for path in re.findall(r"^(?:src|tests|tools|deploy|docs|requirements)/[\w./-]+$", line):
            assert (pages.ROOT / path.replace("NAME", "web")).exists(), path


def test_the_reference_is_up_to_date() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "tools.docs", "--check"],
        cwd=pages.ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_setting_is_documented() -> None:
    page = pages.text(pages.DOCS / "settings.md")
    assert [name for name in SETTINGS if f"`{PREFIX}{name}`" not in page] == []


def test_every_role_and_every_action_is_documented() -> None:
    page = pages.text(pages.DOCS / "permissions.md")
    codes = [*Role, *(code for code in table() if not code.startswith("sample."))]
    assert [code for code in codes if f"`{code}`" not in page] == []


def test_every_command_is_documented() -> None:
    page = pages.text(pages.DOCS / "commands.md")
    assert [word for word in WORDS if f"## baqylau {word}\n" not in page] == []


def test_every_page_is_in_the_index() -> None:
    index = pages.DOCS / "README.md"
    listed = {link.target for link in pages.links(index)}
    below = [page for page in pages.DOCS.rglob("*.md") if page != index]
    assert [pages.name(page) for page in below if page not in listed] == []
