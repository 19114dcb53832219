"""Comparing the living keys with the sealed journal: one that nobody has made there is foreign.

Who can write the database can put a key of their own beside the officers', and new reports would be
sealed to it once it counts as compared. Without the entries it shows here; with them, they are new,
and later heads hold them.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from baqylau.journal.models import Entry
from baqylau.reports.models import Keyholder, RecoveryKey
from baqylau.seal.people import fingerprint

ENROLLED, ROTATED, COMPARED = "reports.enrolled", "reports.rotated", "reports.key_compared"
MADE = (ENROLLED, ROTATED)
NEAR = timedelta(days=1)
"""The journal's days are those of Greenwich, the rows' those of the place."""
AGREED = ("reports.recovery_agreed", "reports.recovery_replaced")


def differences() -> Iterator[str]:
    """One sentence for each living key that the journal does not know as it stands here."""
    told = {
        (_holder(entry), payload["public"]): date.fromisoformat(entry.at[:10])
        for entry, payload in _told(*MADE)
    }
    offices = {_holder(entry): payload["office"] for entry, payload in _told(ENROLLED)}
    compared = _compared()
    for row in Keyholder.objects.filter(until_on=None).order_by("public"):
        made_on = told.get((row.holder, row.public))
        is_known = made_on is not None and abs(row.since_on - made_on) <= NEAR
        if not is_known or offices.get(row.holder) != row.office:
            yield _foreign(row.public)
        elif row.trusted_on is not None and row.public not in compared:
            yield _uncompared(row.public)
    agreed = {payload["public"] for _entry, payload in _told(*AGREED)}
    for key in RecoveryKey.objects.filter(is_living=True):
        if key.public not in agreed:
            yield _foreign(key.public)


def _compared() -> frozenset[str]:
    """The keys that count as compared after all that was said; a key that replaces one inherits."""
    trusted: dict[str, bool] = {}
    for entry, payload in _told(COMPARED, ROTATED):
        if entry.action == ROTATED:
            trusted[payload["public"]] = trusted.get(payload.get("before", ""), False)
        elif entry.actor != _holder(entry):
            trusted[payload["public"]] = bool(payload["trusted"])
    return frozenset(public for public, is_so in trusted.items() if is_so)


def _holder(entry: Entry) -> str:
    return entry.subject.removeprefix("keyholder:")


def _foreign(public: str) -> str:
    return _("the key with the fingerprint %(mark)s is not the one that the journal tells of") % {
        "mark": fingerprint(public)
    }


def _uncompared(public: str) -> str:
    return _("nobody has compared the key with the fingerprint %(mark)s, yet it is in use") % {
        "mark": fingerprint(public)
    }


def _told(*actions: str) -> Iterator[tuple[Entry, dict[str, Any]]]:
    """Entries of these actions, oldest first, with what they say."""
    rows = Entry.objects.using("sealed").filter(action__in=actions).order_by("number")
    return ((row, json.loads(row.payload)) for row in rows)
