"""What the screen of a consultation is drawn from, for a new one and for a correction."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse
from django.shortcuts import render

from baqylau.casework.forms import name_body
from baqylau.casework.queries.cases import present_heir
from baqylau.contacts.models import Contact
from baqylau.institutions.models import Institution
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.reception.forms.consultation import UNLISTED, ConsultationForm
from baqylau.reception.models import Consultation
from baqylau.reception.queries import screen
from baqylau.reception.queries.drafts import number_of_drafts
from baqylau.reception.queries.earlier import known_by
from baqylau.reception.queries.safe_channel import safe_channel
from baqylau.reception.services.earlier import earlier_visit
from baqylau.reception.taxonomy import Channel, Part, Result
from baqylau.territories.labels import language as spoken
from baqylau.web.desk import DeskRequest
from baqylau.web.forms import add_refusal
from baqylau.web.trees import public_origin

FIELDS = tuple(ConsultationForm.base_fields)
PLAIN = {
    "channel": Channel.WALK_IN.value,
    "kind": "information",
    "part": Part.ANSWER.value,
    "result": Result.ADVISED.value,
}
"""What a consultation says until somebody says otherwise."""

Typed = dict[str, str]


def typed_in(sent: Mapping[str, str]) -> Typed:
    """What was typed, field by field, as it came."""
    return {name: sent[name] for name in FIELDS if sent.get(name)}


def blank(key: str) -> Typed:
    """An empty form: the room of the adviser's last consultation, the desk's own language."""
    room = screen.usual_room(key, screen.rooms(clock.today()))
    return {**PLAIN, "room": room, "language": spoken()}


def form_of(data: Mapping[str, str], *, is_checked: bool) -> ConsultationForm:
    """The form over what was typed; unchecked, it is only drawn again."""
    return ConsultationForm(
        data,
        rooms=screen.rooms(clock.today()),
        districts=screen.units(),
        is_checked=is_checked,
    )


def draw(
    request: DeskRequest,
    form: ConsultationForm,
    *,
    template: str = "reception/new.html",
    found: Sequence[Contact] | None = None,
    **more: Any,  # noqa: ANN401 - of the page's own
) -> HttpResponse:
    """The screen with everything that was typed; 400 when something of it is wrong."""
    typed = {name: str(form[name].value() or "") for name in FIELDS}
    language = typed["language"] or spoken()
    service = typed["service"]
    context = {
        "form": form,
        "typed": typed,
        "unlisted": UNLISTED,
        "hits": screen.choices(typed["query"], service if service != UNLISTED else ""),
        "reading": screen.card_of(service, language) if service else None,
        "talk": language,
        "channel": safe_channel(public_origin(request), language),
        "asked": screen.asked(clock.today()),
        "earlier": _earlier(request, form, typed),
        "found": _found(request, found, typed["contact"]),
        "was_looked_for": found is not None,
        "drafts": number_of_drafts(request.actor, str(more.get("token", ""))),
        "today": clock.today(),
        **_instead(form, typed),
        **more,
    }
    name_body(form)
    status = 400 if form.is_checked and form.errors else 200
    return render(request, template, context, status=status)


def _instead(form: ConsultationForm, typed: Typed) -> dict[str, object]:
    """What is offered in place of a service or body that cannot be taken."""
    today = clock.today()
    service = screen.heir_of_service(typed["service"], today) if "service" in form.errors else None
    bodies: list[Institution] = []
    if "body" in form.errors:
        bodies = _bodies(form, typed["body"])
    return {"heir": service, "bodies": bodies}


def _bodies(form: ConsultationForm, query: str) -> list[Institution]:
    """The successor of a body that is gone, or the bodies whose name fits."""
    gone = Institution.objects.select_related("successor").filter(code=form.gone).first()
    if gone is None:
        return screen.bodies(query, clock.today()) if query else []
    heir = present_heir(gone)
    return [heir] if heir else []


def _earlier(request: DeskRequest, form: ConsultationForm, typed: Typed) -> Consultation | None:
    """The earlier visit that was named; on a page that is only drawn again a wrong one is said."""
    # A code that was refused is not tried again: each try counts.
    if not typed["earlier"] or form.errors.keys() & {"earlier", "earlier_digits", NON_FIELD_ERRORS}:
        return None
    try:
        return earlier_visit(request.actor, typed["earlier"], typed["earlier_digits"])
    except DomainError as error:
        if not form.is_checked:
            add_refusal(form, error)
        return None


def _found(
    request: DeskRequest, found: Sequence[Contact] | None, chosen: str
) -> list[dict[str, object]]:
    """People who share the phone, or the one who was chosen: by their visits, never by name."""
    people = list(found or ())
    if chosen and chosen not in [person.key for person in people]:
        people += Contact.objects.filter(key=chosen)
    visits = known_by(request.actor, [person.key for person in people])
    return [{"person": person, "visits": visits[person.key]} for person in people]


Handler = Callable[[DeskRequest, str, Typed], HttpResponse]
