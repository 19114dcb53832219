"""Whoever can write the database and the files changes nothing unseen."""

import io
from collections.abc import Callable
from functools import partial
from itertools import pairwise

import pytest
from django.conf import settings
from django.db import transaction
from hypothesis import HealthCheck, assume, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from baqylau.files.store import path_of
from baqylau.reports import store
from baqylau.reports.models import Item, Part, Report, Wrap
from baqylau.reports.queries.contents import open_file, open_part, open_wrap
from baqylau.reports.rules.contents import FileHead, Kind, dumped
from baqylau.reports.services.drafts import add_to_draft, begin_draft
from baqylau.reports.services.sealing import add_words
from baqylau.seal.errors import SealError
from baqylau.seal.keys import SecretKey
from baqylau.seal.wraps import Role
from tests.reports.making import House, file

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
LONG = 150_000
"""Bytes of evidence: three pieces of age."""
unhurried = tries(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def make(house: House, words: int = 3) -> tuple[Report, SecretKey]:
    """A report with a file and some talk; R."""
    draft = begin_draft()
    add_to_draft(
        draft=draft,
        head=FileHead("бейне.mp4", "video/mp4", LONG),
        file=io.BytesIO(b"evidence" * (LONG // 8)),
    )
    _filed, report = file(draft=draft)
    officer = house.officers[0]
    key = open_wrap(report, Part.REPORT, Role.OFFICER, officer.key, officer.actor.key)
    for number in range(words):
        add_words(
            report=report,
            part=Part.REPORT,
            key=key,
            kind=Kind.OFFICER,
            content=dumped({"words": f"Сұрақ {number}"}),
            actor=officer.actor,
        )
    return report, key


def read_all(report: Report, key: SecretKey) -> None:
    """Open every item and every file."""
    for item in open_part(key, report, Part.REPORT):
        if item.is_stored:
            open_file(key, report, Part.REPORT, item.number).close()


def is_found(report: Report, key: SecretKey, change: Callable[[], object]) -> bool:
    """Whether a change of rows is found when the report is read; it is taken back afterwards."""
    seen = False
    with transaction.atomic(using="sealed"):
        change()
        try:
            read_all(report, key)
        except SealError:
            seen = True
        transaction.set_rollback(True, using="sealed")
    read_all(report, key)
    return seen


def rows_of(report: Report) -> list[Item]:
    """The items whose ciphertext stands in the database."""
    found = Item.objects.filter(report=report, part=Part.REPORT, ciphertext__isnull=False)
    return list(found.order_by("number"))


@pytest.fixture
def made(ready: House) -> tuple[Report, SecretKey]:
    """A report, and R."""
    return make(ready)


@given(data=st.data())
@unhurried
def test_a_flipped_bit_is_found(made: tuple[Report, SecretKey], data: st.DataObject) -> None:
    report, key = made
    row = data.draw(st.sampled_from(rows_of(report)))
    content = bytearray(row.ciphertext or b"")
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    items = Item.objects.filter(pk=row.pk)
    assert is_found(report, key, lambda: items.update(ciphertext=bytes(content)))


@given(data=st.data())
@unhurried
def test_a_cut_item_is_found(made: tuple[Report, SecretKey], data: st.DataObject) -> None:
    report, key = made
    row = data.draw(st.sampled_from(rows_of(report)))
    whole = bytes(row.ciphertext or b"")
    size = data.draw(st.one_of(st.integers(0, len(whole) - 1), st.sampled_from([0, 1, 16, 200])))
    items = Item.objects.filter(pk=row.pk)
    assert is_found(report, key, lambda: items.update(ciphertext=whole[:size]))
    assert is_found(report, key, lambda: items.update(ciphertext=whole + b"\0"))


@given(data=st.data())
@unhurried
def test_a_stored_file_that_was_changed_or_cut_is_found(
    made: tuple[Report, SecretKey], data: st.DataObject
) -> None:
    report, key = made
    row = Item.objects.get(report=report, ciphertext=None)
    path = path_of(row.digest, store.FOLDER)
    whole = path.read_bytes()
    boundaries = [*range(0, len(whole), 65_536 + 16), len(whole) - 16]
    size = data.draw(st.one_of(st.integers(0, len(whole) - 1), st.sampled_from(boundaries)))
    flipped = bytearray(whole)
    flipped[data.draw(st.integers(0, len(whole) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        for wrong in (whole[:size], bytes(flipped), whole + whole[-16:]):
            path.write_bytes(wrong)
            with pytest.raises(SealError):
                read_all(report, key)
            assert not store.is_whole(row.digest)
        path.unlink()
        with pytest.raises(SealError):
            read_all(report, key)
    finally:
        path.write_bytes(whole)
    assert str(path).startswith(str(settings.FILES_ROOT))


@given(data=st.data())
@unhurried
def test_items_that_changed_places_are_found(
    made: tuple[Report, SecretKey], data: st.DataObject
) -> None:
    report, key = made
    one, other = data.draw(st.lists(st.sampled_from(rows_of(report)), min_size=2, max_size=2))
    assume(one.pk != other.pk)
    with_digest = data.draw(st.booleans())

    def exchange() -> None:
        for row, taken in ((one, other), (other, one)):
            values = {"ciphertext": taken.ciphertext}
            extra = {"digest": taken.digest} if with_digest else {}
            Item.objects.filter(pk=row.pk).update(**values, **extra)

    assert is_found(report, key, exchange)


def test_items_of_another_report_are_found(ready: House) -> None:
    (report, key), (foreign, _key) = make(ready), make(ready)
    for row, taken in zip(rows_of(report), rows_of(foreign), strict=True):
        for values in (
            {"ciphertext": taken.ciphertext},
            {"ciphertext": taken.ciphertext, "digest": taken.digest},
        ):
            items = Item.objects.filter(pk=row.pk)
            assert is_found(report, key, partial(items.update, **values))


def test_an_old_item_in_the_place_of_a_new_one_is_found(made: tuple[Report, SecretKey]) -> None:
    report, key = made
    rows = rows_of(report)
    for old, new in pairwise(rows):
        values = {"ciphertext": old.ciphertext, "digest": old.digest}
        items = Item.objects.filter(pk=new.pk)
        assert is_found(report, key, partial(items.update, **values))


def test_a_dropped_item_is_found_the_last_one_too(made: tuple[Report, SecretKey]) -> None:
    report, key = made
    for row in Item.objects.filter(report=report, part=Part.REPORT):
        items = Item.objects.filter(pk=row.pk)
        assert is_found(report, key, items.delete)


def test_an_item_that_somebody_adds_is_found(made: tuple[Report, SecretKey]) -> None:
    report, key = made
    last = rows_of(report)[-1]
    last.pk, last.number = None, last.number + 1
    assert is_found(report, key, lambda: last.save(force_insert=True))


def test_wraps_that_changed_places_open_nothing(ready: House) -> None:
    (report, _key), (foreign, _other) = make(ready, 0), make(ready, 0)
    officer = ready.officers[0]
    for wrong in (
        Wrap.objects.get(report=foreign, part=Part.REPORT, holder=officer.actor.key),
        Wrap.objects.get(report=report, part=Part.REPORT, role=Role.RECOVERY),
        Wrap.objects.filter(report=report, part=Part.NAME).get(),
        Wrap.objects.get(report=report, part=Part.REPORT, holder=ready.officers[1].actor.key),
    ):
        own = Wrap.objects.filter(report=report, part=Part.REPORT, holder=officer.actor.key)
        right = bytes(own.get().wrapped)
        own.update(wrapped=wrong.wrapped)
        with pytest.raises(SealError):
            open_wrap(report, Part.REPORT, Role.OFFICER, officer.key, officer.actor.key)
        own.update(wrapped=right)
    open_wrap(report, Part.REPORT, Role.OFFICER, officer.key, officer.actor.key)


@given(data=st.data())
@unhurried
def test_a_wrap_or_lock_with_a_flipped_bit_opens_nothing(
    ready: House, made: tuple[Report, SecretKey], data: st.DataObject
) -> None:
    report, _key = made
    officer = ready.officers[0]
    own = Wrap.objects.filter(report=report, part=Part.REPORT, holder=officer.actor.key)
    right = bytes(own.get().wrapped)
    wrong = bytearray(right)
    wrong[data.draw(st.integers(0, len(wrong) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    own.update(wrapped=bytes(wrong))
    with pytest.raises(SealError):
        open_wrap(report, Part.REPORT, Role.OFFICER, officer.key, officer.actor.key)
    own.update(wrapped=right)
