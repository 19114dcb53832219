"""What happens around every page: languages by address, cookies at the desk only, refusals."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.gzip import GZipMiddleware
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin

from baqylau.kernel.access import Nobody
from baqylau.web.errors import refusal
from baqylau.web.trees import is_desk

Answer = Callable[[HttpRequest], HttpResponse]


def health(get_response: Answer) -> Answer:
    """Answer /healthz before anything else: the process is alive."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path_info == "/healthz":
            return JsonResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})
        return get_response(request)

    return answer


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
            response._csp_update = own  # type: ignore[attr-defined]  # noqa: SLF001
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
            request.actor = Nobody()  # type: ignore[attr-defined]
        return get_response(request)

    answer.process_exception = refusal  # type: ignore[attr-defined]
    return answer


class _DeskOnly(MiddlewareMixin):
    """Makes a cookie-bound middleware stand aside on the public site."""

    def __call__(self, request: HttpRequest) -> Any:  # noqa: ANN401 - as Django's own
        if is_desk(request):
            return super().__call__(request)
        return self.get_response(request)


class DeskSession(_DeskOnly, SessionMiddleware):
    """Sessions, at the desk only."""


class DeskMessages(_DeskOnly, MessageMiddleware):
    """Notices, at the desk only."""


class DeskCsrf(_DeskOnly, CsrfViewMiddleware):
    """Form tokens tied to a cookie, at the desk only."""

    def process_view(
        self,
        request: HttpRequest,
        callback: Callable[..., HttpResponseBase],
        callback_args: tuple[Any, ...],
        callback_kwargs: dict[str, Any],
    ) -> HttpResponseForbidden | None:
        """Check the token of a desk form."""
        if not is_desk(request):
            return None
        return super().process_view(request, callback, callback_args, callback_kwargs)


class PublicGZip(GZipMiddleware):
    """Compress public pages, which hold no secret; the desk's hold tokens and stay as they are."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Compress the public site's answers."""
        if is_desk(request):
            return response
        return super().process_response(request, response)
