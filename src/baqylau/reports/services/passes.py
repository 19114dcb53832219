"""The open channel of a reporter: its key, sealed, on its way in the page for fifteen minutes.

A pass is what a form of the channel carries: nothing of the report can be read from it, and without
the secret in keys/ nothing can be opened with it. It never is a cookie.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

from baqylau.kernel import clock
from baqylau.reports import keyring
from baqylau.reports.models import Part, Report
from baqylau.reports.services.once import Opened
from baqylau.seal import boxes, derive, tickets
from baqylau.seal.errors import SealError

ABOUT: Final = b"baqylau-pass 1"
LONGEST: Final = 1_000
"""Characters of a pass that are looked at."""
ID: Final = 32


def issue(opened: Opened) -> str:
    """A pass for an open channel, good for fifteen minutes from now."""
    secret, report = keyring.secret(), opened.report.pk
    ticket = tickets.issue(opened.key, secret, _about(report), now=clock.now())
    box = boxes.seal(derive.from_secret(secret, "pass"), report.encode() + ticket, ABOUT)
    return urlsafe_b64encode(box).decode()


def redeem(text: str) -> Opened:
    """The channel that a pass opens.

    Raises: SealError `ticket_wrong` or `ticket_over`; also when the report is no longer there.
    """
    secret = keyring.secret()
    try:
        box = urlsafe_b64decode(text[:LONGEST].encode("ascii"))
        content = boxes.unseal(derive.from_secret(secret, "pass"), box, ABOUT)
    except (boxes.BoxError, ValueError):
        raise SealError("ticket_wrong") from None
    if urlsafe_b64encode(box).decode() != text:
        # Base64 spells one thing in several ways; a pass is spelled in one.
        raise SealError("ticket_wrong")
    report, ticket = content[:ID].decode(), content[ID:]
    key = tickets.redeem(ticket, secret, _about(report), now=clock.now())
    row = Report.objects.filter(pk=report, public=key.public).first()
    if row is None:
        raise SealError("ticket_over")
    return Opened(row, Part.REPORT, key)


def _about(report: str) -> str:
    return f"reporter/{report}"
