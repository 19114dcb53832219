"""What a program that watches the site learns: whether it is ready and how it runs, of nobody."""

import re

import pytest
from django.db import OperationalError, connections
from django.test import Client
from pytest_django import Settings

from baqylau.kernel.metrics import Metric
from baqylau.web import watching
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
TOKEN = "a-token-of-a-watching-program"
LINE = re.compile(
    r"# (HELP|TYPE) [a-z_]+ .+"
    r"|[a-z_]+(\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*\})? [0-9.e+-]+"
)
"""Source: the text format of Prometheus, version 0.0.4."""


@pytest.fixture(autouse=True)
def tally(monkeypatch: pytest.MonkeyPatch) -> watching.Tally:
    """A process that has answered nothing yet."""
    fresh = watching.Tally()
    monkeypatch.setattr(watching, "tally", fresh)
    return fresh


@pytest.fixture
def watched(settings: Settings) -> None:
    """A site that lets itself be watched."""
    settings.METRICS_TOKEN = TOKEN


def ask(token: str | None = TOKEN) -> str:
    """What /metrics answers to whoever brings the token."""
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    answer = Client(headers=headers).get("/metrics")
    return str(answer.text) if answer.status_code == 200 else str(answer.status_code)


def test_there_is_no_such_page_until_a_token_is_set() -> None:
    assert ask() == ask("") == ask(None) == "404"


@pytest.mark.parametrize("token", ["", "x", TOKEN[:-1], TOKEN + "x", "қазақша"])
def test_there_is_no_such_page_without_the_right_token(watched: None, token: str) -> None:
    assert ask(token) == "404"
    assert Client(headers={"Authorization": TOKEN}).get("/metrics").status_code == 404


def test_every_line_is_one_that_watching_programs_read(watched: None) -> None:
    Client().get("/")
    lines = ask().splitlines()
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    assert 'baqylau_requests_total{tree="public",status="2xx"} 1.0' in lines
    names = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert len(names) == len(set(names))
    assert any(line.startswith("process_resident_memory_bytes ") for line in lines)


def test_answers_of_the_desk_are_timed_and_those_of_the_public_site_are_not(
    watched: None, cast: Cast
) -> None:
    cast.editor.client.get("/desk/")
    Client().get("/")
    lines = ask().splitlines()
    assert "baqylau_desk_request_seconds_count 1.0" in lines
    assert 'baqylau_desk_request_seconds_bucket{le="+Inf"} 1.0' in lines


def test_pages_of_reports_are_in_no_number(watched: None, cast: Cast) -> None:
    before = ask()
    for address in ("/report/", "/ru/report/channel/", "/en/report/new/"):
        Client().get(address)
        Client().post(address, {"do": "open"})
    cast.officer.client.get("/desk/reports/")
    assert _counted(ask()) == _counted(before)
    assert "report" not in ask().replace("sealed reports left out", "")


def _counted(text: str) -> list[str]:
    lines = text.splitlines()
    return [line for line in lines if line.startswith(("baqylau_requests", "baqylau_desk"))]


def test_a_label_cannot_break_its_line() -> None:
    metric = Metric("x", "what", "gauge", [({"name": 'a"b\\c\nd'}, 1.0)])
    assert watching.written([metric]).splitlines()[2] == 'x{name="a\\"b\\\\c\\nd"} 1.0'


def test_a_site_is_ready_when_its_databases_answer() -> None:
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_site_whose_database_is_silent_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(*_args: object) -> None:
        raise OperationalError("secret words of the database")

    monkeypatch.setattr(connections["sealed"], "cursor", silent)
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "not ready", "silent": ["sealed"]}
