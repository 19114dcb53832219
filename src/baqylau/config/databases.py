"""Where the two databases are, from addresses or, without any, as SQLite files in var/db."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_noop as _

from baqylau.config.environment import SettingError
from baqylau.storage.sqlite.base import DURABLE

SHAPE = _("A database address looks like postgresql://user:password@host/name.")


KEPT = 600
"""Seconds for which a thread keeps its connection to the sealed file: whoever closes the last one
brings the log into the file, which costs as much as a report. Its own pages are few."""


def sqlite(path: Path, *, kept: int = 0) -> dict[str, object]:
    """Settings of a durable SQLite file; its folder is made by the commands that set up.

    `kept` is how many seconds a thread keeps its connection.
    """
    return {
        "ENGINE": "baqylau.storage.sqlite",
        "NAME": str(path),
        "OPTIONS": {"init_command": DURABLE, "transaction_mode": "IMMEDIATE", "timeout": 20},
        "CONN_MAX_AGE": kept,
    }


def postgresql(address: str) -> dict[str, object]:
    """Settings from postgresql://user:password@host:port/name or ?host=/folder for a socket.

    Raises: SettingError when it is no such address.
    """
    try:
        parts = urlsplit(address)
        port = str(parts.port or "")
    except ValueError as error:
        raise SettingError(SHAPE) from error
    name = parts.path.lstrip("/")
    if parts.scheme not in {"postgresql", "postgres"} or not name:
        raise SettingError(SHAPE)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "baqylau.storage.postgresql",
        "NAME": unquote(name),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", "")) or parts.hostname or "",
        "PORT": port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def databases(var: Path, default: str, sealed: str) -> dict[str, dict[str, object]]:
    """Both databases: the addresses where they are given, else files below `var`.

    Raises: SettingError when only one of the two is on PostgreSQL.
    """
    if bool(default) != bool(sealed):
        raise SettingError(
            _(
                "BAQYLAU_DATABASE_URL and BAQYLAU_SEALED_DATABASE_URL "
                "are set together or not at all."
            )
        )
    if default:
        return {"default": postgresql(default), "sealed": postgresql(sealed)}
    return {
        "default": sqlite(var / "db" / "default.sqlite3"),
        "sealed": sqlite(var / "db" / "sealed.sqlite3", kept=KEPT),
    }
