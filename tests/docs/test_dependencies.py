"""Every dependency has its reason in docs/dependencies.md, and every reason its dependency."""

import re
import tomllib

import pytest

from tests.docs import pages

pytestmark = pytest.mark.once
PAGE = pages.DOCS / "dependencies.md"


def _names(requirements: list[str]) -> set[str]:
    """Bare names, as the package index compares them: small letters, one kind of hyphen."""
    found = (re.match(r"[\w.-]+", requirement) for requirement in requirements)
    return {re.sub(r"[-_.]+", "-", match[0]).lower() for match in found if match}


def _sections() -> dict[str, set[str]]:
    """The names in the first column of each section's table."""
    parts = re.split(r"^## (.+)$", pages.text(PAGE), flags=re.MULTILINE)[1:]
    return {
        title: _names(
            [row for row in re.findall(r"^\| ([\w.-]+) \|", body, re.MULTILINE) if row != "package"]
        )
        for title, body in zip(parts[::2], parts[1::2], strict=True)
    }


def test_each_dependency_has_its_reason_and_each_reason_its_dependency() -> None:
    project = tomllib.loads((pages.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extra = project["project"]["optional-dependencies"]["pg"]
    development = _names(project["dependency-groups"]["dev"]) - _names(extra)
    sections = _sections()
    assert sections["The site"] == _names(project["project"]["dependencies"])
    assert sections["PostgreSQL (extra `pg`)"] == _names(extra)
    assert sections["Building"] == _names(project["build-system"]["requires"])
    assert sections["Development only"] == development


def test_every_locked_package_has_a_hash() -> None:
    pinned = re.compile(r"^[\w.-]+(?:\[[\w,-]+\])?==\S+(.*?)(?=^\w|\Z)", re.MULTILINE | re.DOTALL)
    for lock in ("base", "pg", "dev"):
        text = (pages.ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
        packages = pinned.findall(text)
        assert len(packages) > 20, lock
        assert all("--hash=sha256:" in package for package in packages), lock


def _locked(lock: str) -> set[str]:
    """What is pinned in a lock: names with their versions."""
    text = (pages.ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    return set(re.findall(r"^([\w.-]+==[^\s]+)", text, re.MULTILINE))


def test_development_packages_stay_out_of_the_site() -> None:
    names = {pin.partition("==")[0] for pin in _locked("pg")}
    assert names & _sections()["Development only"] == set()


def test_the_locks_agree_and_postgresql_adds_its_driver_alone() -> None:
    added = {pin.partition("==")[0] for pin in _locked("pg") - _locked("base")}
    assert added == {"psycopg", "psycopg-binary", "psycopg-pool"}
    assert _locked("base") < _locked("pg") < _locked("dev")
