"""The session behind a desk request: whose it is, whether it is open, and changing places."""

from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user, logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from baqylau.kernel import clock
from baqylau.staff import browser as browsers
from baqylau.staff import rules, services
from baqylau.staff.browser import Browser
from baqylau.staff.models import Sitting, User
from baqylau.web.queries import idle_seconds

OPEN, LOCKED, OVER, NOBODY = "open", "locked", "over", "nobody"
KEY = "sitting"


@dataclass(slots=True)
class Seat:
    """Who sits at the browser of a request, and in which state the desk is."""

    state: str = NOBODY
    user: User | None = None
    sitting: Sitting | None = None
    browser: Browser | None = None
    is_new_here: bool = False


def find_seat(request: HttpRequest) -> Seat:
    """Who asks; a first request after a sign-in begins the shift."""
    browser = browsers.read(request)
    request.user = get_user(request)
    user = request.user
    if not isinstance(user, User):
        return Seat(browser=browser)
    if KEY not in request.session:
        return _sit_down(request, user, browser or browsers.new())
    sitting = Sitting.objects.filter(pk=request.session[KEY], user=user).first()
    if sitting is None:
        logout(request)
        return Seat(browser=browser)
    sitting.user = user
    return Seat(_state(sitting), user, sitting, browser)


def _sit_down(request: HttpRequest, user: User, browser: Browser) -> Seat:
    if not request.session.session_key:
        request.session.save()
    sitting = services.open_sitting(
        user=user, browser=browser.digest, session_key=str(request.session.session_key)
    )
    request.session[KEY] = sitting.pk
    return Seat(OPEN, user, sitting, browser.with_person(user.email), is_new_here=True)


def _state(sitting: Sitting) -> str:
    now = clock.now()
    if rules.is_over(sitting.opened_at, now, settings.STAFF_SHIFT):
        return OVER
    if sitting.locked_at or rules.is_idle(sitting.seen_at, now, idle_seconds() + rules.GRACE):
        return LOCKED
    return OPEN


def new_session(session_key: str | None = None) -> SessionBase:
    """A session by its key; a fresh one without."""
    store: SessionBase = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    return store


def step_aside(request: HttpRequest) -> None:
    """Put a fresh session under the request; the person's own waits, locked, in the database."""
    language = request.session.get("language", "")
    request.session = new_session()
    request.user = AnonymousUser()
    if language:
        request.session["language"] = language


def take_place(request: HttpRequest, sitting: Sitting) -> bool:
    """Put the sitting's own session, renewed, under the request; False when it is no longer there.

    The session that was there before stays in the database, untouched.
    """
    if request.session.session_key != sitting.session_key:
        session = new_session(sitting.session_key)
        if session.get(KEY) != sitting.pk:
            services.end_sitting(sitting=sitting)
            return False
        request.session = session
    request.session.cycle_key()
    services.reopen_sitting(sitting=sitting, session_key=str(request.session.session_key))
    request.user = get_user(request)
    return isinstance(request.user, User)
