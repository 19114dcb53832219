"""What may stand in a setting that is changed at the desk."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from baqylau.documents.cells import clean
from baqylau.kernel.channels import is_channel, is_phone
from baqylau.kernel.errors import DomainError


class Name(StrEnum):
    """Codes of the settings that are changed at the desk."""

    ORGANISATION_KK = "organisation_kk"
    ORGANISATION_RU = "organisation_ru"
    ORGANISATION_EN = "organisation_en"
    PHONE = "phone"
    IDLE_MINUTES = "idle_minutes"
    SAFE_CHANNEL = "safe_channel"
    SAFE_CHANNEL_KK = "safe_channel_kk"
    SAFE_CHANNEL_RU = "safe_channel_ru"
    SAFE_CHANNEL_EN = "safe_channel_en"


NAME_MOST = 80
"""Characters of the organisation's name: it stands in the head of a page at 360 px."""
SENTENCE_MOST = 200
"""Characters of the sentence beside the safe channel."""
MINUTES_MOST = 120


def tidied(values: Mapping[str, str]) -> dict[str, str]:
    """The same values on one line each, without invisible signs and doubled spaces."""
    return {name: " ".join(clean(text).split()) for name, text in values.items()}


def require_sound(values: Mapping[str, str], languages: Sequence[str]) -> None:
    """Refuse what cannot stand on a page; `values` hold every setting, tidied.

    Raises: DomainError with the field.
    """
    for name, text in values.items():
        if not text.isprintable():
            raise DomainError(_("It holds a sign that cannot be shown."), field=name)
    _require_names(values, languages)
    if values[Name.PHONE] and not is_phone(values[Name.PHONE]):
        raise DomainError(
            _("A telephone is 3 to 15 digits: +7 726 245 00 00, or 1424."), field=Name.PHONE
        )
    minutes = values[Name.IDLE_MINUTES]
    if not (minutes.isascii() and minutes.isdigit() and 1 <= int(minutes) <= MINUTES_MOST):
        raise DomainError(_("Minutes from 1 to 120, please."), field=Name.IDLE_MINUTES)
    _require_channel(values, languages)


def _require_names(values: Mapping[str, str], languages: Sequence[str]) -> None:
    for code in languages:
        text = values[f"organisation_{code}"]
        if not any(letter.isalpha() for letter in text) or len(text) > NAME_MOST:
            raise DomainError(
                _("A name of letters, at most 80 characters."), field=f"organisation_{code}"
            )


def _require_channel(values: Mapping[str, str], languages: Sequence[str]) -> None:
    address = values[Name.SAFE_CHANNEL]
    if address and not is_channel(address):
        raise DomainError(
            _("A telephone, or an address that begins with https:// and has at most 60 signs."),
            field=Name.SAFE_CHANNEL,
        )
    for code in languages:
        field = f"safe_channel_{code}"
        if len(values[field]) > SENTENCE_MOST:
            raise DomainError(_("At most 200 characters."), field=field)
        if address and not values[field]:
            raise DomainError(
                _("Say in one sentence who answers there, in each language."), field=field
            )
        if values[field] and not address:
            raise DomainError(
                _("The sentence needs a telephone or an address."), field=Name.SAFE_CHANNEL
            )
