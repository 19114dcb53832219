"""Everything that the page of help shows of a consultation."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from baqylau.casework.models import Case
from baqylau.casework.taxonomy import ContactKind
from baqylau.contacts.models import Contact, Purpose
from baqylau.contacts.queries import has_consent
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.modules import Hit
from baqylau.kernel.permissions import may_somewhere
from baqylau.reception.access import SEE
from baqylau.reception.models import Consultation, Letter, Referral
from baqylau.reception.queries.consultations import visits_about
from baqylau.reception.queries.letters import letters_of
from baqylau.reception.queries.rights import at_the_desk, readable
from baqylau.reception.rules.numbers import reference


@dataclass(frozen=True, slots=True)
class HelpPage:
    """What has been done for a visit. `earlier` is the case of an earlier visit about the same."""

    consultation: Consultation
    earlier: Case | None
    letters: list[Letter]
    referrals: list[Referral]
    keeps_papers: bool | None
    """Whether number and address may be kept; None for a visitor who is not known."""


def help_of(row: Consultation) -> HelpPage:
    """The page of help; a fixed number of queries but for the visits about one problem."""
    earlier = None
    if row.case is None:
        cases = [each.case for each in visits_about(row) if each.case]
        earlier = cases[-1] if cases else None
    contact = Contact.objects.filter(key=row.contact).first() if row.contact else None
    return HelpPage(
        consultation=row,
        earlier=earlier,
        letters=letters_of(row),
        referrals=referrals_of(row),
        keeps_papers=has_consent(contact, Purpose.PAPERS) if contact else None,
    )


def is_fit(row: Consultation) -> bool:
    """Whether help may be built on the visit: it stands, and is not about a demand for money."""
    return not row.is_struck and row.kind != ContactKind.CORRUPTION


def referrals_of(row: Consultation) -> list[Referral]:
    """Every yes of the person about this matter, the latest first."""
    rows = Referral.objects.filter(consultation=row).select_related("body")
    return list(rows.order_by("-agreed_at", "-id"))


def related(actor: Actor, subject: str) -> Sequence[Hit]:
    """The consultations that a case was opened from, as far as the actor may read them."""
    kind, _colon, number = subject.partition(":")
    if kind != "case" or not may_somewhere(actor, SEE):
        return ()
    near = readable(at_the_desk(actor, clock.today()))
    rows = near.filter(case__number=number).order_by("held_on", "id")
    return [
        Hit(
            label=row.number,
            url=reverse("consultation", args=[reference(row.number)]),
            kind=_("consultation"),
            note=row.get_result_display(),
        )
        for row in rows
    ]
