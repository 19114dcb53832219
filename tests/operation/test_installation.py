"""Which installation a database belongs to, and what refuses to touch a strange one."""

import uuid

import pytest
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from baqylau import __version__
from baqylau.operation import rules
from baqylau.operation.models import Installation
from baqylau.operation.queries import mark
from baqylau.operation.services import (
    UnfitError,
    mark_installation,
    refuse_unfit,
    refuse_unprepared,
)

BOTH = ["default", "sealed"]
with_both = pytest.mark.django_db(databases=BOTH)


@with_both
def test_both_databases_carry_the_same_mark_however_often_it_is_made() -> None:
    mark_installation()
    mark_installation()
    one, other = (mark(alias) for alias in BOTH)
    assert one is not None
    assert other is not None
    assert one.key == other.key
    assert {one.kind, other.kind} == {"training"}
    refuse_unprepared()


@with_both
def test_a_database_without_a_mark_is_not_ready_and_may_be_prepared() -> None:
    refuse_unfit()
    with pytest.raises(UnfitError, match="baqylau prepare"):
        refuse_unprepared()


@with_both
@pytest.mark.parametrize(
    ("made", "mode", "words"),
    [
        ("training", "production", "training data"),
        ("production", "training", "real records"),
    ],
)
def test_a_database_of_the_other_kind_is_refused(
    settings: Settings, made: str, mode: str, words: str
) -> None:
    settings.MODE = made
    mark_installation()
    refuse_unprepared()
    settings.MODE = mode
    with translation.override("en"), pytest.raises(UnfitError, match=words):
        refuse_unfit()
    assert {row.kind for row in map(mark, BOTH) if row} == {made}


@with_both
@pytest.mark.parametrize("alias", BOTH)
def test_a_database_that_knows_a_later_migration_is_refused(alias: str) -> None:
    mark_installation()
    MigrationRecorder(connections[alias]).record_applied("journal", "9999_from_the_future")
    with pytest.raises(UnfitError, match=alias):
        refuse_unfit()


@with_both
def test_a_room_that_was_left_out_is_no_newer_version() -> None:
    mark_installation()
    MigrationRecorder(connections["default"]).record_applied("absent_room", "0001_initial")
    refuse_unprepared()


@with_both
def test_a_database_that_a_later_version_prepared_is_refused() -> None:
    mark_installation()
    Installation.objects.update(version="999.0")
    with pytest.raises(UnfitError):
        refuse_unfit()


@with_both
def test_two_databases_that_do_not_belong_together_are_refused() -> None:
    mark_installation()
    Installation.objects.using("sealed").update(key=uuid.uuid4())
    with pytest.raises(UnfitError):
        refuse_unfit()


@given(st.lists(st.integers(0, 99), min_size=1, max_size=4))
def test_no_version_is_newer_than_itself_and_the_next_one_always_is(parts: list[int]) -> None:
    version = ".".join(map(str, parts))
    following = ".".join(map(str, [*parts[:-1], parts[-1] + 1]))
    assert not rules.is_newer(version, version)
    assert rules.is_newer(following, version)
    assert not rules.is_newer(version, following)
    assert not rules.is_newer(__version__, __version__)


@pytest.mark.parametrize(
    ("name", "is_allowed"),
    [
        ("db/default.sqlite3", True),
        ("db/sealed.dump", True),
        ("settings/baqylau.toml", True),
        ("files/ab/abcdef", True),
        ("manifest.json", False),
        ("db/other.sqlite3", False),
        ("files/../../secret", False),
        ("files/a/../b", False),
        ("/files/a", False),
        ("files//a", False),
        ("files/a/", False),
        ("files/a\n", False),
        ("keys/secret", False),
    ],
)
def test_an_archive_leads_nowhere_but_into_its_own_folders(name: str, is_allowed: bool) -> None:
    assert rules.is_member(name) is is_allowed
