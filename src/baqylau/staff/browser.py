"""A browser as the desk knows it: a random number in a cookie, and who has signed in with it.

The cookie is signed and goes to /desk/ only. The database keeps the number's digest alone.
"""

import secrets
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = "desk_browser"
SALT = "baqylau.staff.browser"
KEPT_FOR = 180 * 86_400
"""Seconds for which a browser stays known."""
MOST_KNOWN = 20
"""People that one browser remembers; the first is forgotten first."""


@dataclass(frozen=True, slots=True)
class Browser:
    """`number` is the cookie's random text; `known` are marks of people who signed in here."""

    number: str
    known: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """What the database keeps of it: SHA-256, hex."""
        return sha256(self.number.encode()).hexdigest()

    def knows(self, email: str) -> bool:
        """Whether this person has signed in here before."""
        return mark(email) in self.known

    def with_person(self, email: str) -> "Browser":
        """The same browser, knowing one person more."""
        others = tuple(one for one in self.known if one != mark(email))
        return Browser(self.number, (*others, mark(email))[-MOST_KNOWN:])


def mark(email: str) -> str:
    """A person as the cookie holds them: nothing that a reader of the cookie can turn back."""
    return salted_hmac(SALT, email.strip().lower(), algorithm="sha256").hexdigest()[:16]


def read(request: HttpRequest) -> Browser | None:
    """The browser behind the request; None when it is new or its cookie was changed."""
    try:
        value = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return None
    return Browser(str(value["number"]), tuple(map(str, value["known"])))


def new() -> Browser:
    """A browser that nobody has used yet."""
    return Browser(secrets.token_urlsafe(24))


def remember(response: HttpResponse, browser: Browser) -> None:
    """Put the browser's cookie on the answer."""
    value = signing.dumps({"number": browser.number, "known": list(browser.known)}, salt=SALT)
    response.set_cookie(
        COOKIE,
        value,
        max_age=KEPT_FOR,
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
