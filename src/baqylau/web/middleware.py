"""What happens around every page: languages by address, cookies at the desk only, refusals."""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.gzip import GZipMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.deprecation import MiddlewareMixin

from baqylau.kernel.access import Nobody
from baqylau.storage.full import FullError, came_of_full
from baqylau.web.errors import csrf_failure, refusal, zero_byte
from baqylau.web.networks import forget_address
from baqylau.web.trees import is_desk

Answer = Callable[[HttpRequest], HttpResponse]

SECRET = re.compile(r"[A-Za-z0-9]{32}")
"""A form token's secret, as Django makes it."""

FROM_STRANGERS = 100_000
"""Bytes of a form that are read from somebody who is not signed in; their forms are small."""

STRANGERS_HOUR = 3_600
"""Seconds for which the session of somebody who is not signed in is kept: a sign-in half done."""


def health(get_response: Answer) -> Answer:
    """Answer /healthz before anything else: the process is alive."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path_info == "/healthz":
            return JsonResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})
        return get_response(request)

    return answer


def unaddressed(get_response: Answer) -> Answer:
    """Drop on the public site whence a request came, before anything else can look at it."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not is_desk(request):
            forget_address(request.META)
        return get_response(request)

    return answer


def own_tree(get_response: Answer) -> Answer:
    """Keep to this host's tree of pages, where the public site and the desk have a host each."""

    def answer(request: HttpRequest) -> HttpResponse:
        if settings.SITE == "public":
            # The desk's addresses are not even known here, so nothing can lead there by mistake.
            request.urlconf = settings.PUBLIC_URLCONF
        elif settings.SITE == "desk" and not is_desk(request):
            return HttpResponseRedirect(settings.PUBLIC_ADDRESS + request.get_full_path())
        return get_response(request)

    return answer


def readable(get_response: Answer) -> Answer:
    """Refuse addresses and cookies with a zero byte, which no browser sends and no database keeps.

    So are forms in another encoding than UTF-8: some of those spell half a character.

    It stands before the first middleware that asks the database.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if (request.content_params or {}).get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
            return _unreadable(request)
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return _unreadable(request)
        if any("\0" in text for text in request.COOKIES.values()):
            return _unreadable(request)
        return get_response(request)

    return answer


def readable_forms(get_response: Answer) -> Answer:
    """Refuse a form with a zero byte; it stands after the check of the form's token.

    An upload on the public site is left to its own page, which may read it piece by piece.
    """

    def check(request: HttpRequest, *_view: object) -> HttpResponse | None:
        if request.method != "POST" or not (is_desk(request) or _is_words(request)):
            return None
        texts = (text for field, values in request.POST.lists() for text in (field, *values))
        if any("\0" in text for text in texts):
            return zero_byte(request)
        return None

    def answer(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    answer.process_view = check  # type: ignore[attr-defined]  # Django looks for hooks on the function
    return answer


def _is_words(request: HttpRequest) -> bool:
    return request.content_type == "application/x-www-form-urlencoded"


def _unreadable(request: HttpRequest) -> HttpResponse:
    with translation.override(_public_language(request)):
        return zero_byte(request)


def policy(get_response: Answer) -> Answer:
    """Allow the desk its own scripts; the public site has none. The desk is never cached."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()"
        )
        if is_desk(request):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer


def scripts_at_the_desk(get_response: Answer) -> Answer:
    """Widen the content policy by the desk's own scripts, and by nothing else."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if is_desk(request):
            own = {"script-src": ["'self'"], "connect-src": ["'self'"]}
            response._csp_update = own  # type: ignore[attr-defined]  # noqa: SLF001 - as django-csp's decorators do
        return response

    return answer


def language(get_response: Answer) -> Answer:
    """Choose the language: by the address on the public site, by the person at the desk."""

    def answer(request: HttpRequest) -> HttpResponse:
        code = _desk_language(request) if is_desk(request) else _public_language(request)
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response

    return answer


def _public_language(request: HttpRequest) -> str:
    return translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE


def _desk_language(request: HttpRequest) -> str:
    code = request.session.get("language", "")
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def refusals(get_response: Answer) -> Answer:
    """Turn a DomainError that no form caught into a page with its sentence."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not hasattr(request, "actor"):
            request.actor = Nobody()  # type: ignore[attr-defined]  # the request of a page, which Django's types do not know
        return get_response(request)

    answer.process_exception = refusal  # type: ignore[attr-defined]  # Django looks for hooks on the function
    return answer


