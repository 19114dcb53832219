"""A failure is told without its words, and a page without what stood in its address."""

import json
import logging
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from baqylau.config.lines import Discreet, JsonLines

FORMAT = logging.Formatter("%(levelname)s %(message)s")
WORDS = "Key (locator)=(482109) already exists"


def failure(path: str | None, route: str = "") -> logging.LogRecord:
    """The record of something that failed, after the filter: of a page if it has a path."""
    try:
        int(WORDS)
    except ValueError as error:
        record = logging.LogRecord(
            "django.request",
            logging.ERROR,
            __file__,
            1,
            "Something: %s",
            (path or "words of ours",),
            (ValueError, error, error.__traceback__),
        )
    if path is not None:
        match = SimpleNamespace(route=route) if route else None
        record.request = SimpleNamespace(path=path, resolver_match=match)
    assert Discreet().filter(record)
    return record


def said(path: str, route: str = "") -> str:
    """What the log says of a page that failed."""
    return FORMAT.format(failure(path, route))


def test_a_page_of_reports_tells_where_it_failed_and_nothing_of_what_was_sent() -> None:
    paths = ("/report/new/", "/ru/report/channel/", "/desk/reports/4f1b/", "/ru/test/ABCDEFGH/")
    for path in paths:
        told = said(path)
        assert "ValueError" in told
        assert "test_lines.py" in told
        assert "482109" not in told
        assert path not in told


def test_a_page_that_asks_to_wait_leaves_no_line() -> None:
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "503", (), None)
    record.request, record.status_code = SimpleNamespace(path="/report/new/"), 503
    assert not Discreet().filter(record)
    record.request = SimpleNamespace(path="/desk/cases/")
    assert Discreet().filter(record)


def test_other_pages_are_named_by_their_route_and_tell_nothing_that_was_sent() -> None:
    told = said("/desk/invitation/a-secret/", route="desk/invitation/<str:token>/")
    assert "/desk/invitation/<str:token>/" in told
    assert "ValueError" in told
    assert "test_lines.py" in told
    for word in ("482109", "a-secret"):
        assert word not in told
    assert "A page failed: ?" in said("/a-secret/")


def test_a_failure_outside_pages_keeps_our_words_and_loses_those_of_the_error() -> None:
    told = FORMAT.format(failure(None))
    assert "Something: words of ours" in told
    assert "482109" not in told


@given(st.text(), st.text())
def test_a_json_line_is_one_line_whatever_it_says(message: str, error: str) -> None:
    raised = ValueError(error)
    information = (ValueError, raised, None)
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "%s", (message,), information)
    record.status_code = 500
    assert Discreet().filter(record)
    line = JsonLines().format(record)
    assert "\n" not in line
    told = json.loads(line)
    assert (told["message"], told["level"], told["status"]) == (message, "ERROR", 500)
    assert told["at"].endswith("+00:00")
    assert told["places"][-1] == "ValueError"
    assert set(told) == {"at", "level", "logger", "message", "status", "places"}
