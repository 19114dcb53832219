"""Open, change and close bodies, their points and the ties to them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from baqylau.institutions import queries, rules
from baqylau.institutions.models import Institution, Interest, ServicePoint
from baqylau.journal.rules import Value
from baqylau.journal.services import append
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.text.sorting import sort_key

Fields = Mapping[str, Any]
"""Model fields by name; what is not named stays as it is."""
_SPAN = _("The end must be after the beginning.")


def create(*, actor: Actor, fields: Fields) -> Institution:
    """Add a body. Raises: DomainError for a business number that is taken or a wrong span."""
    with transaction.atomic():
        return write_institution(Institution(), actor, fields)


def edit(*, actor: Actor, code: str, revision: int, fields: Fields) -> Institution:
    """Change a body as it was when its `revision` was read.

    Raises: UnknownInstitutionError; ConflictError when somebody else was first; DomainError.
    """
    with transaction.atomic():
        found = queries.institution(code)
        if found.revision != revision:
            raise ConflictError(_("Somebody has changed this institution meanwhile. Look again."))
        return write_institution(found, actor, fields)


def write_institution(body: Institution, actor: Actor, fields: Fields) -> Institution:
    """Set the fields, save and journal, within the caller's transaction. Raises: DomainError."""
    is_new = body.pk is None
    changed = [name for name, value in fields.items() if is_new or getattr(body, name) != value]
    if not changed:
        return body
    for name in changed:
        setattr(body, name, fields[name])
    _derive(body)
    _check_span(body.first_on, body.until_on)
    if body.bin and Institution.objects.filter(bin=body.bin).exclude(pk=body.pk).exists():
        raise DomainError(
            _("Another institution has this business number."), code="bin", field="bin"
        )
    body.revision += 0 if is_new else 1
    body.save()
    verb = "create" if is_new else "edit"
    payload: dict[str, Value] = {
        "kind": body.kind,
        "district": body.district_id,
        "changed": [*sorted(changed)],
    }
    append(
        action=f"institutions.{verb}",
        actor=actor,
        subject=f"institution:{body.code}",
        payload=payload,
    )
    return body


def _derive(body: Institution) -> None:
    """The columns that follow from the others: search and order."""
    names = {"kk": body.name_kk, "ru": body.name_ru, "en": body.name_en}
    for code, text in names.items():
        setattr(body, f"sort_{code}", sort_key(text or body.name_kk))
    body.skeleton = rules.searchable([*names.values(), body.address_kk, body.address_ru])


def _check_span(first: date | None, until: date | None) -> None:
    if first and until and until <= first:
        raise DomainError(_SPAN, code="span", field="until_on")


def close(*, actor: Actor, code: str, until_on: date, successor: str = "") -> Institution:
    """End a body and its points on the day; name who took over, if anybody did.

    Raises: UnknownInstitutionError; DomainError for a successor that is the body itself, leads
    back to it, or has ended, or for a day before the beginning.
    """
    with transaction.atomic():
        body = queries.institution(code)
        heir = queries.institution(successor) if successor else None
        _check_span(body.first_on, until_on)
        _check_heir(body, heir, until_on)
        body.until_on, body.successor = until_on, heir
        body.revision += 1
        body.save(update_fields=["until_on", "successor", "revision"])
        for point in queries.points_of(body).filter(until_on=None):
            point.until_on = max(until_on, point.first_on or until_on)
            if point.first_on and point.first_on >= until_on:
                raise DomainError(_("One of its service points begins after this day."))
            point.save(update_fields=["until_on"])
        append(
            action="institutions.close",
            actor=actor,
            subject=f"institution:{code}",
            payload={"until": until_on, "successor": successor},
        )
    return body


def _check_heir(body: Institution, heir: Institution | None, day: date) -> None:
    seen = {body.pk}
    following = heir
    while following is not None:
        if following.pk in seen:
            raise DomainError(_("An institution cannot be its own successor."), field="successor")
        seen.add(following.pk)
        following = following.successor
    if heir is not None and heir.until_on is not None and heir.until_on <= day:
        raise DomainError(_("The successor itself has ended by then."), field="successor")


def reopen(*, actor: Actor, code: str) -> Institution:
    """Take back a closing; the points stay closed. Raises: UnknownInstitutionError."""
    with transaction.atomic():
        body = queries.institution(code)
        body.until_on, body.successor = None, None
        body.revision += 1
        body.save(update_fields=["until_on", "successor", "revision"])
        append(action="institutions.reopen", actor=actor, subject=f"institution:{code}")
    return body


def save_point(
    *, actor: Actor, institution: Institution, fields: Fields, point: ServicePoint | None = None
) -> ServicePoint:
    """Add a point to the body, or change one. Raises: DomainError for a wrong span."""
    saved = point or ServicePoint(institution=institution)
    verb = "edit_point" if point else "add_point"
    for name, value in fields.items():
        setattr(saved, name, value)
    _check_span(saved.first_on, saved.until_on)
    with transaction.atomic():
        saved.save()
        append(
            action=f"institutions.{verb}",
            actor=actor,
            subject=f"institution:{institution.code}",
            payload={"point": saved.code, "kind": saved.kind, "district": saved.district_id},
        )
    return saved


def add_interest(
    *,
    actor: Actor,
    institution: Institution,
    tie: str,
    person: str = "",
    other: Institution | None = None,
    first_on: date | None = None,
) -> Interest:
    """Note a tie of a colleague or of another body.

    Raises: DomainError when it is there already, or has not exactly one other side.
    """
    if bool(person) == (other is not None):
        raise DomainError(_("Name either a colleague or another institution."), field="person")
    if other is not None and other.pk == institution.pk:
        raise DomainError(_("An institution has no tie with itself."), field="other")
    try:
        with transaction.atomic():
            found = Interest.objects.create(
                institution=institution, person=person, other=other, tie=tie, first_on=first_on
            )
            payload = {"tie": tie, "person": person, "other": other.code if other else ""}
            append(
                action="institutions.add_interest",
                actor=actor,
                subject=f"institution:{institution.code}",
                payload=payload,
            )
    except IntegrityError as error:
        raise DomainError(_("This tie is noted already."), field="tie") from error
    return found


def end_interest(*, actor: Actor, interest: Interest, until_on: date) -> Interest:
    """End a tie; it stays on record. Raises: DomainError for a day before its beginning."""
    _check_span(interest.first_on, until_on)
    with transaction.atomic():
        interest.until_on = until_on
        interest.save(update_fields=["until_on"])
        append(
            action="institutions.end_interest",
            actor=actor,
            subject=f"institution:{interest.institution.code}",
            payload={"tie": interest.tie, "until": until_on},
        )
    return interest
