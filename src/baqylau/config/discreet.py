"""The web server's own log, without a word that a visitor sent and without their address."""

import sys
from typing import Any

from gunicorn.glogging import Logger


class Discreet(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn's log; what it says of a request is said without the request.

    Gunicorn writes the address of whoever sends a request that it cannot read, with the line that
    it could not read, and the address of a page that failed. All of these may be a reporter's.
    """

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as gunicorn's own
        """A warning; of requests only that one could not be read."""
        if "request from" in str(msg):
            super().warning("A request could not be read.")
        else:
            super().warning(msg, *args, **kwargs)

    def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as gunicorn's own
        """A failure, by the kind of its error; the error's own words may hold what was sent."""
        kind = sys.exc_info()[0]
        words = "A request failed in the web server: %s" if "request" in str(msg).lower() else msg
        if words is msg:
            super().exception(msg, *args, **kwargs)
        else:
            super().error(words, kind.__name__ if kind else "?")

    def debug(self, *_told: object, **_more: object) -> None:
        """Nothing: gunicorn's own debugging tells of every request."""

    def access(self, *_request: object) -> None:
        """Nothing: there is no access log, whatever is set."""
