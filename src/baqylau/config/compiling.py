"""Compiled translations: made from the rooms' .po files when those are newer. No tool is needed."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from baqylau.config.messages import PACKAGE, stale


def compile_all(package: Path = PACKAGE) -> int:
    """Compile every catalogue that has changed; returns how many.

    A package folder that cannot be written keeps the catalogues that it was installed with.
    """
    changed = stale(package)
    for po in changed:
        _compile(po)
    return len(changed)


def _compile(po: Path) -> None:
    """Write the .mo beside the .po, whole or not at all."""
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parent.parent.name)
    part = po.with_suffix(f".{os.getpid()}.part")
    with part.open("wb") as target:
        write_mo(target, catalogue)
    part.replace(po.with_suffix(".mo"))
