"""A chart as a file of its own: colours as attributes, title above, source below.

A drawing in a page takes its colours from the style sheet. Alone it has none, so every class
becomes the attributes that it stands for: what opens the file needs no style and no script.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from baqylau.charts.drawing import LETTER, LINE, WIDTH, at, mark, words, wrapped

EDGE = 24
"""Air around the drawing."""
TITLE = 20
"""Letter size of the title."""
SMALL = 11
"""Letter size of the source."""
FONT = "'Noto Sans','Segoe UI',Roboto,'DejaVu Sans',sans-serif"
INK, SOFT, PAPER, ACT, OTHER = "#1d1a16", "#5c554b", "#fbf8f2", "#00595c", "#857b6b"
LOOKS: Mapping[str, Mapping[str, str]] = {
    "soft": {"fill": SOFT},
    "number": {"font-weight": "600"},
    "middle": {"text-anchor": "middle"},
    "bar": {"fill": ACT},
    "other": {"fill": OTHER},
    "pale": {"fill-opacity": ".45"},
    "axis": {"fill": "none", "stroke": INK},
    "whisker": {"fill": "none", "stroke": INK, "stroke-width": "1.5"},
    "line": {"fill": "none", "stroke": ACT, "stroke-width": "2"},
    "band": {"fill": ACT, "fill-opacity": ".18"},
    "dot": {"fill": ACT},
}
_CLASS = re.compile(r'(<[a-z]+(?: [a-z-]+="[^"<>]*")*?) class="([a-z ]+)"')
_SIZE = re.compile(r'viewBox="0 0 \d+ ([0-9.]+)"')


def _looks(found: re.Match[str]) -> str:
    """A class as the attributes that it stands for; a later class wins over an earlier one."""
    said: dict[str, str] = {}
    for name in found[2].split():
        said |= LOOKS.get(name, {})
    return found[1] + "".join(f' {name}="{value}"' for name, value in said.items())


def alone(chart: str, *, title: str, period: str, source: Sequence[str]) -> str:
    """A chart of this package as a whole SVG document. Raises: ValueError for what is none."""
    size = _SIZE.search(chart)
    if size is None:
        raise ValueError("not a chart of this package")
    head = list(_title(title))
    y: float = EDGE + TITLE + (len(head) - 1) * (TITLE + 4) + LINE + 6
    head.append(words(period, EDGE, y, "soft"))
    y += LINE
    inner = _CLASS.sub(_looks, chart).replace(
        "<svg",
        f'<svg x="{EDGE}" y="{at(y)}" width="{WIDTH}" height="{size[1]}" overflow="visible"',
        1,
    )
    y += float(size[1]) + LINE + 6
    foot = []
    for line in source:
        for part in wrapped(line, WIDTH * LETTER / SMALL):
            foot.append(
                mark("text", escape(part, quote=False), x=EDGE, y=y, font_size=SMALL, kind="soft")
            )
            y += SMALL + 5
    width, height = WIDTH + 2 * EDGE, y - SMALL + EDGE
    ground = mark("rect", x=0, y=0, width=width, height=height, fill=PAPER)
    above, below = (_CLASS.sub(_looks, part) for part in (ground + "".join(head), "".join(foot)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {at(height)}" '
        f'width="{2 * width}" height="{at(2 * height)}" fill="{INK}" font-size="{LETTER}" '
        f'font-family="{escape(FONT)}">{above}{inner}{below}</svg>\n'
    )


def _title(text: str) -> Iterator[str]:
    for place, line in enumerate(wrapped(text, WIDTH * LETTER / TITLE)):
        y = EDGE + TITLE + place * (TITLE + 4)
        yield mark("text", escape(line, quote=False), x=EDGE, y=y, font_size=TITLE)
