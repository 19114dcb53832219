"""The web server's own log, without a word that a visitor sent and without their address."""

import sys
from typing import Any

from gunicorn.glogging import Logger

from baqylau.config import environment
from baqylau.config.lines import JsonLines

REFUSED = 2
"""The exit status of a command that was refused with one sentence."""
CLOSED = ((REFUSED,), ("Master",), ("App failed to load.",))
"""How gunicorn's lines end about a process that refused to open the site."""


class Discreet(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn's log; what it says of a request is said without the request.

    Gunicorn writes the address of whoever sends a request that it cannot read, with the line that
    it could not read, and the address of a page that failed. All of these may be a reporter's.
    """

    def setup(self, cfg: Any) -> None:  # noqa: ANN401 - as gunicorn's own
        """In the form that the settings choose."""
        super().setup(cfg)
        if environment.read()["LOG"] == "json":
            for handler in self.error_log.handlers:
                handler.setFormatter(JsonLines())

    def error(self, msg: str, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as gunicorn's own
        """A fault; not that the site stays closed, which its own process has said and why."""
        if args[-1:] not in CLOSED:
            super().error(msg, *args, **kwargs)

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
