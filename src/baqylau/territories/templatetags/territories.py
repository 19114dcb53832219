"""`{% tile_map values caption %}`, `{{ unit|unit_name }}`, `{{ unit|unit_full_name }}`."""

from collections.abc import Mapping

from django import template

from baqylau.territories import labels, queries
from baqylau.territories.models import Territory
from baqylau.territories.rules import SEAM, SIDE, TileValue, box, square

register = template.Library()
register.filter("unit_name", labels.name)
register.filter("unit_full_name", labels.full_name)


@register.inclusion_tag("territories/tile_map.html")
def tile_map(values: Mapping[str, TileValue], caption: str, heading: str) -> dict[str, object]:
    """The map with a value on each tile, and the same as a table.

    `values` leads from a unit's code to what its tile shows; a unit without a value is drawn
    without a number. `caption` says what the map shows, `heading` names the table's second column.
    """
    units = queries.tiles()
    width, height = box([(unit.column or 0, unit.row or 0) for unit in units])
    return {
        "caption": caption,
        "heading": heading,
        "side": SIDE,
        "inner_side": SIDE - 2 * SEAM,
        "width": width,
        "height": height,
        "tiles": [_tile(unit, values.get(unit.kato)) for unit in units],
        "rows": [
            (unit, values[unit.kato])
            for unit in sorted(units, key=lambda unit: getattr(unit, f"sort_{labels.language()}"))
            if unit.kato in values
        ],
    }


def _tile(unit: Territory, value: TileValue | None) -> dict[str, object]:
    shown = value or TileValue(number="", sentence="")
    full = labels.full_name(unit)
    return {
        "square": square(unit.column or 0, unit.row or 0, labels.name(unit)),
        "value": shown,
        "label": f"{full}: {shown.sentence}" if shown.sentence else full,
    }
