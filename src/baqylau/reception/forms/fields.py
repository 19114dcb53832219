"""Fields that several forms of the desk share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baqylau.casework.forms import BodyField
from baqylau.institutions.queries import Wanted, listing
from baqylau.kernel import clock

OFFERED = 12
"""Bodies that are offered when a name fits several."""


class Later(forms.Field):
    """Needed in the end, so no page says "not required"; empty, it is not refused here.

    What refuses it is the service: when a letter is printed, when somebody answered a call.
    """

    def validate(self, value: Any) -> None:  # noqa: ANN401 - as Django's own
        """As Django's own for what is there."""
        if value not in self.empty_values:
            super().validate(value)


class LaterChoice(Later, forms.ChoiceField):
    """One of a list."""


class AnyBodyField(BodyField):
    """A body by its code or a part of its name, also one that is no longer there.

    So its successor can be offered. When several fit, the error has the code "several".
    """

    def clean(self, value: Any) -> str:  # noqa: ANN401 - as Django's own
        """The code of the one body that fits."""
        text = str(value or "").strip()
        found = list(listing(Wanted(query=text), clock.today())[: OFFERED + 1]) if text else []
        if len(found) > 1 and not any(body.code == text for body in found):
            raise forms.ValidationError(
                _("Several bodies fit: choose one, or write more of the name."), code="several"
            )
        if text and not found:
            gone = list(listing(Wanted(query=text, state="closed"), clock.today())[:2])
            if len(gone) == 1:
                return gone[0].code
        return super().clean(value)
