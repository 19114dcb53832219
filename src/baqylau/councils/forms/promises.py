"""What the registers of recommendations are asked for."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.casework.forms import BodyField
from baqylau.councils.forms.fields import offer
from baqylau.councils.queries.register import STANDS, Wanted
from baqylau.councils.taxonomy import PUBLIC_STATES
from baqylau.territories.labels import full_name
from baqylau.territories.models import Territory

LIMIT = 40


class RegisterForm(forms.Form):
    """What everybody may narrow the register to."""

    body = BodyField(
        label=_("Body"),
        required=False,
        max_length=200,
        help_text=_("Its name, or a part of it."),
    )
    district = forms.ChoiceField(label=_("District"), required=False)
    state = forms.ChoiceField(label=_("Where it stands"), required=False)
    overdue = forms.BooleanField(label=_("Only overdue ones"), required=False)

    def __init__(self, *args: Any, districts: Iterable[Territory], **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        units = [(unit.kato, full_name(unit)) for unit in districts]
        offer(self, "district", [("", _("all")), *units])
        offer(
            self, "state", [("", _("all")), *((each.value, each.label) for each in PUBLIC_STATES)]
        )

    def wanted(self, data: Mapping[str, str]) -> Wanted:
        """What was asked for; a wrong choice counts as none. `data` narrows further by code."""
        self.is_valid()
        chosen: dict[str, Any] = {
            name: self.cleaned_data.get(name) or "" for name in ("body", "district", "state")
        }
        chosen["overdue"] = bool(self.cleaned_data.get("overdue"))
        return Wanted(**chosen, **self.further(data))

    def further(self, data: Mapping[str, str]) -> dict[str, Any]:
        """What only an address asks for, never the form: the lists behind figures."""
        stand = data.get("stand", "")
        return {
            "council": data.get("council", "")[:LIMIT],
            "stand": stand if stand in STANDS else "",
            "first": read_day(data.get("from", "")),
            "until": read_day(data.get("until", "")),
        }


class DeskRegisterForm(RegisterForm):
    """What a colleague may narrow the register to."""

    whose = forms.ChoiceField(label=_("Whose"), required=False)

    field_order = ("whose", "body", "district", "state", "overdue")

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - as Django's own
        super().__init__(*args, **options)
        offered = [("", _("all")), ("mine", _("my own")), ("nobody", _("nobody's yet"))]
        offer(self, "whose", offered)

    def further(self, data: Mapping[str, str]) -> dict[str, Any]:
        """Whose they are as well: that is not public."""
        return {**super().further(data), "whose": self.cleaned_data.get("whose") or ""}


def read_day(text: str) -> date | None:
    """A day of an address; None for none."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
