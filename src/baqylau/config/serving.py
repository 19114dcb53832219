"""The embedded server: gunicorn, one process, eight threads, loopback only, no access log.

The first process only looks after the second, which answers: it knows neither Django nor the site,
so that both are loaded once and are in memory once. The second one looks whether the site may open.
"""

import ctypes
import socket
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.errors import AppImportError

from baqylau.config import environment, messages
from baqylau.config.discreet import REFUSED, Discreet
from baqylau.config.environment import SettingError
from baqylau.kernel import presence

_ = str
"""Marks a message for the catalogues; Django, not there yet, cannot be asked to."""
THREADS = 8
ARENAS = 2
_ARENA_MAX = -8
"""The number of the option in malloc.h of the GNU C library."""


class _Keeper(Arbiter):  # type: ignore[misc]  # gunicorn has no types
    """The first process; it ends as a refused command does when the second will not open."""

    APP_LOAD_ERROR = REFUSED


class _Application(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn, configured here and nowhere else."""

    def __init__(self, port: int) -> None:
        self.port = port
        super().__init__()

    def load_config(self) -> None:
        """Loopback only; no access log, so that no address is ever written."""
        chosen: dict[str, Any] = {
            "bind": f"127.0.0.1:{self.port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": THREADS,
            "accesslog": None,
            "logger_class": Discreet,
            "loglevel": "warning",
            "graceful_timeout": 10,
            "keepalive": 5,
            "preload_app": False,
            "control_socket_disable": True,
            "post_fork": _look,
            "post_worker_init": _begin,
            "worker_exit": _stop_clock,
        }
        for name, value in chosen.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> object:
        """Give gunicorn the site."""
        from baqylau.config.wsgi import application  # noqa: PLC0415 - in the second process alone

        return application

    def run(self) -> None:
        """Look after the second process until told to stop."""
        _Keeper(self).run()


def _look(_server: object, worker: Any) -> None:  # noqa: ANN401 - gunicorn has no types
    """Set the second process up and look, once, whether the site may open.

    A process that takes the place of another opens whatever there is.

    Raises: AppImportError with the sentence that says why not.
    """
    import django  # noqa: PLC0415 - in the second process alone

    try:
        django.setup()
    except SettingError as error:
        raise AppImportError(error.sentence(messages.translated)) from error
    from baqylau.config.opening import why_closed  # noqa: PLC0415 - in the second process alone

    if worker.age == 1 and (why := why_closed()):
        raise AppImportError(why)


def _begin(worker: Any) -> None:  # noqa: ANN401 - gunicorn has no types
    """Start the clock, and tell the addresses once."""
    from baqylau.jobs.worker import Worker  # noqa: PLC0415 - in the second process alone

    if worker.age == 1:
        base = f"http://localhost:{worker.app.port}"
        print(f"{base}/\n{base}/desk/", flush=True)  # noqa: T201 - the console's voice
    worker.baqylau_clock = Worker()
    worker.baqylau_clock.start()


def _stop_clock(_server: object, worker: Any) -> None:  # noqa: ANN401 - gunicorn has no types
    clock = getattr(worker, "baqylau_clock", None)
    if clock is not None:
        clock.stop()


def _share_memory() -> None:
    """Let threads share the memory that they give back, where the C library can.

    Each of them keeps its own otherwise, some ten MB in all.
    """
    option = getattr(ctypes.CDLL(None), "mallopt", None)
    if option is not None:
        option(_ARENA_MAX, ARENAS)


def asked(words: Sequence[str]) -> int | None:
    """The port that `serve` or `serve --port N` asks for; None for words that must be read closer.

    Raises: SettingError.
    """
    match list(words):
        case ["serve"]:
            return int(str(environment.read()["PORT"]))
        case ["serve", "--port", text]:
            with suppress(ValueError):
                return environment.port(text)
    return None


def main(port: int) -> NoReturn:
    """Serve until stopped. Raises: SettingError when the port or the folder cannot be used."""
    _refuse_taken(port)
    home = Path(str(environment.read()["HOME"]))
    try:
        presence.hold(home)
    except OSError as error:
        raise SettingError(
            _("The folder %(folder)s cannot be used. Run “baqylau prepare” first."),
            folder=home.name,
        ) from error
    _share_memory()
    _Application(port).run()
    raise SystemExit


def _refuse_taken(port: int) -> None:
    """Refuse a port that another program holds. Raises: SettingError."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise SettingError(
                _("Port %(port)s belongs to the system. Choose one from 1024 on: PORT=8001."),
                port=port,
            ) from error
        except OSError as error:
            raise SettingError(
                _("Port %(port)s is in use. Stop the other program or choose another: PORT=8001."),
                port=port,
            ) from error
