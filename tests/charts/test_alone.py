"""A chart alone needs no style sheet."""

import re
import xml.etree.ElementTree as ET

import pytest

from baqylau.charts.alone import LOOKS, alone
from baqylau.charts.bars import Bar, bars
from baqylau.charts.series import Point, series

SOURCE = ("Азаматтық бақылау", "http://example.kz/numbers/")
BARS = bars(
    [Bar("Тараз", 0.6, "60 %", 0.4, 0.8), Bar('class="bar"', None, "–")],
    code="a",
    title="Т",
    desc="d",
)
LINE = series(
    [Point("I", 0.5, "50 %", 0.4, 0.6), Point("II", 0.6, "60 %", 0.5, 0.7, is_chosen=True)],
    code="b",
    title="Т",
    desc="d",
)


def parsed(drawing: str | bytes) -> ET.Element:
    """The drawing as XML."""
    return ET.fromstring(drawing)  # noqa: S314 - our own drawing


@pytest.mark.parametrize("chart", [BARS, LINE])
def test_every_class_becomes_attributes(chart: str) -> None:
    document = alone(chart, title="Кеңестер", period="2026", source=SOURCE)
    root = parsed(document)
    assert not [each for each in root.iter() if "class" in each.attrib]
    kinds = set(re.findall(r"[a-z]+", " ".join(re.findall(r'<\w[^<>]* class="([a-z ]+)"', chart))))
    assert kinds - {"chart"} <= set(LOOKS)


def test_a_later_class_wins() -> None:
    document = alone(LINE, title="Т", period="2026", source=SOURCE)
    fills = re.findall(r'<circle fill="(#\w+)"', document)
    assert fills == [LOOKS["other"]["fill"], LOOKS["dot"]["fill"]]


def test_words_that_look_like_markup_stay_words() -> None:
    document = alone(BARS, title='<i class="bar">', period="&", source=('"a" class="dot"',))
    root = parsed(document)
    words = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert 'class="bar"' in words
    assert '<i class="bar">' in words
    assert '"a" class="dot"' in words


def test_a_long_title_takes_more_lines_and_pushes_the_chart_down() -> None:
    short = parsed(alone(BARS, title="Т", period="2026", source=SOURCE))
    long = parsed(alone(BARS, title="Тараз " * 12, period="2026", source=SOURCE))
    assert float(long.attrib["height"]) > float(short.attrib["height"])


def test_what_is_no_chart_is_refused() -> None:
    with pytest.raises(ValueError, match="not a chart"):
        alone("<svg></svg>", title="Т", period="2026", source=SOURCE)
