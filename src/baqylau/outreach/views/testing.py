"""The short test for everybody with a one-time code: no cookie, no script, no name, one page.

The code stands in the address, because a QR code must carry it. So these pages send their address
to nobody (the policy of referrers), are kept by nobody (`no-store`), and no log has an address.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baqylau.kernel.errors import DomainError
from baqylau.outreach.models import Moment, OneTimeCode, Question
from baqylau.outreach.rules.testing import read_code
from baqylau.outreach.services import codes
from baqylau.territories.labels import language
from baqylau.web import strangers
from baqylau.web.networks import network_of

PURPOSE = "outreach.test"
REFERRER = "strict-origin"
"""Tells the site's name at most, never the address: with "no-referrer" browsers would not tell our
own server either that a form comes from its own page."""


def _private(answer: HttpResponse) -> HttpResponse:
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = REFERRER
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def test(request: HttpRequest) -> HttpResponse:
    """Type the code of the sheet."""
    if request.method != "POST":
        return _private(render(request, "outreach/test.html", {"typed": "", "why": ""}))
    strangers.guard(request)
    typed = request.POST.get("code", "")[:40]
    code = read_code(typed)
    if not strangers.is_ours(request.POST, PURPOSE):
        return _start(request, typed, _("This page was open for too long. Send the code again."))
    if not code:
        why = _("A code has eight letters and digits: %(example)s. Look at the sheet once more.")
        return _start(request, typed, why % {"example": "ABCD-EFGH"})
    return _private(redirect("test_code", code))


def _start(request: HttpRequest, typed: str, why: str, status: int = 400) -> HttpResponse:
    context = {"typed": typed, "why": why}
    return _private(render(request, "outreach/test.html", context, status=status))


@require_http_methods(["GET", "HEAD", "POST"])
def test_code(request: HttpRequest, code: str) -> HttpResponse:
    """The five questions; sent once, whatever is pressed."""
    network = network_of(request)
    try:
        if request.method == "POST":
            return _sent(request, code, network)
        row, questions = codes.open_test(code=code, network=network)
    except (codes.WrongCodeError, codes.UsedCodeError, codes.TooManyGuessesError) as error:
        return _told(request, error, read_code(code))
    return _page(request, row, questions)


def _told(request: HttpRequest, error: DomainError, code: str) -> HttpResponse:
    if isinstance(error, codes.UsedCodeError):
        context = {"why": error.message}
        return _private(render(request, "outreach/test_used.html", context, status=error.status))
    typed = f"{code[:4]}-{code[4:]}" if code else ""
    return _start(request, typed, str(error.message), error.status)


def _sent(request: HttpRequest, code: str, network: str) -> HttpResponse:
    strangers.guard(request)
    if not strangers.is_ours(request.POST, PURPOSE):
        row, questions = codes.open_test(code=code, network=network)
        return _page(
            request, row, questions, _("This page was open for too long. Please send once more.")
        )
    row, questions = codes.open_test(code=code, network=network)
    chosen = [_choice(request, each) for each in questions]
    if all(each is None for each in chosen):
        return _page(request, row, questions, _("Nothing is marked yet. Mark what you know."))
    moment = codes.answer(code=code, network=network, chosen=chosen)
    # A page of its own: loading it anew sends nothing.
    return _private(redirect("test_done", moment))


def _choice(request: HttpRequest, question: Question) -> int | None:
    text = request.POST.get(f"q{question.number}", "")
    return int(text) if len(text) == 1 and text.isascii() and text.isdigit() else None


def _page(
    request: HttpRequest, row: OneTimeCode, questions: list[Question], why: str = ""
) -> HttpResponse:
    context = {
        "quiz": row.sitting.quiz,
        "event": row.sitting.event,
        "is_before": row.moment == Moment.BEFORE,
        "questions": [_shown(request, each) for each in questions],
        "why": why,
    }
    answer = render(request, "outreach/test_questions.html", context, status=400 if why else 200)
    return _private(answer)


def _shown(request: HttpRequest, question: Question) -> dict[str, object]:
    """A question in the active language, or in Kazakh where it was not translated."""
    spoken = language()
    texts = getattr(question, f"choices_{spoken}", None)
    is_there = bool(texts) and bool(getattr(question, f"text_{spoken}", ""))
    code = spoken if is_there else "kk"
    chosen = _choice(request, question)
    return {
        "number": question.number,
        "lang": "" if code == spoken else code,
        "text": getattr(question, f"text_{code}"),
        "choices": [
            (place, text, place == chosen)
            for place, text in enumerate(getattr(question, f"choices_{code}"))
        ],
    }


@require_http_methods(["GET", "HEAD"])
def test_done(request: HttpRequest, moment: str) -> HttpResponse:
    """Thanks; the page holds nothing of what was sent."""
    return _private(
        render(request, "outreach/test_done.html", {"is_after": moment == Moment.AFTER})
    )
