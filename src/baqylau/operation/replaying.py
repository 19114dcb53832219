"""Forgetting again, in a restored copy, whoever was erased after the copy was made.

A restore lays the list into var/ of what it brings back. It is replayed at once where that can be
done, else by `prepare`; the site does not open before.
"""

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from baqylau.kernel import erasures
from baqylau.kernel.errors import DomainError
from baqylau.storage.disk import refusing

NAME = "erased.txt"


def pending() -> Path | None:
    """The list that waits, if one does."""
    path = Path(settings.VAR) / NAME
    return path if path.exists() else None


def read(path: Path) -> dict[str, str]:
    """Days by key. Raises: DomainError when the file is no list of erasures."""
    with refusing(str(path)), path.open("rb") as file:
        content = file.read(erasures.LIMIT + 1)
    try:
        return erasures.read(content)
    except erasures.ListError as error:
        raise DomainError(
            _("%(file)s is no list of erasures (line %(line)s)."),
            code="no_list",
            params={"file": path.name, "line": error.line},
        ) from error


def replay_pending() -> str:
    """Replay the list that waits and take it away; says what was done, "" when none waits.

    Raises: DomainError when the list cannot be read or a key that is needed is missing.
    """
    path = pending()
    if path is None:
        return ""
    listed = read(path)
    rows = erasures.replay(listed)
    with refusing("var/"):
        path.unlink()
    said = _("Erased again after the restore, in the list: %(count)s, rows: %(rows)s.")
    return said % {"count": len(listed), "rows": rows}


def refuse_pending() -> None:
    """Refuse to open a site that should forget first. Raises: DomainError."""
    if pending():
        raise DomainError(
            _("People who were erased are in this restored copy. Run “baqylau prepare” first.")
        )
