"""What somebody asked of a data set, checked against its fields."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from django.utils.translation import gettext_lazy as _

from baqylau.accountability.rules.tables import plain, spelled
from baqylau.kernel.datasets import Dataset, Field, Row, Scalar, Type
from baqylau.kernel.errors import DomainError

PATTERNS: Mapping[Type, str] = {
    Type.STRING: r"[^\x00-\x1f]{0,80}",
    Type.INTEGER: r"-?[0-9]{1,18}",
    Type.NUMBER: r"-?[0-9]{1,18}(\.[0-9]{1,18})?",
    Type.BOOLEAN: r"true|false",
    Type.DATE: r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]",
    Type.DATETIME: r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z",
}
"""What may be asked for where a field says nothing of its own."""


class AskedError(DomainError):
    """Something that cannot be asked."""

    code = "asked"


def pattern_of(field: Field) -> str:
    """What a value that is asked for fits as a whole."""
    if field.choices:
        return "|".join(re.escape(choice) for choice in field.choices)
    return field.pattern or PATTERNS[field.type]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def read_asked(dataset: Dataset, given: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The values asked for by field. Raises: AskedError."""
    found = {}
    for name, values in given.items():
        params = {"name": name[:40], "names": ", ".join(dataset.asked)}
        if name not in dataset.asked:
            raise AskedError(
                _("“%(name)s” cannot be asked for here; these can: %(names)s."), params=params
            )
        if len(values) != 1:
            raise AskedError(_("“%(name)s” is asked for more than once."), params=params)
        if not _compiled(pattern_of(dataset.field(name))).fullmatch(values[0]):
            raise AskedError(
                _("“%(name)s” cannot be “%(value)s”: see the dictionary on the page of open data."),
                params={**params, "value": values[0][:40]},
            )
        found[name] = values[0]
    return found


def fits(dataset: Dataset, row: Row, asked: Mapping[str, str]) -> bool:
    """Whether a row is what was asked for."""
    return all(
        _text(row[place]) == asked[name]
        for place, name in enumerate(dataset.names)
        if name in asked
    )


def _text(value: Scalar) -> str:
    return value if isinstance(value, str) else spelled(plain(value))
