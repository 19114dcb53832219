"""A part that is measured again takes the place of its own rows alone."""

from typing import Any

from benchmarks.__main__ import renewed


def _table(scale: int, **rows: float | None) -> dict[str, Any]:
    found = [{"what": what, "measured": measured} for what, measured in rows.items()]
    return {"scale": scale, "short": False, "again": 0, "rows": found}


def _told(table: dict[str, Any]) -> list[tuple[str, float | None]]:
    return [(row["what"], row["measured"]) for row in table["rows"]]


def test_rows_keep_their_place_and_what_broke_then_is_gone() -> None:
    old = _table(10_000, disk=1.0, broken=None, seal=2.0)
    table = renewed(old, _table(10_000, seal=3.0, journal=4.0))
    assert _told(table) == [("disk", 1.0), ("seal", 3.0), ("journal", 4.0)]
    assert table["again"] == 2


def test_what_is_broken_now_is_said() -> None:
    table = renewed(_table(10_000, disk=1.0), _table(10_000, broken=None))
    assert _told(table) == [("disk", 1.0), ("broken", None)]


def test_sizes_are_not_mixed() -> None:
    new = _table(100_000, seal=3.0)
    assert renewed(_table(10_000, disk=1.0), new) == new
