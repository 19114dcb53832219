"""Coverage as people read it: rows of tables and the values of the map."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from baqylau.institutions.models import Kind, Ownership
from baqylau.outreach.queries.coverage import Over
from baqylau.outreach.queries.words import district_names
from baqylau.outreach.rules.coverage import Coverage, Tally
from baqylau.territories.rules import TileValue


@dataclass(frozen=True, slots=True)
class Row:
    """A row: what it is about, and where those that were not reached are listed."""

    code: str
    name: str
    tally: Tally
    url: str = ""

    @property
    def percent(self) -> str:
        """As it is shown: never without the numbers that it is made of."""
        return percent(self.tally)


def percent(tally: Tally) -> str:
    """A whole number of percent; "" of nothing."""
    if tally.percent is None:
        return ""
    return _("%(number)s %%") % {"number": tally.percent}


def sentence(tally: Tally) -> str:
    """So many of so many."""
    told = {"reached": tally.reached, "all": tally.all, "percent": percent(tally)}
    return _("%(reached)s of %(all)s, %(percent)s") % told


def query(over: Over, **more: str) -> str:
    """The question as the end of an address, with its mark; "" for all time and any campaign."""
    asked: dict[str, Any] = {"year": over.year or ""}
    asked |= {"campaign": over.campaign.code if over.campaign else "", **more}
    kept = {name: value for name, value in asked.items() if value}
    return f"?{urlencode(kept)}" if kept else ""


def by_district(found: Coverage, over: Over, url_name: str = "reached_district") -> list[Row]:
    """The districts of the register in alphabetical order."""
    tallies = found.by_district()
    return [
        Row(code, name, tallies[code], reverse(url_name, args=[code]) + query(over))
        for code, name in district_names(tallies).items()
    ]


def by_kind(found: Coverage) -> list[Row]:
    """The kinds that the register has, in the order of the list of kinds."""
    return _labelled(Kind.choices, found.by_kind())


def by_ownership(found: Coverage) -> list[Row]:
    """State and private."""
    return _labelled(Ownership.choices, found.by_ownership())


def _labelled(choices: Iterable[tuple[str, Any]], tallies: Mapping[str, Tally]) -> list[Row]:
    return [Row(code, str(label), tallies[code]) for code, label in choices if code in tallies]


def tiles(found: Coverage, over: Over) -> dict[str, TileValue]:
    """How many were reached in each district; deeper colour for a larger part of all."""
    return {
        code: TileValue(
            number=str(tally.reached),
            sentence=sentence(tally),
            url=reverse("reached_district", args=[code]) + query(over),
            level=tally.level,
        )
        for code, tally in found.by_district().items()
    }
