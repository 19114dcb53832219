"""Compiled translations: made from the rooms' .po files when those are newer. No tool is needed."""

import gettext
import os
from collections.abc import Mapping
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parent.parent


def compile_all(package: Path = PACKAGE) -> int:
    """Compile every catalogue that has changed; returns how many.

    A package folder that cannot be written keeps the catalogues that it was installed with.
    """
    changed = [po for po in sorted(package.glob("*/locale/*/LC_MESSAGES/*.po")) if _is_stale(po)]
    for po in changed:
        compile_one(po)
    return len(changed)


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    if not os.access(po.parent, os.W_OK):
        return False
    return not mo.exists() or mo.stat().st_mtime_ns < po.stat().st_mtime_ns


def compile_one(po: Path) -> None:
    """Write the .mo beside the .po, whole or not at all."""
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parent.parent.name)
    part = po.with_suffix(f".{os.getpid()}.part")
    with part.open("wb") as target:
        write_mo(target, catalogue)
    part.replace(po.with_suffix(".mo"))


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
