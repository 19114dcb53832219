"""Opening hours: read from a line of text in three languages, kept as data, printed well.

Kept as a list of {"days": [1, 2, …], "from": "09:00", "until": "18:00", "break": ["13:00",
"14:00"]}; days count from Monday = 1; "break" may be missing; a day that is nowhere is closed.
"""

import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from baqylau.kernel.errors import DomainError

Spell = dict[str, Any]
DAYS = {
    1: ("дс", "дүй", "дүйсенбі", "пн", "понедельник", "mo", "mon", "monday"),
    2: ("сс", "сей", "сейсенбі", "вт", "вторник", "tu", "tue", "tuesday"),
    3: ("ср", "сәр", "сәрсенбі", "среда", "we", "wed", "wednesday"),
    4: ("бс", "бей", "бейсенбі", "чт", "четверг", "th", "thu", "thursday"),
    5: ("жм", "жұм", "жұма", "пт", "пятница", "fr", "fri", "friday"),
    6: ("сб", "сн", "сен", "сенбі", "суббота", "sa", "sat", "saturday"),
    7: ("жс", "жк", "жек", "жексенбі", "вс", "воскресенье", "su", "sun", "sunday"),
}
NAMES = {
    1: gettext_lazy("Monday"),
    2: gettext_lazy("Tuesday"),
    3: gettext_lazy("Wednesday"),
    4: gettext_lazy("Thursday"),
    5: gettext_lazy("Friday"),
    6: gettext_lazy("Saturday"),
    7: gettext_lazy("Sunday"),
}
SHORT = {
    1: pgettext_lazy("short day", "Mon"),
    2: pgettext_lazy("short day", "Tue"),
    3: pgettext_lazy("short day", "Wed"),
    4: pgettext_lazy("short day", "Thu"),
    5: pgettext_lazy("short day", "Fri"),
    6: pgettext_lazy("short day", "Sat"),
    7: pgettext_lazy("short day", "Sun"),
}
_BY_WORD = {word: day for day, words in DAYS.items() for word in words}
_TIME = r"([01]?\d|2[0-4])[:.]([0-5]\d)"
_SPAN = re.compile(rf"{_TIME}\s*-\s*{_TIME}")
_ROUND = "дс-жс 00:00-24:00"
_ALWAYS = {"24/7", "тәулік бойы", "круглосуточно", "round the clock"}
LIMIT = 200
"""Characters of a line of hours that are read."""


class HoursError(DomainError):
    """A line of hours that cannot be read."""

    code = "hours"


def read(text: str) -> list[Spell]:
    """Hours from a line such as «Дс–Жм 9:00–18:00, үзіліс 13:00–14:00; Сб 9:00–13:00».

    Empty text gives no hours. Raises: HoursError.
    """
    line = re.sub(r"[–—−]", "-", text.casefold()).strip()[:LIMIT]
    if line in _ALWAYS:
        line = _ROUND
    spells = [_spell(part.strip()) for part in line.split(";") if part.strip()]
    days = [day for spell in spells for day in spell["days"]]
    if len(days) != len(set(days)):
        raise HoursError(gettext_lazy("One day stands twice in the hours."))
    return spells


def _spell(part: str) -> Spell:
    spans = [_span(found) for found in _SPAN.finditer(part)]
    first = _SPAN.search(part)
    if first is None or len(spans) > 2:
        raise _unreadable(part)
    spell: Spell = {"days": _days(part[: first.start()])}
    spell["from"], spell["until"] = spans[0]
    if len(spans) == 2:
        if not spans[0][0] < spans[1][0] < spans[1][1] < spans[0][1]:
            raise HoursError(gettext_lazy("The break does not lie within the hours."))
        spell["break"] = list(spans[1])
    return spell


def _unreadable(part: str) -> HoursError:
    return HoursError(
        gettext_lazy("These hours cannot be read: “%(part)s”. Write: Mo-Fr 9:00-18:00."),
        params={"part": part[:60]},
    )


def _span(found: re.Match[str]) -> tuple[str, str]:
    start, end = (f"{int(found[at]):02}:{found[at + 1]}" for at in (1, 3))
    if not start < end <= "24:00":
        raise HoursError(gettext_lazy("The hours end before they begin."))
    return start, end


def _days(text: str) -> list[int]:
    """Days from «дс-жм», «пн, ср, пт», «mo-fr»; none named means Monday to Friday."""
    words = text.replace(":", " ").replace(".", " ").strip(" ,")
    days: list[int] = []
    for part in filter(None, re.split(r"[,\s]+", re.sub(r"\s*-\s*", "-", words))):
        ends = [_BY_WORD.get(word, 0) for word in part.split("-")]
        if 0 in ends or len(ends) > 2 or ends[0] > ends[-1]:
            raise _unreadable(text)
        days += range(ends[0], ends[-1] + 1)
    return sorted(set(days)) if days else [1, 2, 3, 4, 5]


def lines(spells: Sequence[Spell]) -> list[tuple[str, str]]:
    """Days and times for people, Monday first; the closed days stand last on one line."""
    rows = [(_named(spell["days"], NAMES), _times(spell)) for spell in _ordered(spells)]
    closed = sorted(set(NAMES) - {day for spell in spells for day in spell["days"]})
    return (
        [*rows, (_named(closed, NAMES), pgettext("opening hours", "closed"))]
        if rows and closed
        else rows
    )


def line(spells: Sequence[Spell]) -> str:
    """Hours on one line with short days, which `read` takes back."""
    rows = [f"{_named(spell['days'], SHORT)} {_times(spell)}" for spell in _ordered(spells)]
    return "; ".join(rows)


def _ordered(spells: Sequence[Spell]) -> list[Spell]:
    return sorted(spells, key=lambda spell: list(spell["days"]))


def _named(days: Sequence[int], names: dict[int, Any]) -> str:
    """Runs of three days and more are joined by a dash."""
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    parts = []
    for run in runs:
        several = [str(names[day]) for day in run]
        parts += [f"{several[0]}–{several[-1]}"] if len(run) > 2 else several
    text = ", ".join(parts)
    return text[:1].upper() + text[1:] if names is NAMES else text


def _times(spell: Spell) -> str:
    span = f"{_bare(spell['from'])}–{_bare(spell['until'])}"
    pause = spell.get("break")
    if not pause:
        return span
    between = f"{_bare(pause[0])}–{_bare(pause[1])}"
    return _("%(span)s, break %(pause)s") % {"span": span, "pause": between}


def _bare(time: str) -> str:
    return time.removeprefix("0")
