"""Charts: their structure, what they refuse, and that everything fits."""

import math
import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.charts.bars import Bar, bars
from baqylau.charts.drawing import MOST_LINES, WIDTH, width_of, wrapped
from baqylau.charts.series import Point, series

pytestmark = pytest.mark.once

NUMBERS = st.floats(0, 1e300) | st.integers(0, 10**18)
TEXTS = st.text(max_size=60)
LONG = "Мемлекеттік көрсетілетін қызметтердің сапасын бақылау жөніндегі департамент"


def _parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - our own drawing


def _numbers(root: ET.Element) -> list[float]:
    """Every coordinate of the drawing."""
    found = []
    for each in root.iter():
        for name in ("x", "y", "width", "height", "cx", "cy", "d", "points"):
            found += [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", each.get(name, ""))]
    return found


def _bars(*rows: Bar, **options: float) -> ET.Element:
    return _parsed(bars(rows, code="c", title="T", desc="D", **options))


def _series(*points: Point) -> ET.Element:
    return _parsed(series(points, code="c", title="T", desc="D"))


def test_a_chart_has_a_name_and_a_description() -> None:
    root = _bars(Bar("Тараз", 5, "5"))
    assert root.get("role") == "img"
    ids = {each.get("id"): each.text for each in root if each.get("id")}
    assert [ids[name] for name in root.get("aria-labelledby", "").split()] == ["T", "D"]


@pytest.mark.parametrize("code", ["", "Ж", "a b", '"><script>'])
def test_a_code_that_is_no_id_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="code"):
        bars([], code=code, title="", desc="")


def test_nothing_is_styled_in_the_drawing_itself() -> None:
    drawn = bars([Bar("a", 1, "1", 0, 2)], code="c", title="T", desc="D")
    drawn += series([Point("a", 1, "1", 0, 2)], code="c", title="T", desc="D")
    assert not re.search(r"style=|fill=|stroke=|<script|href", drawn)


def test_words_cannot_become_marks() -> None:
    text = bars([Bar("<b>&\"'", 1, "</svg>")], code="c", title="<i>", desc="&")
    root = _parsed(text)
    assert [each.text for each in root if each.tag == "text"] == ["<b>&\"'", "</svg>"]


def test_a_bar_twice_as_long_is_twice_as_much() -> None:
    rects = [each for each in _bars(Bar("a", 10, "10"), Bar("b", 5, "5")) if each.tag == "rect"]
    first, second = (float(each.get("width", "0")) for each in rects)
    assert first == pytest.approx(2 * second, abs=0.1)


def test_a_whisker_ends_where_the_interval_does() -> None:
    root = _bars(Bar("a", 0.5, "50 %", 0.25, 1.0), most=1)
    bar = next(each for each in root if each.tag == "rect")
    whisker = next(each for each in root if each.get("class") == "whisker")
    found = re.match(r"M([\d.]+) [\d.]+H([\d.]+)", whisker.get("d", ""))
    assert found
    width = float(bar.get("width", "0"))
    assert float(found[1]) == pytest.approx(width / 2, abs=0.1)
    assert float(found[2]) == pytest.approx(width * 2, abs=0.2)


def test_what_may_not_be_shown_has_words_in_its_place_and_no_bar() -> None:
    root = _bars(Bar("a", None, "fewer than 10"))
    assert not [each for each in root if each.tag == "rect"]
    assert "fewer than 10" in [each.text for each in root]


@given(st.lists(st.tuples(TEXTS, NUMBERS | st.none(), TEXTS.map(lambda t: t[:12])), max_size=12))
def test_any_bars_stay_inside_the_drawing(rows: list[tuple[str, float | None, str]]) -> None:
    readable = [
        (re.sub(r"[\x00-\x1f\ud800-\udfff\ufffe\uffff]", "", a), b, "1") for a, b, _c in rows
    ]
    root = _bars(*(Bar(*row) for row in readable))
    assert all(0 <= number <= max(WIDTH, 5_000) for number in _numbers(root))
    assert all(math.isfinite(number) for number in _numbers(root))


