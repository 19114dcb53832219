"""The editor's pages: list, card, editing, preview, difference, publishing, check."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from baqylau.catalogue.forms.cards import CardForm, CheckForm, TitleForm, initial_of
from baqylau.catalogue.models import Act, Card, CardVersion, Kind, State
from baqylau.catalogue.queries import desk as queries
from baqylau.catalogue.queries.desk import Filter, Lack
from baqylau.catalogue.queries.history import compare, history
from baqylau.catalogue.queries.published import published
from baqylau.catalogue.queries.readings import Reading, reading, texts_of
from baqylau.catalogue.rules.wording import LANGUAGES
from baqylau.catalogue.services import exporting, publishing, writing
from baqylau.kernel import clock
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.kernel.permissions import may
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal

WORDS_LIMIT = 200
EXPORTS = {
    "xlsx": (
        exporting.cards_as_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "csv": (exporting.cards_as_csv, "text/csv; charset=utf-8"),
}


def _card_or_404(code: str) -> Card:
    found = queries.card(code)
    if found is None:
        raise Http404
    return found


def _number(request: DeskRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


@require_safe
@desk("catalogue.see")
def cards(request: DeskRequest) -> HttpResponse:
    """The cards, narrowed to what is lacking."""
    lack, kind = request.GET.get("lack", ""), request.GET.get("kind", "")
    narrowed = Filter(
        lack=Lack(lack) if lack in set(Lack) else Lack.ALL,
        kind=kind if kind in Kind.values else "",
        words=request.GET.get("q", "").strip()[:WORDS_LIMIT],
    )
    if narrowed.lack == Lack.NO_CARD:
        return redirect(f"{reverse('catalogue_services')}?lack=no_card")
    context = {
        "page": queries.cards(narrowed, request.GET.get("page", "1")),
        "narrowed": narrowed,
        "counts": queries.counts(),
        "kinds": Kind.choices,
        "may_edit": may(request.actor, "catalogue.edit"),
    }
    return render(request, "catalogue/desk/cards.html", context)


@require_safe
@desk("catalogue.see")
def export(_request: DeskRequest, kind: str) -> HttpResponse:
    """The published cards as a table."""
    if kind not in EXPORTS:
        raise Http404
    write, content_type = EXPORTS[kind]
    name = f"cards-{clock.today().isoformat()}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(write(), content_type=content_type, headers=headers)


@desk("catalogue.edit")
def new_law_card(request: DeskRequest) -> HttpResponse:
    """Begin a law card with its Kazakh title, from which the address is made."""
    form = TitleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            card = writing.begin_law_card(actor=request.actor, title=form.cleaned_data["title"])
        except DomainError as error:
            add_refusal(form, error)
        else:
            return redirect("catalogue_edit", card.code)
    return render(request, "catalogue/desk/new.html", {"form": form})


@require_safe
@desk("catalogue.see")
def card(request: DeskRequest, code: str) -> HttpResponse:
    """One card: what the public reads, the draft, what may be done, and its history."""
    return _card_page(request, _card_or_404(code), CheckForm())


def _card_page(
    request: DeskRequest, found: Card, check_form: CheckForm, status: int = 200
) -> HttpResponse:
    language = get_language() or "kk"
    live = [version for version in (queries.draft(found), published(found)) if version]
    context = {
        "card": found,
        "title": reading(found, live[0], language).text.title if live else found.code,
        "draft": next((v for v in live if v.state == State.DRAFT), None),
        "published": next((v for v in live if v.state == State.PUBLISHED), None),
        "languages_of": [(version, _language_rows(found, version)) for version in live],
        "steps": history(found),
        "check_form": check_form,
        "may_edit": may(request.actor, "catalogue.edit"),
        "may_check": may(request.actor, "catalogue.check"),
        "version_url": "service_version" if found.kind == Kind.SERVICE else "law_version",
        "slug": _slug(found),
        "public_url": _public_url(found),
    }
    return render(request, "catalogue/desk/card.html", context, status=status)


def _slug(found: Card) -> str:
    return found.service.slug if found.service else found.slug


def _public_url(found: Card) -> str:
    return reverse("service" if found.service else "law", args=[_slug(found)])


def _readings(found: Card, version: CardVersion) -> dict[str, Reading]:
    texts = texts_of([version])[version.pk]
    return {language: reading(found, version, language, texts) for language in LANGUAGES}


def _language_rows(found: Card, version: CardVersion) -> list[dict[str, object]]:
    return [
        {"code": language, "is_written": not one.is_fallback, "is_stale": one.is_stale}
        for language, one in _readings(found, version).items()
    ]


@desk("catalogue.edit")
def edit(request: DeskRequest, code: str) -> HttpResponse:
    """Write the draft in all languages; a second editor keeps the text and sees the other's."""
    found = _card_or_404(code)
    draft = queries.draft(found)
    edition = draft.edition if draft else 0
    if request.method != "POST":
        return _edit_page(request, found, _filled(found), edition)
    form = CardForm(found.kind, data=request.POST)
    if not form.is_valid():
        return _edit_page(request, found, form, _number(request, "edition"), status=422)
    try:
        seen = _number(request, "over") or _number(request, "edition")
        writing.save_draft(actor=request.actor, card=found, content=form.content(), edition=seen)
    except ConflictError as error:
        messages.error(request, error.message)
        return _edit_page(request, found, form, _number(request, "edition"), status=409)
    except DomainError as error:
        where = form.part(error.field) if error.field in LANGUAGES else form.facts
        add_refusal(where, error)
        return _edit_page(request, found, form, _number(request, "edition"), status=422)
    messages.success(request, _("The draft is saved. Look at it, then publish."))
    return redirect("catalogue_preview", found.code)


