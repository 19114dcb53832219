"""The only source of the present moment. Rules never ask: they are told."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _frozen.get() or datetime.now(UTC)


def today(zone: str = "Asia/Almaty") -> date:
    """Today's date in the zone, which is named and never an offset: offsets change by law."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Hold the clock at an aware moment for the block: for training years and tests.

    Raises: ValueError when the moment is naive.
    """
    if moment.tzinfo is None:
        raise ValueError("a frozen moment needs a time zone")
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)
