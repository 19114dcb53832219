"""Answers in words, in the language that is active."""

from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baqylau.figures.rules.results import (
    Answer,
    Estimate,
    Exact,
    Range,
    Rounded,
    Why,
    Withheld,
)
from baqylau.figures.rules.spans import Chosen, quarter_of
from baqylau.kernel.figures import Between, Days, Figure, Live, Share, Span
from baqylau.text import unbroken

SMALL_SHARE = 0.1
"""Below it, and above its complement, a share is said to a tenth of a per cent."""
REASONS = {
    Why.NOTHING: gettext_lazy("nothing to count"),
    Why.FEW: gettext_lazy("too few for a median: at least 6 are needed"),
    Why.SMALL: gettext_lazy("fewer than 10: not shown"),
    Why.NARROW: gettext_lazy(
        "The groups are too small: what would be hidden could be worked out from the rest."
    ),
    Why.CLOSED_QUARTERS: gettext_lazy(
        "Shown once the period is closed; by groups, once the quarter is closed."
    ),
    Why.OPENERS: gettext_lazy("Shown to those who may open the records."),
    Why.WHOLE_PERIODS: gettext_lazy("Counted for whole months, quarters and years only."),
}


def whole(number: float) -> str:
    """A whole number with its thousands set apart."""
    return str(number_format(round(number), decimal_pos=0, force_grouping=True))


def percent(share: float, like: float | None = None, *, sign: bool = True) -> str:
    """A share in per cent; with as many digits as that of `like` would have."""
    sample = share if like is None else like
    digits = 1 if min(sample, 1 - sample) < SMALL_SHARE else 0
    # Rounded here: Django's own formatting cuts the digits off.
    said = str(number_format(round(100 * share, digits), decimal_pos=digits))
    return _("%(number)s %%") % {"number": said} if sign else said


def short(answer: Answer) -> str:
    """The number alone, or what stands in its place."""
    match answer:
        case Exact(number):
            return whole(number)
        case Rounded(number):
            return _("about %(number)s") % {"number": whole(number)}
        case Range(low, high):
            return whole(low) if low == high else f"{whole(low)}–{whole(high)}"
        case Estimate() if answer.is_share:
            return percent(answer.value)
        case Estimate():
            return _("%(number)s days") % {"number": whole(answer.value)}
        case Withheld(why):
            return str(REASONS[why])


def interval(answer: Answer) -> str:
    """The interval of an estimate; "" for what is none."""
    if not isinstance(answer, Estimate):
        return ""
    if answer.is_share:
        low, high = (percent(end, answer.value, sign=False) for end in (answer.low, answer.high))
        return _("%(number)s %%") % {"number": f"{low}–{high}"}
    return f"{whole(answer.low)}–{whole(answer.high)}"


def count_behind(answer: Answer) -> str:
    """The n of an estimate; "" for what is none."""
    return whole(answer.n) if isinstance(answer, Estimate) else ""


def part_behind(answer: Answer) -> str:
    """How many a share counts; "" for what is none."""
    is_share = isinstance(answer, Estimate) and answer.is_share
    return whole(answer.part or 0) if is_share and isinstance(answer, Estimate) else ""


def name_of(chosen: Chosen) -> str:
    """The period in words."""
    year = chosen.first.year
    match chosen.span:
        case Span.MONTH:
            return date_format(chosen.first, "YEAR_MONTH_FORMAT")
        case Span.QUARTER:
            said = {"quarter": quarter_of(chosen.first), "year": year}
            return _("quarter %(quarter)s of %(year)s") % said
        case Span.YEAR:
            return _("the year %(year)s") % {"year": year}
        case _other:
            return _("all time")


def label_of(chosen: Chosen) -> str:
    """The period in a few signs, below its column."""
    year = f"{chosen.first.year % 100:02}"
    if chosen.span is Span.QUARTER:
        return f"{('I', 'II', 'III', 'IV')[quarter_of(chosen.first) - 1]}.{year}"
    return f"{chosen.first.month:02}.{year}"


def sentence(figure: Figure, answer: Answer, chosen: Chosen, today: date) -> str:
    """The answer as a whole sentence, no line of which breaks before a unit: of whom, how sure."""
    is_live = isinstance(figure.kind, Live)
    when = date_format(today, "DATE_FORMAT") if is_live else name_of(chosen)
    return sentence_of(figure, answer, when)


def sentence_of(figure: Figure, answer: Answer, when: str) -> str:
    """The same of a period that has its own name."""
    return unbroken(_sentence(figure, answer, when))


def _sentence(figure: Figure, answer: Answer, when: str) -> str:
    head = {"population": figure.population, "period": when}
    match answer:
        case Estimate() if answer.is_share:
            counted = figure.kind.counted if isinstance(figure.kind, Share) else ""
            return _share(answer, head | {"counted": counted})
        case Estimate():
            return _days(answer, head)
        case Range(low, high) if low != high:
            said = head | {"low": whole(low), "high": whole(high)}
            return _("%(population)s, %(period)s: at least %(low)s, at most %(high)s.") % said
        case _other:
            said = head | {"number": short(answer).rstrip(".")}
            return _("%(population)s, %(period)s: %(number)s.") % said


def _share(answer: Estimate, head: dict[str, object]) -> str:
    said = head | {
        "part": whole(answer.part or 0),
        "whole": whole(answer.n),
        "share": percent(answer.value),
        "low": percent(answer.low, answer.value),
        "high": percent(answer.high, answer.value),
    }
    if head["counted"]:
        sentence = _(
            "%(population)s, %(period)s: %(whole)s in all, %(counted)s %(part)s, that is "
            "%(share)s. Chance alone could have put the share anywhere from %(low)s to %(high)s."
        )
    else:
        sentence = _(
            "%(population)s, %(period)s: %(part)s of %(whole)s, that is %(share)s. Chance alone "
            "could have put the share anywhere from %(low)s to %(high)s."
        )
    return sentence % said


def _days(answer: Estimate, head: dict[str, object]) -> str:
    said = head | {
        "days": whole(answer.value),
        "low": whole(answer.low),
        "high": whole(answer.high),
        "number": whole(answer.n),
    }
    line = (
        _(
            "%(population)s, %(period)s: half of them took at most %(days)s days (n = %(number)s). "
            "Chance alone could have put this middle anywhere from %(low)s to %(high)s days."
        )
        % said
    )
    if answer.quartiles is None:
        return line
    first, third = map(whole, answer.quartiles)
    rest = _("A quarter took at most %(first)s days, three quarters at most %(third)s.")
    return f"{line} {rest % {'first': first, 'third': third}}"


def method(figure: Figure) -> str:
    """How the number is made, "" where counting is all there is to it."""
    said = [_method(figure)]
    if figure.has_public_records:
        said.append(_("Everybody can read its records, so every number is exact."))
    return " ".join(filter(None, said))


def _method(figure: Figure) -> str:
    match figure.kind:
        case Between(method=said):
            return str(said)
        case Share():
            return _("Share, with Wilson's interval at 95 per cent.")
        case Days():
            return _(
                "Median; its interval at 95 per cent comes from the order of the observations, and "
                "nothing is assumed about how they are spread. Beyond 60 days they are kept in "
                "steps of 5, beyond 180 of 30."
            )
        case _other:
            return ""
