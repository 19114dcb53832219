"""What is decided without asking anybody: versions, names, room on a disk."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath

_MEMBER = re.compile(
    r"db/(default|sealed)\.(sqlite3|dump)|settings/baqylau\.toml|keys/[a-z]+\.key\.age|files/[\w.-]+(/[\w.-]+)*"
)


def is_newer(one: str, other: str) -> bool:
    """Whether version `one` comes after `other`; both are numbers with dots."""
    return _numbers(one) > _numbers(other)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def is_member(name: str) -> bool:
    """Whether an archive may hold a file of this name: no way leads out of its folder."""
    return bool(_MEMBER.fullmatch(name)) and ".." not in PurePosixPath(name).parts


def with_spare(needed: int) -> int:
    """The bytes that must be free so that so many fit with a tenth to spare."""
    return needed + needed // 10


def megabytes(size: int) -> int:
    """Whole megabytes, rounded up, for a sentence."""
    return -(-size // 1_000_000)


_STAMP = "%Y%m%d-%H%M%S"


def archive_name(site: str, moment: datetime) -> str:
    """What an archive is called: whose it is, and when it was made (UTC)."""
    return f"baqylau-{site}-{moment.astimezone(UTC):{_STAMP}}.age"


def erasures_name(site: str) -> str:
    """What the list of erasures beside the archives is called."""
    return f"baqylau-{site}-erased.txt"


def key_name(site: str, public: str) -> str:
    """What the backup key's secret behind its passphrase is called beside the archives."""
    return f"baqylau-{site}-key-{short(public)}.age"


def short(public: str) -> str:
    """Eight letters of an age public key: enough to tell one's own keys apart."""
    return public.removeprefix("age1")[:8]


def own_archives(names: Iterable[str], site: str) -> dict[str, datetime]:
    """When each of a site's archives was made, by name; other names are nobody's business."""
    shape = re.compile(rf"baqylau-{re.escape(site)}-(\d{{8}}-\d{{6}})\.age", re.ASCII)
    found = {}
    for name in names:
        match = shape.fullmatch(name)
        moment = _moment(match[1]) if match else None
        if moment:
            found[name] = moment
    return found


def _moment(stamp: str) -> datetime | None:
    try:
        return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def expired(made: Mapping[str, datetime], now: datetime, days: int) -> list[str]:
    """Archives that are older than so many days, the oldest first; never the newest.

    What is dated ahead of `now` does not count at all: neither as old nor as the newest.
    """
    past = {name: moment for name, moment in made.items() if moment <= now}
    newest = max(past, key=lambda name: past[name], default="")
    limit = timedelta(days=days)
    old = [name for name, moment in past.items() if name != newest and now - moment > limit]
    return sorted(old, key=lambda name: past[name])


def is_after(made_at: str, now: datetime) -> bool:
    """Whether an archive says that it was made on a day to come; False for what is no moment."""
    try:
        return datetime.fromisoformat(made_at).date() > now.date()
    except ValueError:
        return False


def ahead(made: Mapping[str, datetime], now: datetime) -> list[str]:
    """Archives that are dated after today: a clock was wrong, then or now."""
    return sorted(name for name, moment in made.items() if moment.date() > now.date())
