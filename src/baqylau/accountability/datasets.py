"""The room's own data sets: every column with its sentence."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from baqylau.accountability.queries import rows
from baqylau.accountability.rules.answers import KINDS
from baqylau.figures.models import Window
from baqylau.figures.models.closings import CLOSED_SPANS
from baqylau.figures.rules.results import Why
from baqylau.kernel.datasets import Dataset, Field, Reference, Type
from baqylau.territories.models import Level

PERIOD = r"[12][0-9]{3}(-(Q[1-4]|0[1-9]|1[0-2]))?"
CODE = r"[a-z][a-z0-9_.]{0,47}"
VALUE = r"[A-Za-z0-9_.:*-]{0,48}"
HEX = r"[0-9a-f]{64}"

LANGUAGE_NOTES = {
    "kk": _("In Kazakh."),
    "ru": _("In Russian."),
    "en": _("In English."),
}


def _spoken(name: str) -> Iterator[Field]:
    """A text in three languages is three columns."""
    for language, sentence in LANGUAGE_NOTES.items():
        yield Field(f"{name}_{language}", Type.STRING, sentence)


_PLACE: Sequence[Field] = (
    Field(
        "period",
        Type.STRING,
        _("The closed period: 2026-10 a month, 2026-Q4 a quarter, 2026 a year."),
        is_required=True,
        pattern=PERIOD,
    ),
    Field(
        "figure",
        Type.STRING,
        _("The code of what is counted; explained in the data set “figures”."),
        is_required=True,
        pattern=CODE,
    ),
    Field(
        "window",
        Type.STRING,
        _("Over which days: “own” the period itself, “four” the four quarters that end with it."),
        is_required=True,
        choices=Window.values,
    ),
    Field(
        "dimension",
        Type.STRING,
        _("By what it is taken apart; empty: the whole."),
        pattern=r"[a-z_]{0,24}",
    ),
    Field(
        "value",
        Type.STRING,
        _(
            "Which part; named in the data set “values”. Empty: not stated, or the whole. *: parts "
            "too small to be shown alone, together."
        ),
        pattern=VALUE,
    ),
)
_PLACE_KEY = ("period", "figure", "window", "dimension", "value")
_PLACE_REFERS = (Reference("period", "closings"), Reference("figure", "figures"))

CELLS = Dataset(
    code="cells",
    label=_("Published numbers"),
    sentence=_(
        "Every number of every closed period: as it is now, and as it was when the period was "
        "closed. A row is a number, never a person and never a talk."
    ),
    fields=(
        *_PLACE,
        Field(
            "together",
            Type.INTEGER,
            _("How many parts the row stands for, where value is *; else 0."),
            is_required=True,
        ),
        Field(
            "kind",
            Type.STRING,
            _(
                "exact: a count as it is; rounded: to the nearest 5; range: somewhere between low "
                "and high; share, days: an estimate with its interval; withheld: no number."
            ),
            is_required=True,
            choices=KINDS,
        ),
        Field(
            "number",
            Type.NUMBER,
            _("The count; the share from 0 to 1; the median."),
            unit=_("the figure's own; days for “days”"),
        ),
        Field("low", Type.NUMBER, _("The lower end of the range or of the interval at 95 %.")),
        Field("high", Type.NUMBER, _("The upper end of the range or of the interval at 95 %.")),
        Field("n", Type.INTEGER, _("How many an estimate rests on.")),
        Field("part", Type.INTEGER, _("How many of n a share counts.")),
        Field(
            "lower_quarter", Type.NUMBER, _("A quarter of them took at most so long."), _("days")
        ),
        Field("upper_quarter", Type.NUMBER, _("Three quarters took at most so long."), _("days")),
        Field(
            "is_rounded",
            Type.BOOLEAN,
            _("Whether it is rounded to 5, or computed from rounded counts."),
            is_required=True,
        ),
        Field(
            "why",
            Type.STRING,
            _(
                "Why there is no number. nothing: nothing to count; few: too few for a median; "
                "small: below 10; narrow: what is hidden could be worked out from the rest."
            ),
            choices=tuple(Why),
        ),
        Field(
            "corrections",
            Type.INTEGER,
            _("How often the number was corrected since the period was closed."),
            is_required=True,
        ),
        Field(
            "closed",
            Type.STRING,
            _("The number as it was when the period was closed, in the form that was signed."),
            is_required=True,
        ),
    ),
    rows=rows.cells,
    key=_PLACE_KEY,
    asked=_PLACE_KEY,
    refers=_PLACE_REFERS,
    order=10,
)

CORRECTIONS = Dataset(
    code="corrections",
    label=_("Corrections of numbers"),
    sentence=_("Published numbers that were wrong: what they were, what they are, and why."),
    fields=(
        *_PLACE,
        Field("number", Type.INTEGER, _("From 1 on for each number."), is_required=True),
        Field("made_at", Type.DATETIME, _("When it was corrected, UTC."), is_required=True),
        Field("old", Type.STRING, _("What it was, in the form that was signed."), is_required=True),
        Field("new", Type.STRING, _("What it is, in the same form."), is_required=True),
        *_spoken("reason"),
    ),
    rows=rows.corrections,
    key=(*_PLACE_KEY, "number"),
    asked=("period", "figure"),
    refers=_PLACE_REFERS,
    order=20,
)

CLOSINGS = Dataset(
    code="closings",
    label=_("Closed periods"),
    sentence=_(
        "When each period was closed, the digest of its numbers, and the signature over it and "
        "the journal's last line."
    ),
    fields=(
        _PLACE[0],
        Field("span", Type.STRING, _("month, quarter or year."), choices=CLOSED_SPANS),
        Field("first_on", Type.DATE, _("Its first day."), is_required=True),
        Field("until_on", Type.DATE, _("The first day after it."), is_required=True),
        Field("closed_at", Type.DATETIME, _("When it was closed, UTC."), is_required=True),
        Field("cells", Type.INTEGER, _("How many numbers were published."), is_required=True),
        Field(
            "journal_number",
            Type.INTEGER,
            _("The journal's last line that was counted."),
            is_required=True,
        ),
        Field("journal_digest", Type.STRING, _("The digest of that line."), pattern=HEX),
        Field("digest", Type.STRING, _("SHA-256 of the numbers."), pattern=HEX),
        Field("key", Type.STRING, _("The public key (Ed25519)."), pattern=HEX),
        Field("signature", Type.STRING, _("The signature."), pattern=r"[0-9a-f]{128}"),
    ),
    rows=rows.closings,
    key=("period",),
    asked=("period", "span"),
    order=30,
)

FIGURES = Dataset(
    code="figures",
    label=_("What is counted"),
    sentence=_("The definition of each number: what, of whom, in which unit, how."),
    fields=(
        Field("figure", Type.STRING, _("Its code."), is_required=True, pattern=CODE),
        Field("since", Type.DATE, _("The first day of the first period with it.")),
        Field("kind", Type.STRING, _("count, share, days, between or live; empty: not known now.")),
        *_spoken("label"),
        *_spoken("sentence"),
        *_spoken("population"),
        *_spoken("unit"),
        *_spoken("method"),
        Field("dimensions", Type.STRING, _("By what it is published, codes with spaces between.")),
    ),
    rows=rows.definitions,
    key=("figure",),
    asked=("figure",),
    order=40,
)

VALUES = Dataset(
    code="values",
    label=_("Names of the parts"),
    sentence=_("What the codes in “value” are called: districts, bodies, services, outcomes."),
    fields=(
        Field("dimension", Type.STRING, _("By what."), is_required=True, pattern=r"[a-z_]{1,24}"),
        Field("value", Type.STRING, _("The code; empty: not stated."), pattern=VALUE),
        *_spoken("name"),
    ),
    rows=rows.values,
    key=("dimension", "value"),
    asked=("dimension", "value"),
    order=50,
)

TERRITORIES = Dataset(
    code="territories",
    label=_("Territories"),
    sentence=_("Districts and cities with their codes of the national classifier (KATO)."),
    fields=(
        Field("kato", Type.STRING, _("The code."), is_required=True, pattern=r"[0-9]{9}"),
        Field("level", Type.STRING, _("How large it is."), choices=Level.values),
        Field("parent", Type.STRING, _("The unit in which it lies.")),
        *_spoken("name"),
        *_spoken("full"),
        Field("column", Type.INTEGER, _("Its place on the tile map, from the west.")),
        Field("row", Type.INTEGER, _("Its place on the tile map, from the north.")),
        Field("first_on", Type.DATE, _("Since when it exists; empty: always, as far as we know.")),
        Field("until_on", Type.DATE, _("The first day after its end; empty: it exists.")),
    ),
    rows=rows.territories,
    key=("kato",),
    asked=("kato", "level"),
    order=60,
)

DATASETS = (CELLS, CORRECTIONS, CLOSINGS, FIGURES, VALUES, TERRITORIES)
