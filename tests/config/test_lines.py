"""A failure of a report's page is told without its words."""

import logging
from types import SimpleNamespace

from baqylau.config.lines import Discreet

FORMAT = logging.Formatter("%(levelname)s %(message)s")
WORDS = "Key (locator)=(482109) already exists"


def said(path: str) -> str:
    """What the log says of a page that failed."""
    try:
        int(WORDS)
    except ValueError as error:
        record = logging.LogRecord(
            "django.request",
            logging.ERROR,
            __file__,
            1,
            "Internal Server Error: %s",
            (path,),
            (ValueError, error, error.__traceback__),
        )
    record.request = SimpleNamespace(path=path)
    assert Discreet().filter(record)
    return FORMAT.format(record)


def test_a_page_of_reports_tells_where_it_failed_and_nothing_of_what_was_sent() -> None:
    for path in ("/report/new/", "/ru/report/channel/", "/desk/reports/4f1b/"):
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


def test_other_pages_tell_all() -> None:
    assert WORDS in said("/desk/cases/")
    assert "/desk/cases/" in said("/desk/cases/")
