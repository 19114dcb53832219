"""What every chart is made of: checked numbers, wrapped words, escaped marks."""

import math
import re
from collections.abc import Iterable
from html import escape

WIDTH = 344
LETTER = 14
"""The letter size."""
LINE = 18
"""From one line of text to the next."""
MEAN = 0.58
"""Width of an average letter, Kazakh ones included, in parts of the letter size."""
BOLD = 0.68
"""The same for numbers, which are bold."""
MOST_LINES = 3
_CODE = re.compile(r"[a-z][a-z0-9_-]*")


def checked(*numbers: float | None) -> None:
    """Refuse what no chart can show. Raises: ValueError for NaN, the infinite and the negative."""
    for number in numbers:
        if number is None:
            continue
        try:
            is_fit = math.isfinite(number) and number >= 0
        except OverflowError:
            is_fit = False
        if not is_fit:
            raise ValueError(f"a chart cannot show {number!r}"[:80])


def width_of(text: str, *, is_bold: bool = False) -> float:
    """Roughly how wide a line of text is."""
    return len(text) * LETTER * (BOLD if is_bold else MEAN)


def wrapped(text: str, width: float) -> list[str]:
    """Lines of text that fit; a word that is too long is broken, what is too much is cut off."""
    most = max(4, int(width / (LETTER * MEAN)))
    lines = [""]
    for word in text.split():
        pieces = [word[start : start + most] for start in range(0, len(word), most)]
        for piece in pieces:
            joined = f"{lines[-1]} {piece}".strip()
            if len(joined) <= most:
                lines[-1] = joined
            else:
                lines.append(piece)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1][: most - 1]}…"]
    return lines


def at(number: float) -> str:
    """A coordinate, to a tenth."""
    return f"{number:.1f}".removesuffix(".0")


def mark(name: str, content: str = "", **attributes: str | float) -> str:
    """An element; `kind` becomes its class, underscores in names become hyphens."""
    said = []
    for key, value in attributes.items():
        attribute = "class" if key == "kind" else key.replace("_", "-")
        text = value if isinstance(value, str) else at(value)
        said.append(f' {attribute}="{escape(text)}"')
    return f"<{name}{''.join(said)}>{content}</{name}>"


def words(text: str, x: float, y: float, kind: str = "") -> str:
    """A line of text."""
    chosen = {"kind": kind} if kind else {}
    return mark("text", escape(text, quote=False), x=x, y=y, **chosen)


def svg(parts: Iterable[str], height: float, *, code: str, title: str, desc: str) -> str:
    """The whole drawing, with its name and description for those who do not see it.

    `code` makes its ids differ from those of other drawings of the page. Raises: ValueError.
    """
    if not _CODE.fullmatch(code):
        raise ValueError("a chart's code is small letters, digits and hyphens")
    head = mark("title", escape(title, quote=False), id=f"{code}-t")
    head += mark("desc", escape(desc, quote=False), id=f"{code}-d")
    return mark(
        "svg",
        head + "".join(parts),
        kind="chart",
        viewBox=f"0 0 {WIDTH} {at(height)}",
        role="img",
        aria_labelledby=f"{code}-t {code}-d",
    )
