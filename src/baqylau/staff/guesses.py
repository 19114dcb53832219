"""Limits on guessing, kept in memory and nowhere else.

A guess waits, longer after each miss and a quarter of an hour at most; nobody is shut out for
good. A browser in which the person has signed in before has a count of its own, so strangers who
guess cannot make a colleague wait there. Sources are counted under a key that dies with the
process; no address is written anywhere.
"""

import secrets
from hashlib import blake2b

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from baqylau.kernel import clock
from baqylau.staff import rules
from baqylau.staff.browser import Browser

_key = secrets.token_bytes(32)

FORGOTTEN_AFTER = 3_600
"""Seconds after the last miss."""

LONGEST_ADDRESS = 64
"""Characters; IPv6 needs 45."""

FREE = {"browser": 10, "pair": 5, "account": 30, "source": 60, "pin": 10}
"""Misses that cost no wait, by what is counted."""


def scopes(request: HttpRequest, email: str, browser: Browser | None) -> list[tuple[str, str]]:
    """What a guess at this account counts against: (kind, opaque key)."""
    account = email.strip().lower()
    if browser and browser.knows(account):
        return [("browser", _opaque(account, browser.number))]
    source = source_of(request)
    if not source:
        return [("account", _opaque(account))]
    return [
        ("pair", _opaque(account, source)),
        ("account", _opaque(account)),
        ("source", _opaque("", source)),
    ]


def source_of(request: HttpRequest) -> str:
    """Where a request comes from, for counting only; "" when the proxy before us does not tell.

    A proxy's own address is never counted: all would seem to come from it, and one stranger's
    misses would count against every colleague. What the proxy tells, it writes itself: a visitor's
    own header of that name never reaches us.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.HTTPS or address not in {"127.0.0.1", "::1", ""}:
        return address
    return str(request.META.get("HTTP_X_FORWARDED_FOR", ""))[:LONGEST_ADDRESS]


def admit(counted: list[tuple[str, str]]) -> int:
    """Count one guess before it is tried; returns seconds to wait, 0 when it may be tried now."""
    now = int(clock.now().timestamp())
    waits = [int(cache.get(_name(kind, key, "until"), 0)) - now for kind, key in counted]
    if (longest := max(waits, default=0)) > 0:
        return longest
    for kind, key in counted:
        name = _name(kind, key, "misses")
        cache.add(name, 0, FORGOTTEN_AFTER)
        misses = cache.incr(name)
        cache.touch(name, FORGOTTEN_AFTER)
        if wait := rules.wait_after(misses, FREE[kind]):
            cache.set(_name(kind, key, "until"), now + wait, FORGOTTEN_AFTER)
    return 0


def succeeded(counted: list[tuple[str, str]]) -> None:
    """Forget the misses of the one who knew the answer; a source's own count stays."""
    for kind, key in counted:
        if kind != "source":
            cache.delete_many([_name(kind, key, "misses"), _name(kind, key, "until")])


def pin_scope(browser: Browser) -> list[tuple[str, str]]:
    """What a PIN typed on the change page counts against."""
    return [("pin", _opaque(browser.number))]


def _opaque(*parts: str) -> str:
    return blake2b("\0".join(parts).encode(), key=_key, digest_size=16).hexdigest()


def _name(kind: str, key: str, what: str) -> str:
    return f"staff.guess.{kind}.{key}.{what}"
