"""Published lists of slips, and what they say about a slip that somebody pastes."""

from dataclasses import dataclass

from baqylau.journal import keys
from baqylau.reports.models import SlipList
from baqylau.seal import slips
from baqylau.seal.errors import SealError
from baqylau.seal.slips import Slip, Standing


@dataclass(frozen=True, slots=True)
class Finding:
    """A slip whose signature is right, its week, how it stands ("": no list yet)."""

    slip: Slip
    week: str
    standing: str


def lists() -> list[str]:
    """The weeks that have a list, the latest first."""
    return list(SlipList.objects.order_by("-week").values_list("week", flat=True))


def list_of(week: str) -> SlipList | None:
    """The list of a week."""
    return SlipList.objects.filter(pk=week).first()


def public_key() -> bytes:
    """The site's public key; nothing while it has none. Raises: DomainError."""
    return bytes.fromhex(keys.public())


def look_up(text: str) -> Finding:
    """What the lists say about a slip. Raises: SealError when it is none of ours."""
    public = public_key()
    if not public:
        raise SealError("slip_unsigned")
    slip = slips.read(text, public)
    week = slips.week_of(slip.on)
    published = list_of(week)
    if published is None:
        return Finding(slip, week, "")
    found = slips.standing(slip, slips.read_list(published.text, public))
    return Finding(slip, week, Standing(found).value)
