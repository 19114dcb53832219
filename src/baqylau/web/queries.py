"""The organisation's own words and numbers, as they are now.

What the administrator set at the desk wins; what was not set there has its value from the
environment or from baqylau.toml. The rows are kept in the process and trusted for a second: the
process that changes them forgets at once, another one asks again within that second. While the
database does not answer, what was read last goes on to hold.
"""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import get_language

from baqylau.kernel.channels import is_phone
from baqylau.web.models import SiteSetting
from baqylau.web.rules import Name

TRUSTED = 1.0
"""Seconds for which what was read is used without asking again."""


class Shelf:
    """What was set at the desk, and when it was read; safe with threads, which may read twice."""

    def __init__(self) -> None:
        self.trusted = TRUSTED
        self._kept: dict[str, str] = {}
        self._read_at = float("-inf")
        self._round = 0

    def rows(self) -> Mapping[str, str]:
        """Value by name, of what was set at the desk."""
        asked_at = time.monotonic()
        if asked_at - self._read_at < self.trusted:
            return self._kept
        began = self._round
        try:
            found = dict(SiteSetting.objects.values_list("name", "value"))
        except DatabaseError:
            found = self._kept
        if began != self._round:
            # Somebody changed a setting meanwhile: what was read may be older than the change.
            return found
        self._kept, self._read_at = found, asked_at
        return found

    def forget(self) -> None:
        """Ask the database before the next answer."""
        self._round += 1
        self._read_at = float("-inf")

    def keep(self, rows: dict[str, str]) -> None:
        """Take these rows for what was just read."""
        self._kept, self._read_at = rows, time.monotonic()


shelf = Shelf()
"""The one shelf of the process."""


@dataclass(frozen=True, slots=True)
class SafeChannel:
    """Where a demand for money can be told safely, outside this system.

    `address` is what a person copies or dials, `link` the same for a browser (https: or tel:),
    `sentence` who answers there, in the language that is active ("" when nobody has said it).
    """

    address: str
    link: str
    sentence: str


def defaults() -> dict[str, str]:
    """What holds where nothing was set at the desk, by name."""
    return {
        **{f"organisation_{code}": str(name) for code, name in settings.ORGANISATION.items()},
        Name.PHONE.value: settings.PHONE,
        Name.IDLE_MINUTES.value: str(settings.STAFF_IDLE // 60),
        Name.SAFE_CHANNEL.value: settings.SAFE_CHANNEL,
        **{f"safe_channel_{code}": text for code, text in settings.SAFE_CHANNEL_WORDS.items()},
    }


def site_settings() -> dict[str, str]:
    """Every setting that is changed at the desk, as it is now, by name."""
    return {**defaults(), **shelf.rows()}


def organisation(language: str | None = None) -> str:
    """The organisation's name in a language; in the active one if none is named."""
    code = language or get_language() or settings.LANGUAGE_CODE
    return shelf.rows().get(f"organisation_{code}") or str(settings.ORGANISATION.get(code, ""))


def phone() -> str:
    """The programme's public telephone; "" when there is none."""
    return shelf.rows().get(Name.PHONE) or str(settings.PHONE)


def idle_seconds() -> int:
    """Seconds without a touch until the desk locks itself."""
    minutes = shelf.rows().get(Name.IDLE_MINUTES)
    return 60 * int(minutes) if minutes else int(settings.STAFF_IDLE)


def safe_channel() -> SafeChannel | None:
    """Where a demand for money is told while no sealed module is installed; None if nowhere."""
    now = site_settings()
    address = now[Name.SAFE_CHANNEL]
    if not address:
        return None
    link = f"tel:{re.sub(r'[^0-9+]', '', address)}" if is_phone(address) else address
    spoken = now.get(f"safe_channel_{get_language()}") or now[Name.SAFE_CHANNEL_KK]
    return SafeChannel(address, link, spoken)
