"""Names and addresses in the language that is active, with what stands in for a missing one."""

from dataclasses import dataclass

from baqylau.institutions.models import Institution, ServicePoint
from baqylau.territories.labels import language


@dataclass(frozen=True, slots=True)
class Said:
    """A text and the language that it is in, for the page's `lang`; "" when it is the page's."""

    text: str
    lang: str = ""

    def __str__(self) -> str:
        return self.text


def _said(of: Institution | ServicePoint, field: str, order: tuple[str, ...]) -> Said:
    now = language()
    for code in (now, *order):
        text = str(getattr(of, f"{field}_{code}", ""))
        if text:
            return Said(text, "" if code == now else code)
    return Said("")


def name(of: Institution | ServicePoint) -> Said:
    """The name; a missing Russian or English one is the Kazakh one."""
    return _said(of, "name", ("kk",))


def address(of: Institution | ServicePoint) -> Said:
    """The address; English readers get the Kazakh one, which is on the walls."""
    return _said(of, "address", ("kk", "ru"))


def note(of: ServicePoint) -> Said:
    """The remark about a point."""
    return _said(of, "note", ("kk", "ru"))
