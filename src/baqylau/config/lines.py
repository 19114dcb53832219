"""What a failure of a page may say in the log."""

import logging
import traceback
from http import HTTPStatus
from types import TracebackType


class Discreet(logging.Filter):
    """Lets a failure of a report's page tell where it happened, never what it was about.

    The words of an error may hold what was sent: PostgreSQL's repeat the row that it refused.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Take the words out; to be asked to wait is no failure, and leaves no line."""
        path = str(getattr(getattr(record, "request", None), "path", ""))
        if "/report" in path:
            if getattr(record, "status_code", 0) == HTTPStatus.SERVICE_UNAVAILABLE:
                return False
            record.msg, record.args = "A page of reports failed.", ()
            if record.exc_info and record.exc_info[0]:
                record.exc_text = _places(record.exc_info[0], record.exc_info[2])
                record.exc_info = None
        return True


def _places(kind: type[BaseException], trace: TracebackType | None) -> str:
    """The kind of the error and the lines of code that led to it."""
    return "".join([*traceback.format_tb(trace), kind.__name__])
