"""What several pages of published numbers show alike: tables, and where a number comes from."""

from dataclasses import dataclass

from django.core.paginator import Page as Leaf
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import get_language

from baqylau.accountability import drawing, saying
from baqylau.accountability.queries.numbers import Page
from baqylau.accountability.queries.tables import PublishedTable, window_name
from baqylau.accountability.queries.tiles import tile_values
from baqylau.figures import showing
from baqylau.figures.models import Correction
from baqylau.figures.queries.pages import Row
from baqylau.figures.rules.answers import from_plain
from baqylau.figures.sheets import part_name
from baqylau.territories.rules import TileValue

LEAF = 50
"""Rows on a page of a long table."""


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table as a page draws it; `tiles` is the map instead of bars where it is by district."""

    code: str
    label: str
    when: str
    unit: str
    refused: str
    chart: SafeString
    chart_url: str
    rows: list[saying.Said]
    has_intervals: bool
    tiles: dict[str, TileValue]
    leaf: Leaf[Row] | None = None


def table_link(page: Page, table: PublishedTable) -> dict[str, object]:
    """Where a table stands alone, and what it is called."""
    return {
        "label": str(table.label),
        "when": window_name(table.window, page.closed.name),
        "url": reverse("number_table", args=[page.figure.code, page.closed.code, table.code]),
    }


def shown_table(
    page: Page, table: PublishedTable, *, request: HttpRequest | None = None
) -> ShownTable:
    """A published table; of a request the leaf that it asks for."""
    leaf = Paginator(table.rows, LEAF).get_page(request.GET.get("page")) if request else None
    rows = list(leaf) if leaf else table.rows
    args = [page.figure.code, page.closed.code, table.code]
    said = [saying.said_row(row) for row in rows]
    has_intervals = any(each.n for each in said)
    # A tile has no room for n and interval, without which no estimate is shown.
    is_map = table.dimension == "district" and not has_intervals
    return ShownTable(
        code=table.code,
        label=str(table.label),
        when=window_name(table.window, page.closed.name),
        unit=str(page.figure.unit),
        refused=str(showing.REASONS[table.refused]) if table.refused else "",
        chart=drawing.by_group(page, table),
        chart_url=reverse("table_chart", args=args),
        rows=said,
        has_intervals=has_intervals,
        tiles=tile_values(table.rows) if is_map else {},
        leaf=leaf,
    )


def provenance(request: HttpRequest, page: Page) -> dict[str, object]:
    """What fixes a number, what was corrected, and how it is cited."""
    closing = page.closed.closing
    args = [page.figure.code, page.closed.code]
    return {
        "closing": closing,
        "closed_on": localdate(closing.closed_at),
        "digest": " ".join(closing.digest[at : at + 8] for at in range(0, 64, 8)),
        "corrections": [
            {"part": part_name(number.cell), **_correction(made)}
            for number in page.corrected
            for made in number.corrections
        ],
        "here": request.build_absolute_uri(reverse("number", args=args)),
    }


def _correction(made: Correction) -> dict[str, object]:
    now = get_language() or "kk"
    reason = getattr(made, f"reason_{now[:2]}", "")
    return {
        "on": localdate(made.made_at),
        "old": showing.short(from_plain(made.old)),
        "new": showing.short(from_plain(made.new)),
        "reason": reason or made.reason_kk,
        "lang": "" if reason else "kk",
    }
