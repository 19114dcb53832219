"""What lies beside the archives: the list of erasures, the key behind its passphrase; rotation."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from baqylau.kernel import clock, erasures
from baqylau.kernel.errors import DomainError
from baqylau.operation import passphrases, replaying, rules, sealing
from baqylau.storage.disk import reason, refusing, replace_whole, sync_folder

Say = Callable[[str], None]


def write_erasures(folder: Path, site: str, say: Say) -> bool:
    """Write who was erased beside the archives, if it is news; returns whether it was.

    Whoever an earlier list names stays on it, also when this copy of the site knows nothing of
    them.

    Raises: DomainError.
    """
    path = folder / rules.erasures_name(site)
    listed = _earlier(path, say)
    whole = erasures.joined(erasures.known(), listed)
    if path.exists() and whole == listed:
        return False
    with refusing(str(path)):
        replace_whole(path, erasures.written(whole).encode())
    return True


def _earlier(path: Path, say: Say) -> dict[str, str]:
    """The list that is there; one that cannot be read is kept under another name, and told of."""
    if not path.exists():
        return {}
    try:
        return replaying.read(path)
    except DomainError as error:
        if error.code != "no_list":
            raise
        kept = path.with_suffix(".damaged")
        with refusing(str(path)):
            path.replace(kept)
        said = _("Warning: the list of erasures was damaged. It is kept as %(file)s.")
        say(said % {"file": kept.name})
        return {}


def copy_keys(folder: Path, site: str) -> None:
    """Copy the backup key's secret behind its passphrase, where one was set. Raises: DomainError.

    Keys that were in use before are copied too: older archives open with them alone.
    """
    for source in sorted(Path(settings.KEYS).glob("backup-key-*.age")):
        content = sealing.content(source)
        target = folder / f"baqylau-{site}-{source.name.removeprefix('backup-')}"
        with refusing(str(target)):
            if not target.exists() or target.read_bytes() != content:
                replace_whole(target, content)


def locked_keys(folder: Path) -> list[Path]:
    """Keys behind a passphrase that lie in the folder."""
    return sorted(
        path
        for path in folder.glob("baqylau-*-key-*.age")
        if passphrases.is_locked(sealing.content(path))
    )


def names(folder: Path) -> list[str]:
    """What lies in the folder. Raises: OSError."""
    return [path.name for path in folder.iterdir()]


def rotate(folder: Path, site: str, say: Say) -> list[str]:
    """Remove the site's own archives that are too old; returns their names.

    Never the newest, and never anything by a date that lies ahead. What cannot be removed is told
    and stays: the new archive is there.
    """
    now = clock.now()
    made = rules.own_archives(names(folder), site)
    removed = []
    try:
        for name in rules.expired(made, now, settings.BACKUP_DAYS):
            (folder / name).unlink()
            removed.append(name)
        sync_folder(folder)
    except OSError as error:
        said = _("Warning: old archives could not be removed: %(reason)s.")
        say(said % {"reason": reason(error)})
    if removed:
        said = _("Removed, older than %(days)s days: %(count)s.")
        say(said % {"days": settings.BACKUP_DAYS, "count": len(removed)})
    if strange := rules.ahead(made, now):
        said = _("Warning: dated after today, never removed: %(files)s. Is the clock right?")
        say(said % {"files": ", ".join(strange)})
    return removed
