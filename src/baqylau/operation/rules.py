"""What is decided without asking anybody: versions, names, room on a disk."""

import re
from pathlib import PurePosixPath

_MEMBER = re.compile(
    r"db/(default|sealed)\.(sqlite3|dump)|settings/baqylau\.toml|files/[\w.-]+(/[\w.-]+)*"
)


def is_newer(one: str, other: str) -> bool:
    """Whether version `one` comes after `other`; both are numbers with dots."""
    return _numbers(one) > _numbers(other)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def is_member(name: str) -> bool:
    """Whether an archive may hold a file of this name: no way leads out of its folder."""
    return bool(_MEMBER.fullmatch(name)) and ".." not in PurePosixPath(name).parts


def has_room(free: int, needed: int) -> bool:
    """Whether the bytes fit with a tenth to spare."""
    return free >= needed + needed // 10


def megabytes(size: int) -> int:
    """Whole megabytes, rounded up, for a sentence."""
    return -(-size // 1_000_000)
