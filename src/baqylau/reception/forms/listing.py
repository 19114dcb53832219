"""What the list of consultations is asked for."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from baqylau.casework.taxonomy import ContactKind
from baqylau.institutions.labels import name as place_name
from baqylau.institutions.models import ServicePoint
from baqylau.kernel.access import Actor
from baqylau.reception.queries.listing import Wanted
from baqylau.reception.taxonomy import Channel, Origin, Result
from baqylau.territories.labels import full_name
from baqylau.territories.models import Territory
from baqylau.web.forms import DayField

MINE: Final = "mine"
CODE_LIMIT: Final = 64
QUERY_LIMIT: Final = 200
CHOSEN: Final = ("room", "district", "kind", "language", "channel", "result", "origin")
SHOWN_FIRST: Final = ("q",)


def _fields() -> dict[str, forms.Field]:
    label = {
        "room": _("Room"),
        "author": _("Written by"),
        "kind": _("About"),
        "result": _("Result"),
        "district": _("District"),
        "language": _("Language"),
        "channel": _("How they came"),
        "origin": _("How it was written"),
    }
    days = {
        "from": DayField(label=_("First day"), required=False),
        "until": DayField(label=_("Last day"), required=False),
    }
    query = forms.CharField(label=_("Words of the answer"), required=False, max_length=QUERY_LIMIT)
    choices = {name: forms.ChoiceField(label=said, required=False) for name, said in label.items()}
    return {"q": query, **days, **choices}


class ListForm(forms.Form):
    """The filters; what cannot be read counts as not asked for.

    The day typed as the last one belongs to the list, as a person means it; `wanted` gives the
    half-open span.
    """

    def __init__(
        self,
        data: Mapping[str, str],
        *,
        rooms: Iterable[ServicePoint],
        districts: Iterable[Territory],
    ) -> None:
        super().__init__(data)
        self.fields.update(_fields())
        offered: dict[str, Iterable[tuple[str, Any]]] = {
            "room": [(room.code, str(place_name(room))) for room in rooms],
            "author": [(MINE, _("myself"))],
            "kind": ContactKind.choices,
            "result": Result.choices,
            "district": [(unit.kato, full_name(unit)) for unit in districts],
            "language": settings.LANGUAGES,
            "channel": Channel.choices,
            "origin": Origin.choices,
        }
        for name, choices in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("all")), *choices]
        self.is_valid()

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """The filters that stand above the list."""
        return [self[name] for name in SHOWN_FIRST]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """Those that open."""
        return [self[name] for name in self.fields if name not in SHOWN_FIRST]

    @property
    def is_more_asked(self) -> bool:
        """Whether one of those that open is used."""
        return any(self.cleaned_data.get(field.name) for field in self.more_fields)

    @property
    def query(self) -> str:
        """The words that are looked for."""
        return str(self.cleaned_data.get("q") or "")

    def wanted(self, actor: Actor) -> Wanted:
        """What was asked for, links of figures included: they name codes that no field offers."""
        said = {name: self._code(name) for name in (*CHOSEN, "service", "body")}
        author = self._code("author")
        return Wanted(
            first=self._day("from"),
            until=self._after("until"),
            author=actor.key if author == MINE else author,
            is_first=self.data.get("first") == "1",
            is_struck=self.data.get("struck") == "1",
            **said,
        )

    def _code(self, name: str) -> str:
        return str(self.data.get(name, ""))[:CODE_LIMIT]

    def _after(self, name: str) -> date | None:
        """The day after; none after the last that there is."""
        last = self._day(name)
        return last + timedelta(days=1) if last and last < date.max else None

    def _day(self, name: str) -> date | None:
        found = self.cleaned_data.get(name)
        return found if isinstance(found, date) else None
