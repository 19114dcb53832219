"""What the log may say: where something failed, never what was sent, by whom or from where."""

import json
import logging
import traceback
from datetime import UTC, datetime
from http import HTTPStatus
from types import TracebackType

HUSHED = {"/report": "A page of reports failed.", "/test/": "A page of tests failed."}
"""Beginnings of addresses of which a failure says nothing; a test's address holds its code."""


class Discreet(logging.Filter):
    """Lets a failure tell where it happened, never what it was about.

    The words of an error may hold what was sent: PostgreSQL's repeat the row that it refused. An
    address may hold the secret of a link: a page is named by its route, one of reports not at all.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Take the words out; somebody who is asked to wait there leaves no line."""
        request = getattr(record, "request", None)
        path = str(getattr(request, "path", ""))
        said = next((words for part, words in HUSHED.items() if part in path), "")
        if said:
            if getattr(record, "status_code", 0) == HTTPStatus.SERVICE_UNAVAILABLE:
                return False
            record.msg, record.args = said, ()
        elif request is not None:
            match = getattr(request, "resolver_match", None)
            page = getattr(match, "route", None)
            record.msg, record.args = "A page failed: %s", (f"/{page}" if page else "?",)
        if record.exc_info and record.exc_info[0]:
            record.exc_text = _places(record.exc_info[0], record.exc_info[2])
            record.exc_info = None
        return True


def _places(kind: type[BaseException], trace: TracebackType | None) -> str:
    """The kind of the error and the lines of code that led to it."""
    return "".join([*traceback.format_tb(trace), kind.__name__])


class JsonLines(logging.Formatter):
    """One JSON object a line, for programs that gather logs.

    Keys: at (UTC), level, logger, message; status and places where there are any.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line; a line end within it is escaped, so that nobody can forge a second one."""
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if status := getattr(record, "status_code", None):
            told["status"] = int(status)
        if record.exc_text:
            told["places"] = record.exc_text.splitlines()
        return json.dumps(told, ensure_ascii=False)
