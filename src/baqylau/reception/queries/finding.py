"""What the desk's search finds among consultations: numbers first, then people, then words."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from baqylau.catalogue.queries.published import name_of
from baqylau.catalogue.queries.search import found_services
from baqylau.contacts.access import FIND
from baqylau.contacts.rules import PhoneError, normal_phone
from baqylau.contacts.services.identity import find_by_phone
from baqylau.institutions.labels import name as place_name
from baqylau.institutions.queries import Wanted as Places
from baqylau.institutions.queries import listing as places
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.modules import Hit
from baqylau.kernel.permissions import may, may_somewhere
from baqylau.reception.access import SEE
from baqylau.reception.models import Consultation
from baqylau.reception.queries.listing import WINDOW, Wanted, page
from baqylau.reception.queries.rights import at_the_desk, readable
from baqylau.reception.queries.wording import with_words
from baqylau.reception.rules.numbers import LETTER, letter_of, read_number, reference
from baqylau.territories.labels import language

FOUND: Final = 10
"""Rows by a number or a person."""
ABOUT: Final = 3
"""Rows for a service or a body; its list shows the rest."""
PHONE_DIGITS: Final = 10


def search(actor: Actor, query: str) -> Sequence[Hit]:
    """Consultations that the actor may read, by number, phone, service, body and words."""
    if not may_somewhere(actor, SEE):
        return ()
    me = at_the_desk(actor, clock.today())
    if (read := read_number(query)) is not None:
        is_exact = letter_of(query) in {"", LETTER}
        return _hits(_by_number(me, *read), is_exact=is_exact)
    if (phone := _phone(query)) and may(actor, FIND):
        return _hits(_by_phone(me, phone), is_exact=True)
    seen: dict[str, Hit] = {}
    for hit in [*_by_subject(me, query), *_by_words(me, query)]:
        seen.setdefault(hit.url, hit)
    return list(seen.values())


def _by_number(actor: Actor, year: int | None, serial: int) -> Iterable[Consultation]:
    rows = readable(actor).filter(serial=serial, **({"year": year} if year else {}))
    return rows.select_related("service", "body").order_by("-year")[:FOUND]


def _phone(query: str) -> str:
    """The phone that was typed, in its one spelling; "" when it is none."""
    if sum(map(str.isdigit, query)) < PHONE_DIGITS or any(map(str.isalpha, query)):
        return ""
    try:
        return normal_phone(query)
    except PhoneError:
        return ""


def _by_phone(actor: Actor, phone: str) -> Iterable[Consultation]:
    """Visits of everybody who shares the phone; the journal keeps that they were found."""
    keys = [contact.key for contact in find_by_phone(actor=actor, phone=phone)]
    rows = readable(actor).filter(contact__in=keys) if keys else Consultation.objects.none()
    return rows.select_related("service", "body").order_by("-pk")[:FOUND]


def _by_subject(actor: Actor, query: str) -> Iterator[Hit]:
    """For the best service and body a link to their list, and the newest of it."""
    now = language()
    for service in found_services(query, now, 1):
        yield from _about(actor, service.title, Wanted(service=service.code))
    for body in places(Places(query=query, state="all"), date.min)[:1]:
        yield from _about(actor, str(place_name(body)), Wanted(body=body.code))


def _about(actor: Actor, title: str, wanted: Wanted) -> Iterator[Hit]:
    rows = page(actor, wanted, limit=ABOUT).rows
    if not rows:
        return
    asked = {name: getattr(wanted, name) for name in ("service", "body") if getattr(wanted, name)}
    label = _("Consultations about: %(what)s") % {"what": title}
    yield Hit(label, f"{reverse('consultations')}?{urlencode(asked)}", _("list"))
    yield from _hits(rows)


def _by_words(actor: Actor, query: str) -> Iterator[Hit]:
    found = with_words(actor, query)
    yield from _hits(found.rows)
    if found.next:
        address = urlencode({"q": query, "before": found.next})
        yield Hit(
            _("Look further back"),
            f"{reverse('consultations')}?{address}",
            _("list"),
            _("The newest %(count)s with the rarest word were looked through.")
            % {"count": formats.number_format(WINDOW, force_grouping=True)}
            if found.is_cut
            else "",
        )


def _hits(rows: Iterable[Consultation], *, is_exact: bool = False) -> list[Hit]:
    return [
        Hit(
            label=row.number,
            url=reverse("consultation", args=[reference(row.number)]),
            kind=_("consultation"),
            note=" · ".join(filter(None, _notes(row))),
            is_exact=is_exact,
        )
        for row in rows
    ]


def _notes(row: Consultation) -> Iterator[str]:
    yield formats.date_format(row.held_on, "SHORT_DATE_FORMAT")
    yield str(row.get_kind_display())
    yield name_of(row.service, language()) if row.service else ""
    yield str(place_name(row.body)) if row.body else ""
    yield _("struck out") if row.is_struck else ""
