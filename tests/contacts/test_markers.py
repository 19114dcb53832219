"""A planted name and phone are searched for wherever the room may have left them."""

import io
import logging
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from baqylau.contacts.keyring import KeyFileError
from baqylau.contacts.models import Contact
from baqylau.contacts.services import (
    act_for,
    change,
    count_answers,
    find_by_phone,
    keep_to_the_rule,
    reveal,
    rotate,
    withdraw,
)
from baqylau.jobs.services import run
from baqylau.kernel.errors import DomainError
from baqylau.kernel.modules import registry
from tests.contacts.people import ADVISER, visitor

MARKERS = ("Зұлқарнайжанбек", "Сәрсенқұловтегі", "7059876543", "9876543")


def _live() -> None:
    """Everything that is done with a person, what fails too."""
    row = visitor(f"{MARKERS[0]} {MARKERS[1]}", "8 (705) 987-65-43")
    other = visitor(MARKERS[1], "")
    find_by_phone(actor=ADVISER, phone="+7 705 987 65 43")
    reveal(actor=ADVISER, key=row.key, reason="call_back")
    change(actor=ADVISER, key=row.key, name=f"{MARKERS[1]} {MARKERS[0]}")
    act_for(actor=ADVISER, key=row.key, relation="parent", whom=other.key)
    count_answers(actor=ADVISER, key=row.key, answers={"sex": "male"})
    for wrong in (f"{MARKERS[2]}12345", MARKERS[0]):
        with pytest.raises(DomainError):
            visitor(MARKERS[0], wrong)
    rotate()
    Contact.objects.filter(pk=other.pk).update(sealed_name=bytes(row.sealed_name))
    with pytest.raises(KeyFileError) as failure:
        reveal(actor=ADVISER, key=other.key, reason="visit")
    assert not any(marker in repr(failure.value) for marker in MARKERS)
    withdraw(actor=ADVISER, key=row.key)
    (job,) = [job for job in registry.gather("jobs") if job.code == "contacts.retention"]
    assert run(job=job, is_forced=True)
    keep_to_the_rule()


@pytest.mark.django_db(transaction=True)
def test_no_planted_name_is_in_the_database_the_journal_or_the_logs(
    prepared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)  # Django's own echo of statements, one below, is never switched on
    try:
        _live()
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    output = capsys.readouterr()
    places = {"log": said.getvalue(), "console": output.out + output.err, **_rows()}
    for place, text in places.items():
        assert [marker for marker in MARKERS if marker in text] == [], place
    for name, content in _raw_files(prepared).items():
        for marker in MARKERS:
            assert marker.encode() not in content, name


def _rows() -> dict[str, str]:
    """Every row of every table, as text."""
    return {
        model._meta.db_table: repr(list(model._base_manager.values_list()))
        for model in apps.get_models()
        if model._meta.managed and getattr(model._meta.app_config, "database", "") != "sealed"
    }


def _raw_files(keys: Path) -> dict[str, bytes]:
    """The files of keys and, on SQLite, of the database with its log."""
    found = {each.name: each.read_bytes() for each in keys.iterdir() if each.is_file()}
    if connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"]))
        found |= {each.name: each.read_bytes() for each in path.parent.glob(f"{path.name}*")}
    return found
