"""The embedded server: gunicorn, one process, eight threads, loopback only, no access log."""

import ctypes
import gc
import socket
from typing import Any

from django.utils.translation import gettext as _
from gunicorn.app.base import BaseApplication

from baqylau.config.discreet import Discreet
from baqylau.jobs.worker import Worker
from baqylau.kernel.errors import DomainError

THREADS = 8
ARENAS = 2
_ARENA_MAX = -8
"""The number of the option in malloc.h of the GNU C library."""

_clock = Worker()


def _start_clock(_worker: object) -> None:
    _clock.start()


def _stop_clock(_server: object, _worker: object) -> None:
    _clock.stop()


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
            "post_worker_init": _start_clock,
            "worker_exit": _stop_clock,
        }
        for name, value in chosen.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> object:
        """Give gunicorn the site."""
        from baqylau.config.wsgi import application  # noqa: PLC0415 - pages can be imported only once the settings stand

        return application


def _share_memory() -> None:
    """Let threads share the memory that they give back, where the C library can.

    Each of them keeps its own otherwise, some ten MB in all.
    """
    option = getattr(ctypes.CDLL(None), "mallopt", None)
    if option is not None:
        option(_ARENA_MAX, ARENAS)


def serve(port: int) -> int:
    """Serve until stopped; returns 0. Raises: DomainError when the port is taken."""
    refuse_taken(port)
    base = f"http://localhost:{port}"
    print(f"{base}/\n{base}/desk/", flush=True)  # noqa: T201 - the console's voice
    # What the first process holds is not looked through again: so both go on sharing its pages.
    _share_memory()
    gc.collect()
    gc.freeze()
    _Application(port).run()
    return 0


def refuse_taken(port: int) -> None:
    """Refuse a port that another program holds. Raises: DomainError."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise DomainError(
                _("Port %(port)s belongs to the system. Choose one from 1024 on: PORT=8001."),
                params={"port": port},
            ) from error
        except OSError as error:
            raise DomainError(
                _("Port %(port)s is in use. Stop the other program or choose another: PORT=8001."),
                params={"port": port},
            ) from error
