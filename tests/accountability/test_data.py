"""What machines and people read at /data/: the same in every language, refused in one sentence."""

import csv
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from baqylau.accountability.queries.datasets import dataset, datasets, rows_of
from baqylau.accountability.rules.archive import unpack
from baqylau.accountability.views import machines
from baqylau.journal.services import append
from baqylau.kernel import modules
from baqylau.kernel.access import SYSTEM
from baqylau.kernel.datasets import Dataset, Field, Reference, Type
from baqylau.kernel.errors import DomainError
from baqylau.kernel.modules import Module, Registry
from tests.accountability.releasing import archive, closed, released

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "open-data.md"


def test_rows_are_asked_for_by_their_key(house: None, client: Client) -> None:
    closed()
    whole = client.get("/data/v1/cells.json").json()
    asked = client.get("/data/v1/cells.json?figure=casework.opened&dimension=").json()
    assert asked == [
        row for row in whole if row["figure"] == "casework.opened" and not row["dimension"]
    ]
    assert len(asked) == 1
    text = client.get("/data/v1/cells.csv?dimension=body").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert rows
    assert {row["dimension"] for row in rows} == {"body"}
    assert client.get("/data/v1/cells.json?period=1999").json() == []


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("figure=%27", "figure"),
        ("period=2026-13", "2026-13"),
        ("period=2026-Q2&period=2026-Q3", "period"),
        ("person=1", "person"),
        ("window=all", "window"),
        ("value=" + "9" * 49, "value"),
        ("dimension=%D2%9B", "dimension"),
        ("figure=%FF", "figure"),
        ("closed=x", "closed"),
    ],
)
@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_what_cannot_be_asked_is_refused_in_one_sentence(
    client: Client, query: str, word: str, suffix: str
) -> None:
    answer = client.get(f"/data/v1/cells.{suffix}?{query}")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert said["status"] == 400
    assert word in said["detail"]
    assert len({said["detail"], said["detail_ru"], said["detail_en"]}) == 3


def test_only_reading_is_possible(client: Client) -> None:
    for method in (client.post, client.put, client.delete, client.patch):
        answer = method("/data/v1/cells.csv")
        assert answer.status_code == 405
        assert answer.headers["Allow"] == "GET, HEAD"
        assert answer.json()["status"] == 405
    assert client.head("/data/v1/cells.csv").status_code == 200


@pytest.mark.parametrize("version", ["2026.3.9", "x", "9" * 300, "..%2f..%2fsettings", "%00", "é"])
@pytest.mark.parametrize("suffix", ["zip", "json", "sig"])
def test_a_release_that_is_not_there_is_said(client: Client, version: str, suffix: str) -> None:
    answer = client.get(f"/data/releases/{version}.{suffix}")
    assert answer.status_code in {400, 404}


def test_data_may_be_read_from_any_site_and_pages_may_not(house: None, client: Client) -> None:
    closed()
    released()
    files = ("v1/cells.csv", "v1/openapi.json", "releases.json", "releases/2026.2.1.zip")
    for name in files:
        answer = client.get(f"/data/{name}")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert not answer.cookies
        assert b"".join(answer)
    for page in ("/data/", "/numbers/", "/"):
        assert "Access-Control-Allow-Origin" not in client.get(page).headers


def test_there_is_one_address_for_all_languages(house: None, client: Client) -> None:
    closed()
    released()
    for page in ("/data/", "/ru/data/", "/en/data/"):
        text = client.get(page).text
        assert 'href="/data/v1/cells.csv"' in text
        assert 'href="/data/releases/2026.2.1.zip"' in text
    assert client.get("/ru/data/v1/cells.csv").status_code == 404


