"""A step, the columns that follow from it, and the journal's entry: always the three together."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from baqylau.casework.models import Case, Step
from baqylau.casework.queries.cases import one, present_heir
from baqylau.casework.rules.clocks import Law, Projection, projection
from baqylau.casework.rules.facts import Fact, picture_of
from baqylau.institutions.models import Institution
from baqylau.institutions.queries import institution, tied_to
from baqylau.journal.services import Draft, append_many
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM, Actor
from baqylau.kernel.errors import ConflictError, DomainError


class AbolishedError(DomainError):
    """The body is no longer there; `heir` is the code of who took over, "" if nobody did."""

    code = "abolished"

    def __init__(self, body: Institution, heir: Institution | None) -> None:
        self.heir = heir.code if heir else ""
        if heir:
            message = _(
                "This body is no longer there: %(body)s. Its successor: %(heir)s (%(code)s)."
            )
        else:
            message = _(
                "This body is no longer there, and nobody is known to have taken over: %(body)s."
            )
        params = {"body": str(body), "heir": str(heir or ""), "code": self.heir}
        super().__init__(message, field="body", params=params)


class TiedError(DomainError):
    """The colleague has an interest in the body."""

    code = "conflict_of_interest"
    status = 403


def locked(number: str, seen: int | None = None) -> Case:
    """The case, held until the transaction ends.

    `seen` is the number of steps that the person saw; another number means that a colleague, or
    the same form sent twice, was first. Raises: UnknownCaseError; ConflictError.
    """
    found = one(Case.objects.select_for_update(), number)
    if seen is not None and seen != found.steps:
        raise ConflictError(_("Something was added to this case meanwhile. Look at it again."))
    return found


def living_body(code: str, day: date) -> Institution:
    """The body, if it is there on the day. Raises: AbolishedError; UnknownInstitutionError."""
    found = institution(code)
    if found.until_on and found.until_on <= day:
        raise AbolishedError(found, present_heir(found))
    return found


def refuse_tied(person: str, body_id: int | None) -> None:
    """Refuse a colleague who has an interest in the body. Raises: TiedError."""
    if body_id is None or person in ("", SYSTEM.key):
        return
    if body_id in tied_to(person, clock.today()):
        raise TiedError(
            _("A conflict of interest with this body is on record: somebody else must do this."),
            field="person",
        )


def write_step(
    row: Case,
    earlier: list[Fact],
    fact: Fact,
    *,
    actor: Actor,
    body_id: int | None,
    law: Law,
    first: Sequence[Draft] = (),
) -> None:
    """Write a step that was found good, within the caller's transaction.

    The journal comes last: what `first` says of the case itself, then the step.
    """
    Step.objects.create(
        case=row,
        number=fact.number,
        kind=fact.kind,
        on=fact.on,
        procedure=fact.procedure,
        body_id=body_id,
        is_after_hours=fact.is_after_hours,
        until=fact.until,
        due_on=fact.due_on,
        finding=fact.finding,
        outcome=fact.outcome,
        evidence=fact.evidence,
        person=fact.person,
        target=fact.target,
        reference=fact.reference,
        actor=actor.key,
        written_at=clock.now(),
    )
    row.steps = fact.number
    before, now = picture_of(earlier), projection(picture_of([*earlier, fact]), law)
    if now.body == before.body:
        body_id = row.body_id
    elif now.body != fact.body:  # A step was struck out that had named another body.
        body_id = institution(now.body).pk if now.body else None
    show(row, now, body_id)
    row.save()
    said = Draft("casework.step", actor, f"case:{row.number}", fact.payload())
    append_many(drafts=[*first, said])


def show(row: Case, now: Projection, body_id: int | None) -> None:
    """Set the columns that follow from the steps."""
    row.body_id = body_id
    row.person = now.person
    row.stage = now.stage
    row.procedure = now.procedure
    row.next_due_on = now.next_due_on
    row.is_unsure = now.is_unsure
    row.outcome = now.outcome
    row.closed_on = now.closed_on
