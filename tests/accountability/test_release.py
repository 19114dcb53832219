"""A release holds every published number; whoever has it needs nobody to check it."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping

import pytest
from django.test import Client

from baqylau.accountability.models import Release
from baqylau.accountability.queries.datasets import datasets
from baqylau.accountability.queries.releases import archive_of, pending
from baqylau.accountability.rules import answers
from baqylau.accountability.rules.archive import unpack
from baqylau.accountability.rules.checking import check
from baqylau.accountability.rules.manifest import is_genuine, read_line
from baqylau.accountability.rules.tables import plain, spelled
from baqylau.accountability.services.releasing import NothingNewError, publish_release
from baqylau.figures.models import Cell
from baqylau.figures.queries.published import chosen_of, numbers, wholes
from baqylau.figures.rules.answers import as_plain, from_plain
from baqylau.figures.showing import short
from baqylau.files import store
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, NotAllowedError
from tests.accountability.releasing import archive, closed, corrected, released
from tests.cast import SignIn
from tests.figures.closing import AFTER, COORDINATOR

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])


def table(content: bytes, code: str) -> list[dict[str, str]]:
    """A data set as a stranger reads it: a ZIP, a CSV, nothing of ours."""
    with zipfile.ZipFile(io.BytesIO(content)) as release:
        text = release.read(f"data/{code}.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_release_is_sound_and_names_the_last_line_of_the_journal(house: None) -> None:
    corrected(closed())
    last = Entry.objects.order_by("-number")[0]
    made = released()
    report = check(archive_of(made))
    assert [each.sentence for each in report.faults] == []
    assert (made.version, made.number, made.head) == ("2026.2.1", last.number, last.digest)
    assert report.manifest["journal"]["digest"] == last.digest
    assert Entry.objects.filter(action="accountability.released").count() == 1


def test_every_published_number_is_in_the_package_as_it_is(house: None) -> None:
    rows = {
        tuple(row[name] for name in ("period", "figure", "window", "dimension", "value")): row
        for row in table(archive(), "cells")
    }
    found = numbers(Cell.objects.select_related("closing"))
    assert len(found) == len(rows) > 10
    for each in found:
        cell = each.cell
        place = (chosen_of(cell.closing).code, cell.figure, cell.window, cell.dimension, cell.value)
        row = rows[place]
        for name, value in zip(
            answers.COLUMNS, answers.columns(as_plain(each.answer)), strict=True
        ):
            assert row[name] == spelled(plain(value)), (place, name)
        assert from_plain(json.loads(row["closed"])) == from_plain(cell.answer)
        assert row["corrections"] == str(len(each.corrections))


def test_page_csv_json_and_package_show_the_same_cells(house: None, client: Client) -> None:
    packed = table(archive(), "cells")
    text = client.get("/data/v1/cells.csv").content.decode("utf-8-sig")
    assert list(csv.DictReader(io.StringIO(text, newline=""))) == packed
    objects = client.get("/data/v1/cells.json").json()
    assert [{name: spelled(value) for name, value in row.items()} for row in objects] == packed
    page = client.get("/numbers/").text
    for each in wholes(Cell.objects.all()[0].closing):
        (row,) = [
            row
            for row in packed
            if (row["figure"], row["window"], row["dimension"]) == (each.cell.figure, "own", "")
        ]
        if row["kind"] == "exact":
            assert row["number"] == str(getattr(each.answer, "number", None))
            assert short(each.answer) in page


def test_the_parts_of_a_table_agree_with_its_whole_in_the_csv_alone(house: None) -> None:
    rows = table(archive(), "cells")
    wholes = {
        (row["period"], row["figure"], row["window"]): json.loads(row["closed"])["number"]
        for row in rows
        if not row["dimension"] and row["kind"] == "exact"
    }
    tables: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in rows:
        if row["dimension"]:
            place = (row["period"], row["figure"], row["window"], row["dimension"])
            tables.setdefault(place, []).append(row)
    told = {place: found for place, found in tables.items() if all(row["number"] for row in found)}
    assert told
    for (period, figure, window, _by), found in told.items():
        # Each shown number is rounded to 5: it is at most 2 away from what was counted.
        shown = sum(int(row["number"]) for row in found)
        assert abs(shown - wholes[period, figure, window]) <= 2 * len(found)


def test_every_code_in_the_numbers_is_named_in_three_languages(house: None) -> None:
    content = archive()
    named = {(row["dimension"], row["value"]): row for row in table(content, "values")}
    known = {row["figure"]: row for row in table(content, "figures")}
    for row in table(content, "cells"):
        assert all(known[row["figure"]][f"sentence_{code}"] for code in ("kk", "ru", "en"))
        if row["dimension"]:
            name = named[row["dimension"], row["value"]]
            assert all(name[f"name_{code}"] for code in ("kk", "ru", "en"))
    assert named["district", "*"]["name_kk"] != named["district", "*"]["name_ru"]


def test_the_descriptor_and_the_manifest_name_every_file_with_its_hash(house: None) -> None:
    files = unpack(archive()).files
    descriptor, manifest = json.loads(files["datapackage.json"]), json.loads(files["release.json"])
    data = {name for name in files if name.startswith("data/")}
    assert data == {f"data/{each.code}.{end}" for each in datasets() for end in ("csv", "json")}
    empty = {name for name in data if files[name] == b"[]\n"}
    assert {row["path"] for row in descriptor["resources"]} == data - empty
    assert set(manifest["files"]) == data | {"datapackage.json"}
    assert descriptor["profile"] == "tabular-data-package"
    assert descriptor["licenses"][0]["name"] == "CC-BY-4.0"
    for resource in descriptor["resources"]:
        if resource["name"].startswith("sample-"):
            continue  # The tests' own module speaks English only.
        for field in resource["schema"]["fields"]:
            said = {field["description"], field["description_ru"], field["description_en"]}
            assert len(said) == 3, field["name"]


def test_the_same_data_are_not_released_twice(house: None) -> None:
    closing = closed()
    first = released()
    assert not pending().is_new
    with pytest.raises(NothingNewError):
        released()
    corrected(closing)
    (difference,) = [each for each in pending().differences if each.changed or each.added][:1]
    assert (difference.added, difference.changed, difference.removed) == (0, 1, 0)
    second = released()
    assert (first.version, second.version) == ("2026.2.1", "2026.2.2")
    manifest = json.loads(second.manifest)
    assert manifest["previous"]["version"] == first.version
    assert check(archive_of(first)).faults == check(archive_of(second)).faults == []


def test_nothing_is_released_before_a_period_is_closed(house: None) -> None:
    with pytest.raises(NothingNewError):
        released()
    assert not Release.objects.exists()


def test_the_same_data_at_the_same_moment_give_the_same_bytes(house: None) -> None:
    corrected(closed())
    once = released()
    content = archive_of(once)
    Release.objects.all().delete()
    again = released()
    before, after = unpack(content).files, unpack(archive_of(again)).files
    assert {name: before[name] for name in before if not name.startswith("release.")} == {
        name: after[name] for name in after if not name.startswith("release.")
    }


def test_only_who_looked_at_these_numbers_publishes_them(house: None) -> None:
    closed()
    adviser = Actor("person:a", frozenset({"adviser"}))
    with clock.frozen(AFTER):
        with pytest.raises(NotAllowedError):
            publish_release(actor=adviser)
        with pytest.raises(ConflictError):
            publish_release(actor=COORDINATOR, expected="0" * 64)
        made = publish_release(actor=COORDINATOR, expected=pending().content)
    assert made.version == "2026.2.1"


def test_a_release_that_would_not_hold_is_not_published(house: None) -> None:
    closed()
    Cell.objects.filter(figure="casework.opened", dimension="").update(
        answer={"kind": "exact", "number": 7}
    )
    with pytest.raises(ConflictError) as refused:
        released()
    assert "2026-Q2" in refused.value.message
    assert not Release.objects.exists()


def test_no_file_of_a_release_says_who_closed_or_corrected(house: None) -> None:
    files: Mapping[str, bytes] = unpack(archive()).files
    assert all(b"person:" not in content for content in files.values())


def test_the_line_beside_the_archive_vouches_for_it(house: None, client: Client) -> None:
    content = archive()
    line = read_line(client.get("/data/releases/2026.2.1.sig").content)
    assert line
    assert is_genuine(line)
    assert line.digest == Release.objects.get().file_id
    answer = client.get("/data/releases/2026.2.1.zip")
    assert b"".join(answer) == content


def test_the_desk_shows_what_would_change_and_asks_before_it_publishes(
    house: None, sign_in: SignIn
) -> None:
    closed()
    editor = sign_in("editor")
    with clock.frozen(AFTER):
        assert "/desk/releases/publish/" in editor.get("/desk/releases/").text
        content = pending().content
        assert content in editor.get("/desk/releases/publish/").text
        refused = editor.post("/desk/releases/publish/", {"content": "0" * 64})
        assert refused.status_code == 200
        assert not Release.objects.exists()
        done = editor.post("/desk/releases/publish/", {"content": content}, follow=True)
    assert "2026.2.1" in done.text
    assert "/desk/releases/publish/" not in done.text
    assert Release.objects.get().version == "2026.2.1"


def test_a_lost_archive_is_said_and_breaks_nothing(house: None, client: Client) -> None:
    archive()
    store.remove(Release.objects.get().file_id)
    answer = client.get("/data/releases/2026.2.1.zip")
    assert answer.status_code == 503
    assert answer.json()["detail"]
    assert client.get("/data/").status_code == 200
    assert pending().last