def test_the_page_explains_every_column_in_its_language(house: None, client: Client) -> None:
    closed()
    kk, ru = client.get("/data/").text, client.get("/ru/data/").text
    for each in datasets():
        address = f"/data/columns/{each.code}/"
        assert f'href="{address}"' in kk
        columns = client.get(address).text
        for field in each.fields:
            assert f"<code>{field.name}</code>" in columns
    assert client.get("/data/columns/no-such/").status_code == 404
    assert "Ашық деректер" in kk
    assert "Открытые данные" in ru


def test_before_the_first_closing_everything_is_there_and_empty(client: Client) -> None:
    assert client.get("/data/v1/cells.json").json() == []
    assert client.get("/data/v1/datapackage.json").json()["version"] == "current"
    assert client.get("/data/releases.json").json() == []
    assert client.get("/data/").status_code == 200


def test_a_module_gives_data_away_without_a_change_here(client: Client) -> None:
    with transaction.atomic():
        append(
            action="sample.word",
            actor=SYSTEM,
            payload={"word": "су", "meaning": "water", "since": "2026-01-02"},
        )
    row = {"word": "су", "letters": 2, "since": "2026-01-02"}
    assert client.get("/data/v1/sample-words.json").json() == [row]
    assert client.get("/data/v1/sample-words.json?letters=3").json() == []
    assert client.get("/data/v1/sample-words.json?letters=2").json() == [row]
    assert "sample-words" in client.get("/data/").text
    paths = client.get("/data/v1/openapi.json").json()["paths"]
    assert "/data/v1/sample-words.csv" in paths
    names = {each["name"] for each in client.get("/data/v1/datapackage.json").json()["resources"]}
    assert {"sample-words", "sample-words-json"} <= names


def test_the_data_of_a_module_are_in_the_release(house: None) -> None:
    assert "data/sample-words.csv" in unpack(archive()).files


def _set(**changed: object) -> Dataset:
    plain: dict[str, object] = {
        "code": "one",
        "label": "One",
        "sentence": "One.",
        "fields": (Field("name", Type.STRING, "It."),),
        "rows": lambda _asked: (),
        "key": ("name",),
    }
    return Dataset(**(plain | changed))  # type: ignore[arg-type]  # the table above has the right types


@pytest.mark.parametrize(
    "changed",
    [
        {"code": "One"},
        {"code": "a/b"},
        {"key": ()},
        {"key": ("other",)},
        {"asked": ("other",)},
        {"fields": (Field("Name", Type.STRING, "It."),), "key": ("Name",)},
        {"fields": (Field("name", Type.STRING, ""), Field("name", Type.STRING, ""))},
        {"refers": (Reference("other", "cells"),)},
    ],
)
def test_a_data_set_that_cannot_be_published_cannot_be_made(changed: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"one|One|a/b"):
        _set(**changed)


def test_data_sets_have_their_own_codes_and_refer_to_others_that_are_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for given in ((_set(), _set()), (_set(refers=(Reference("name", "nothing"),)),)):
        rooms = Registry()
        rooms.register(Module("x", "X", datasets=given))
        monkeypatch.setattr("baqylau.accountability.queries.datasets.registry", rooms)
        with pytest.raises(ValueError, match=r"registered twice|not there"):
            datasets()
    assert modules.registry is not rooms


def test_there_is_no_data_set_of_another_name(house: None) -> None:
    with pytest.raises(DomainError):
        dataset("people")
    assert list(rows_of(dataset("territories"), {"level": "city"}))
    assert machines.VIEWS


def test_the_lines_of_the_guide_check_a_release_without_our_program(
    house: None, tmp_path: Path
) -> None:
    content = archive()
    (code,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    file = tmp_path / "release.zip"
    file.write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-I", "-c", code, str(file)], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert "every signature is right" in done.stdout


def test_whatever_the_frame_refuses_is_said_to_programs_in_their_form(client: Client) -> None:
    for address, status in (("/data/v1/cells.csv?figure=%00", 400), ("/data/v1/none.json", 404)):
        answer = client.get(address)
        assert answer.status_code == status
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["detail"]
    assert "<html" in client.get("/data/none/").text
