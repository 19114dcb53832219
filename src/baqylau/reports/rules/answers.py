"""What a reporter has answered, as it stands inside the first sealed item and in the name's item.

Everything is optional: "" is what somebody would rather not say.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from baqylau.reports.rules.contents import dumped, loaded

VERSION: Final = 1
"""Of the form: a later one may ask other things."""


@dataclass(frozen=True, slots=True, repr=False)
class Answers:
    """The first item of a report.

    `stage`, `conduct`, `bribe` and `amount` are codes of `taxonomy`; `district` a KATO code;
    `institution` and `avoid` codes of institutions; `office` and `avoid_words` are their names as
    they were typed; `month` is "2026-05", or "2026" when only the year was said. `language` is the
    page's; `assisted` says that a colleague typed it for the reporter.
    """

    stage: str = ""
    conduct: str = ""
    bribe: str = ""
    amount: str = ""
    district: str = ""
    institution: str = ""
    office: str = ""
    service: str = ""
    month: str = ""
    story: str = ""
    avoid: tuple[str, ...] = ()
    avoid_words: str = ""
    language: str = "kk"
    assisted: bool = False

    def dumped(self) -> bytes:
        """As it is sealed."""
        return dumped({**asdict(self), "version": VERSION})


@dataclass(frozen=True, slots=True, repr=False)
class Name:
    """Who the reporter is, for custodians alone: name, telephone, how and when to reach safely."""

    name: str = ""
    phone: str = ""
    reach: str = ""

    @property
    def is_given(self) -> bool:
        """Whether anything was said."""
        return bool(self.name or self.phone or self.reach)

    def dumped(self) -> bytes:
        """As it is sealed: there is one of each report, given or not."""
        return dumped({**asdict(self), "version": VERSION})


def read_answers(content: bytes) -> Answers:
    """The answers from an opened item; what an older form did not ask is not said."""
    return Answers(**_known(Answers, loaded(content)))


def read_name(content: bytes) -> Name:
    """The name from an opened item."""
    return Name(**_known(Name, loaded(content)))


def _known(kind: type, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that the form of today knows; lists become tuples."""
    names = {field.name for field in fields(kind)}
    found = {name: value for name, value in values.items() if name in names}
    return {key: tuple(one) if isinstance(one, list) else one for key, one in found.items()}
