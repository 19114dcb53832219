"""An earlier visit about the same problem: by its number alone, or by number and code."""

import string

from django.utils.translation import gettext_lazy as _

from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import may
from baqylau.reception.access import SEE
from baqylau.reception.models import Consultation
from baqylau.reception.queries.consultations import whole
from baqylau.reception.queries.rights import at_the_desk
from baqylau.reception.rules.numbers import read_number
from baqylau.reception.services.guessing import opens
from baqylau.reception.taxonomy import Result


def earlier_visit(actor: Actor, number: str, digits: str = "") -> Consultation:
    """The visit that is meant; the newest year's where the year was left out.

    Of a visit that the actor may not read, number and code of the slip are needed: so the slip lies
    on the desk. A code that is typed must be right, and guessing is slowed as it is for everybody.
    Raises: DomainError; KeyFileError.
    """
    year, serial = read_number(number) or (None, 0)
    rows = whole().standing().exclude(result=Result.SAFE_CHANNEL).filter(serial=serial)
    row = (rows.filter(year=year) if year else rows.order_by("-year")).first()
    if row is None:
        raise DomainError(_("There is no consultation with this number."), field="earlier")
    typed = "".join(sign for sign in digits if sign in string.digits)
    if not digits.strip() and may(at_the_desk(actor, clock.today()), SEE, row):
        return row
    if not digits.strip():
        raise DomainError(
            _("This visit was in another room. Write the code that stands on its slip as well."),
            field="earlier_digits",
        )
    if not opens(year=row.year, serial=row.serial, code=typed):
        raise DomainError(
            _("Number and code do not belong together. Look at the slip again."),
            field="earlier_digits",
        )
    return row
