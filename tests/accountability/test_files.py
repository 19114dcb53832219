"""The files of a number say what its page says, and its charts stand alone."""

import csv
import io
import json
import xml.etree.ElementTree as ET

import pytest
from django.test import Client
from nacl.signing import VerifyKey

from baqylau.figures.models import Cell, Closing
from baqylau.figures.queries import published
from baqylau.figures.rules.answers import as_plain, from_plain
from baqylau.figures.rules.results import Rounded, Why, Withheld
from baqylau.figures.rules.sealing import message
from baqylau.figures.services import correct
from baqylau.institutions.models import Institution
from tests.accountability.making import COORDINATOR, cases, of, put
from tests.accountability.test_numbers import text_of
from tests.casework.making import POLICE, TARAZ

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
OPENED = "/en/numbers/casework.opened/2026-Q2"
SOLVED = "/en/numbers/casework.solved/2026-Q2"
SVG = "{http://www.w3.org/2000/svg}"


def parsed(drawing: str | bytes) -> ET.Element:
    """The drawing as XML."""
    return ET.fromstring(drawing)  # noqa: S314 - our own drawing


def rows(client: Client, address: str) -> list[dict[str, str]]:
    """The lines of a CSV."""
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def fill(closing: Closing) -> None:
    """Tables of every sort, in the place of those that were chosen."""
    Cell.objects.filter(closing=closing, figure="casework.opened").exclude(dimension="").delete()
    put(closing, "casework.opened", Rounded(35), "district", TARAZ)
    put(closing, "casework.opened", Withheld(Why.SMALL), "district", "*", together=9)
    put(closing, "casework.opened", Rounded(25), "body", POLICE)
    put(closing, "casework.opened", Rounded(90), "body", POLICE, window="four")
    put(closing, "casework.opened", Rounded(15), "body", "")


def test_page_csv_and_json_hold_the_same_cells(client: Client, closed: Closing) -> None:
    fill(closed)
    cells = {
        (each.cell.window, each.cell.dimension, each.cell.value): as_plain(each.answer)
        for each in published.of_figure(closed, "casework.opened")
    }
    told = client.get(f"{OPENED}.json").json()
    found = {("own", "", ""): told["number"]} | {
        (table["window"], table["dimension"], row["value"]): row["answer"]
        for table in told["tables"]
        for row in table["rows"]
    }
    assert found == cells
    lines = rows(client, f"{OPENED}.csv")
    numbers = {(line["window"], line["dimension"], line["value"]): line["number"] for line in lines}
    assert set(numbers) == set(cells)
    page = text_of(client.get(f"{OPENED}/").text)
    for place, plain in cells.items():
        number = str(plain.get("number", ""))
        assert numbers[place] == number
        assert number in page


def test_estimates_have_interval_and_n_in_files(client: Client, closed: Closing) -> None:
    put(closed, "casework.solved", of(25, 40), "body", POLICE, window="four")
    (line,) = [each for each in rows(client, f"{SOLVED}.csv") if each["value"] == POLICE]
    assert (line["number"], line["low"], line["high"], line["n"]) == (
        *("0.625", "0.4703", "0.7578"),
        "40",
    )
    assert line["note"] == "from rounded counts"


def test_a_refused_table_says_why_in_files(client: Client, closed: Closing) -> None:
    Cell.objects.filter(closing=closed, figure="casework.opened", dimension="body").delete()
    put(closed, "casework.opened", Withheld(Why.NARROW), "body", "*", together=4)
    (line,) = [each for each in rows(client, f"{OPENED}.csv") if each["dimension"] == "body"]
    assert "too small" in line["note"]
    assert line["number"] == ""


def test_the_json_proves_itself(client: Client, closed: Closing) -> None:
    told = client.get(f"{OPENED}.json").json()["closed"]
    words = message(closed.span, closed.first_on, told["entry"], told["head"], told["digest"])
    VerifyKey(bytes.fromhex(told["key"])).verify(words, bytes.fromhex(told["signature"]))


def test_a_correction_is_in_the_json_and_names_nobody(client: Client, closed: Closing) -> None:
    cases(2)
    cell = Cell.objects.get(closing=closed, figure="casework.opened", dimension="")
    correct(actor=COORDINATOR, cell=cell, reasons={"kk": "Екі парақ кеш табылды."})
    answer = client.get(f"{OPENED}.json")
    told = answer.json()
    (made,) = told["corrections"]
    assert (from_plain(made["old"]), from_plain(made["new"])) == (
        from_plain(cell.answer),
        from_plain(told["number"]),
    )
    assert made["reason"]["kk"] == "Екі парақ кеш табылды."
    assert COORDINATOR.key not in answer.content.decode()
    assert json.loads(answer.content) == told


def test_a_chart_alone_is_a_drawing_with_its_source(client: Client, year: Closing) -> None:
    answer = client.get("/en/numbers/casework.opened/2026-Q3.svg")
    assert answer.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    drawing = parsed(answer.content)
    assert drawing.tag == f"{SVG}svg"
    words = " ".join(each.text or "" for each in drawing.iter(f"{SVG}text"))
    assert "Cases opened" in words
    assert "quarter 3 of 2026" in words
    assert "/numbers/casework.opened/2026-Q3/" in words
    assert "class=" not in answer.text
    assert "style" not in answer.text
    assert "<script" not in answer.text


def test_a_chart_of_estimates_says_its_n(client: Client, year: Closing) -> None:
    put(year, "casework.solved", of(20, 30, is_rounded=False))
    assert "n = 30" in client.get("/en/numbers/casework.solved/2026-Q3.svg").text


def test_too_little_for_a_chart_is_a_page_in_words(client: Client, closed: Closing) -> None:
    page = client.get(f"{OPENED}.svg")
    assert page.status_code == 404
    assert "too little here for a chart" in page.text


def test_a_hostile_name_stays_words_in_a_chart(client: Client, closed: Closing) -> None:
    put(closed, "casework.opened", Rounded(25), "body", POLICE)
    Institution.objects.filter(code=POLICE).update(name_kk='<b class="bar">&"')
    drawing = parsed(client.get(f"{OPENED}/body.svg").content)
    words = [each.text for each in drawing.iter(f"{SVG}text")]
    assert '<b class="bar">&"' in words
