"""What the console says before Django is there: the language of the locale, our own catalogues."""

import gettext
import os
from collections.abc import Mapping
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def stale(package: Path = PACKAGE) -> list[Path]:
    """The catalogues that are newer than what was compiled of them, where that can be written."""
    return [po for po in sorted(package.glob("*/locale/*/LC_MESSAGES/*.po")) if _is_stale(po)]


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    if not os.access(po.parent, os.W_OK):
        return False
    return not mo.exists() or mo.stat().st_mtime_ns < po.stat().st_mtime_ns


def language(environ: Mapping[str, str] = os.environ) -> str:
    """The language of the locale: kk, ru, else en."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name, ""):
            return value[:2] if value[:2] in {"kk", "ru"} else "en"
    return "en"


def translated(message: str) -> str:
    """One of the console's messages in the language of the locale, without Django's settings."""
    folder = str(PACKAGE / "config" / "locale")
    return gettext.translation("django", folder, [language()], fallback=True).gettext(message)
