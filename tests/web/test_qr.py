"""QR codes in a page: whole at whatever size a style sheet gives them."""

import re

import pytest

from baqylau.web.qr import svg

SHORT, LONG = "https://ashyq.example.org/kk/", "ABANDON " * 33


@pytest.mark.parametrize("text", [SHORT, LONG])
def test_a_code_has_no_size_of_its_own_so_that_none_of_it_is_cropped(text: str) -> None:
    code = svg(text, "x")
    tag = code[: code.index(">")]
    assert re.search(r'viewBox="0 0 (\d+) \1"', tag)
    assert "width=" not in tag
    assert "height=" not in tag


def test_a_code_passes_a_strict_content_policy() -> None:
    code = svg(SHORT, "x")
    assert "style=" not in code
    assert "data:" not in code


def test_the_border_is_white_around_the_same_modules() -> None:
    side = {border: int(svg(SHORT, "x", border).split('"0 0 ')[1].split()[0]) for border in (2, 4)}
    assert side[4] - side[2] == 2 * (4 - 2)


def test_a_title_cannot_bring_markup() -> None:
    assert "<b>" not in svg(SHORT, "<b>")


def test_a_short_text_is_no_micro_code_which_telephones_do_not_read() -> None:
    assert 'viewBox="0 0 29 29"' in svg("1", "x")