class _DeskOnly(MiddlewareMixin):
    """Makes a cookie-bound middleware stand aside on the public site."""

    def __call__(self, request: HttpRequest) -> Any:  # noqa: ANN401 - as Django's own
        if is_desk(request):
            return super().__call__(request)
        return self.get_response(request)


class DeskSession(_DeskOnly, SessionMiddleware):
    """Sessions, at the desk only; those of strangers are short."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Store the session if it was changed."""
        session = request.session
        if session.modified and not session.is_empty():
            if not _is_signed_in(request):
                session.set_expiry(STRANGERS_HOUR)
            elif session.get("_session_expiry") == STRANGERS_HOUR:
                session.set_expiry(None)
        try:
            return super().process_response(request, response)
        except (FullError, SessionInterrupted) as error:
            if not came_of_full(error):
                raise
            # What the page did is done and said. Signing in has stored its session before.
            return response


class DeskMessages(_DeskOnly, MessageMiddleware):
    """Notices, at the desk only."""


class DeskCsrf(_DeskOnly, CsrfViewMiddleware):
    """Form tokens tied to a cookie, at the desk only."""

    def process_view(  # type: ignore[override]  # Django's types know its own refusal only
        self,
        request: HttpRequest,
        callback: Callable[..., HttpResponseBase],
        callback_args: tuple[Any, ...],
        callback_kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Check the token of a desk form."""
        if not is_desk(request):
            return None
        if size_of(request) > FROM_STRANGERS and not _is_signed_in(request):
            # Looking for the token would read it all: hundreds of megabytes, from anybody.
            return csrf_failure(request)
        return super().process_view(request, callback, callback_args, callback_kwargs)

    def _get_secret(self, request: HttpRequest) -> str | None:
        """The secret behind the form's token: of the session, for a stranger of a cookie."""
        if _is_signed_in(request):
            return super()._get_secret(request)  # type: ignore[misc,no-any-return]  # Django's own, which its types leave out
        secret = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
        return secret if SECRET.fullmatch(secret) else None

    def _set_csrf_cookie(self, request: HttpRequest, response: HttpResponseBase) -> None:
        """Store the secret: a stranger's page leaves no row in the database."""
        if _is_signed_in(request):
            super()._set_csrf_cookie(request, response)  # type: ignore[misc]  # Django's own, which its types leave out
            return
        response.set_cookie(
            settings.CSRF_COOKIE_NAME,
            request.META["CSRF_COOKIE"],
            path=settings.CSRF_COOKIE_PATH,
            secure=settings.CSRF_COOKIE_SECURE,
            httponly=settings.CSRF_COOKIE_HTTPONLY,
            samesite="Lax",
        )
        patch_vary_headers(response, ("Cookie",))


def _is_signed_in(request: HttpRequest) -> bool:
    return SESSION_KEY in request.session


def size_of(request: HttpRequest) -> int:
    """Bytes that the browser says it sends; 0 for what is no number."""
    said = str(request.META.get("CONTENT_LENGTH") or "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 20 else 0


class PublicGZip(GZipMiddleware):
    """Compress public pages, which hold no secret; the desk's hold tokens and stay as they are."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Compress the public site's answers, but no file that is saved: it is packed already."""
        if is_desk(request) or response.has_header("Content-Disposition"):
            return response
        return super().process_response(request, response)