@pytest.mark.parametrize("number", [math.nan, math.inf, -1, -math.inf, 10**400])
def test_what_is_no_count_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="cannot show"):
        Bar("a", number, "")
    with pytest.raises(ValueError, match="cannot show"):
        Point("a", 1, "", 0, number)


@pytest.mark.parametrize("kind", [Bar, Point])
def test_half_an_interval_or_one_turned_round_is_refused(kind: type[Bar] | type[Point]) -> None:
    with pytest.raises(ValueError, match="two ends"):
        kind("a", 1, "1", low=0)
    with pytest.raises(ValueError, match="before it ends"):
        kind("a", 1, "1", low=2, high=1)


def test_a_long_kazakh_name_is_set_in_lines_that_fit_a_telephone() -> None:
    lines = wrapped(LONG, WIDTH)
    assert len(lines) > 1
    assert all(width_of(line) <= WIDTH for line in lines)
    assert " ".join(lines) == LONG


@given(st.text(max_size=400), st.floats(40, 400))
def test_any_text_is_set_in_few_lines_that_fit(text: str, width: float) -> None:
    lines = wrapped(text, width)
    assert 1 <= len(lines) <= MOST_LINES
    assert all(width_of(line) <= width for line in lines)


def test_months_without_intervals_are_columns() -> None:
    root = _series(Point("қаң", 3, "3"), Point("ақп", 6, "6", is_chosen=True))
    kinds = [each.get("class") for each in root if each.tag == "rect"]
    assert kinds == ["bar other", "bar"]


def test_months_with_intervals_are_a_line_in_its_band_and_a_gap_stays_a_gap() -> None:
    with_band = [Point(str(n), 0.5, "50 %", 0.4, 0.6) for n in range(3)]
    root = _series(*with_band, Point("3", None), *with_band[:2])
    assert len([each for each in root if each.tag == "polygon"]) == 2
    assert len([each for each in root if each.tag == "circle"]) == 5


def test_a_range_without_a_middle_is_a_band_alone() -> None:
    root = _series(Point("1", None, "3-5", 3, 5), Point("2", None, "4-9", 4, 9))
    assert [each.tag for each in root].count("polygon") == 1
    assert not [each for each in root if each.get("class") == "line"]


def test_the_highest_and_the_last_number_are_written_beside_their_points() -> None:
    values = [3, 90, *[4] * 10]
    root = _series(*(Point(str(n), value, str(value)) for n, value in enumerate(values)))
    assert [e.text for e in root if e.get("class") == "number middle"] == ["90", "4"]


@given(st.lists(st.tuples(NUMBERS | st.none(), st.booleans()), max_size=60))
def test_any_series_stays_inside_the_drawing(values: list[tuple[float | None, bool]]) -> None:
    points = [
        Point("қараша", value, "1", *((0, value) if is_wide and value is not None else ()))
        for value, is_wide in values
    ]
    root = _series(*points)
    assert all(-5 <= number <= WIDTH + 5 for number in _numbers(root))


def test_labels_below_never_cover_each_other() -> None:
    root = _series(*(Point(f"{n:02}.2026", n, str(n)) for n in range(36)))
    soft = [each for each in root if each.get("class") == "soft middle"]
    places = [float(each.get("x", "0")) for each in soft]
    assert min(b - a for a, b in pairwise(places)) >= width_of("00.2026")


@given(st.lists(st.floats(0, 1), min_size=2, max_size=24))
def test_no_number_lies_on_the_line(values: list[float]) -> None:
    root = _series(*(Point(str(n), v, "100,0 %", 0, 1) for n, v in enumerate(values)))
    path = next(each for each in root.iter() if each.get("class") == "line")
    spots = [
        tuple(map(float, pair.split())) for pair in path.attrib["d"].removeprefix("M").split("L")
    ]
    for text in root.iter():
        if text.get("class") != "number middle":
            continue
        x, foot = float(text.attrib["x"]), float(text.attrib["y"])
        half = width_of("100,0 %", is_bold=True) / 2
        for (left, start), (right, end) in pairwise(spots):
            for part in range(21):
                at_x = left + (right - left) * part / 20
                at_y = start + (end - start) * part / 20
                if abs(at_x - x) <= half:
                    assert not foot - 10 < at_y < foot, (text.text, at_x, at_y)
