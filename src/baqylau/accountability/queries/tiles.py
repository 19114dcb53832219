"""Published numbers on the tile map."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from baqylau.figures import showing
from baqylau.figures.queries.pages import Row
from baqylau.figures.rules.results import Answer, Estimate, Exact, Rounded
from baqylau.territories.queries import tiles
from baqylau.territories.rules import TileValue

LEVELS = 4
NONE = "–"
"""What stands on a tile that has no number."""


def _size(answer: Answer | None) -> float | None:
    match answer:
        case Exact(number) | Rounded(number):
            return number
        case Estimate(value):
            return value
        case _other:
            return None


def _short(answer: Answer) -> str:
    """A number that fits a tile: that it is rounded, the caption says."""
    match answer:
        case Exact(number) | Rounded(number):
            return showing.whole(number)
        case _other:
            return showing.short(answer)


def tile_values(rows: Sequence[Row]) -> dict[str, TileValue]:
    """Each district's number; deeper colour for more, none for what is not shown."""
    found = {row.value: row.answer for row in rows if row.value}
    most = max((_size(answer) or 0 for answer in found.values()), default=0) or 1
    return {unit.kato: _tile(unit.kato, found.get(unit.kato), most) for unit in tiles()}


def _tile(kato: str, answer: Answer | None, most: float) -> TileValue:
    url = reverse("district", args=[kato])
    size = _size(answer)
    if answer is None or size is None:
        return TileValue(NONE, _("too small to be shown alone"), url)
    level = min(LEVELS, 1 + int(size * LEVELS / (most * 1.0001)))
    return TileValue(_short(answer), showing.short(answer), url, level)
