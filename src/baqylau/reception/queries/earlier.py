"""An earlier visit about the same problem: by its number alone, or by number and code."""

import re
import secrets

from django.utils.translation import gettext_lazy as _

from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import may
from baqylau.reception import keyring
from baqylau.reception.access import SEE
from baqylau.reception.models import Consultation
from baqylau.reception.queries.consultations import whole
from baqylau.reception.queries.rights import at_the_desk
from baqylau.reception.rules.numbers import read_number


def earlier_visit(actor: Actor, number: str, digits: str = "") -> Consultation:
    """The visit that is meant; the newest year's where the year was left out.

    Of a visit that the actor may not read, number and code of the slip are needed: so the slip lies
    on the desk. Raises: DomainError; KeyFileError.
    """
    year, serial = read_number(number) or (None, 0)
    rows = whole().standing().filter(serial=serial)
    row = (rows.filter(year=year) if year else rows.order_by("-year")).first()
    if row is None:
        raise DomainError(_("There is no consultation with this number."), field="earlier")
    if may(at_the_desk(actor, clock.today()), SEE, row):
        return row
    typed = re.sub(r"\D", "", digits)
    if not typed:
        raise DomainError(
            _("This visit was in another room. Write the code that stands on its slip as well."),
            field="earlier_digits",
        )
    if not secrets.compare_digest(typed, keyring.code_of(row.number, row.issue)):
        raise DomainError(
            _("Number and code do not belong together. Look at the slip again."),
            field="earlier_digits",
        )
    return row


def known_by(actor: Actor, keys: list[str]) -> dict[str, list[Consultation]]:
    """The latest visits of people, by their opaque keys, as far as the actor may read them."""
    seer = at_the_desk(actor, clock.today())
    found: dict[str, list[Consultation]] = {key: [] for key in keys}
    for row in whole().standing().filter(contact__in=keys).order_by("-held_on", "-id")[:50]:
        if len(found[row.contact]) < SHOWN and may(seer, SEE, row):
            found[row.contact].append(row)
    return found


SHOWN = 3
"""Visits by which somebody who was found by phone is recognised."""