def _filled(found: Card) -> CardForm:
    """The form with the draft; else with what is published; else empty, with the title."""
    version = queries.draft(found) or published(found) or queries.newest(found)
    if version is None:
        return CardForm(found.kind, initial={"facts": {"as_of": clock.today()}})
    return CardForm(found.kind, initial=initial_of(_readings(found, version)))


def _edit_page(
    request: DeskRequest, found: Card, form: CardForm, edition: int, status: int = 200
) -> HttpResponse:
    others = queries.draft(found) if status == ConflictError.status else None
    version = queries.draft(found) or published(found)
    rows = _readings(found, version) if version else {}
    context = {
        "card": found,
        "form": form,
        "edition": edition,
        "others": others,
        "theirs": list(_readings(found, others).values()) if others else [],
        "stale": [language for language, one in rows.items() if one.is_stale],
        "acts": Act.objects.order_by("key").values_list("key", "name_kk"),
    }
    return render(request, "catalogue/desk/edit.html", context, status=status)


@require_safe
@desk("catalogue.see")
def preview(request: DeskRequest, code: str) -> HttpResponse:
    """The draft as the public would see it, in the language that is asked for."""
    found = _card_or_404(code)
    draft = queries.draft(found)
    if draft is None:
        return redirect("catalogue_card", found.code)
    asked = request.GET.get("language", "")
    language = asked if asked in LANGUAGES else get_language() or "kk"
    context = {
        "card": found,
        "draft": draft,
        "reading": reading(found, draft, language),
        "shown": language,
        "codes": LANGUAGES,
        "may_edit": may(request.actor, "catalogue.edit"),
    }
    return render(request, "catalogue/desk/preview.html", context)


@require_safe
@desk("catalogue.see")
def difference(request: DeskRequest, code: str) -> HttpResponse:
    """What the draft would change in what the public reads now."""
    found = _card_or_404(code)
    draft = queries.draft(found)
    if draft is None:
        return redirect("catalogue_card", found.code)
    old = published(found)
    context = {
        "card": found,
        "draft": draft,
        "published": old,
        "differences": compare(found.kind, old, draft),
        "law_changed": bool(old and old.law != draft.law),
        "may_edit": may(request.actor, "catalogue.edit"),
    }
    return render(request, "catalogue/desk/difference.html", context)


def _act(
    request: DeskRequest, code: str, work: Callable[[Card], object], done: str
) -> HttpResponse:
    """Do one thing to the card, and say what came of it."""
    found = _card_or_404(code)
    try:
        work(found)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, done)
    return redirect("catalogue_card", code)


@require_POST
@desk("catalogue.edit")
def publish(request: DeskRequest, code: str) -> HttpResponse:
    """Put the draft before the public."""
    return _act(
        request,
        code,
        lambda found: publishing.publish(
            actor=request.actor, card=found, edition=_number(request, "edition")
        ),
        _("Published: residents read this version now."),
    )


@require_POST
@desk("catalogue.edit")
def discard(request: DeskRequest, code: str) -> HttpResponse:
    """Throw the draft away."""
    return _act(
        request,
        code,
        lambda found: writing.discard_draft(
            actor=request.actor, card=found, edition=_number(request, "edition")
        ),
        _("The draft is thrown away. What is published stays."),
    )


@require_POST
@desk("catalogue.edit")
def withdraw(request: DeskRequest, code: str) -> HttpResponse:
    """Take the published version from the public."""
    return _act(
        request,
        code,
        lambda found: publishing.withdraw(
            actor=request.actor, card=found, number=_number(request, "number")
        ),
        _("Withdrawn: residents do not read this card any more; its history stays."),
    )


@require_POST
@desk("catalogue.check")
def check(request: DeskRequest, code: str) -> HttpResponse:
    """Put the lawyer's name on the version that they have read."""
    found = _card_or_404(code)
    form = CheckForm(request.POST)
    if form.is_valid():
        try:
            publishing.check(
                actor=request.actor,
                card=found,
                number=_number(request, "number"),
                name=form.cleaned_data["name"],
            )
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Your check stands on the card now."))
            return redirect("catalogue_card", code)
    return _card_page(request, found, form, status=422)
