"""The ceremony of the recovery key: three shares, one after the other, and nothing kept here.

Between two pages of the ceremony the shares that are still to be shown travel in the page itself,
sealed with a key of the server for whoever leads it, for half an hour. A share that its holder has
confirmed is in no later page. Only the public half is stored, and only at the end.
"""

import json
import secrets
from dataclasses import asdict, dataclass, replace
from hashlib import blake2b

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import require
from baqylau.reports import access
from baqylau.reports.services.recovery import propose_recovery
from baqylau.seal import boxes, derive, shares

LIFE = 1_800
"""Seconds from one page to the next: time to print and to put a sheet away."""
ASKED = 2
"""Words that a holder types from their sheet."""


@dataclass(frozen=True, slots=True, repr=False)
class Ceremony:
    """Where the ceremony is: `left` are the shares not confirmed yet, the first one is shown.

    `asked` are numbers (from 1) of the words that its holder has to type.
    """

    public: str
    left: tuple[str, ...]
    asked: tuple[int, ...]
    at: int

    @property
    def number(self) -> int:
        """The number of the share that is shown, from 1."""
        return shares.MADE - len(self.left) + 1

    @property
    def words(self) -> list[str]:
        """The words of the share that is shown."""
        return self.left[0].split()


def begin_ceremony(*, actor: Actor) -> Ceremony:
    """Make a recovery key, split it, and forget it. Raises: NotAllowedError."""
    require(actor, access.CEREMONY)
    made = shares.make()
    return Ceremony(made.public, made.shares, _drawn(), _now())


def carried(actor: Actor, ceremony: Ceremony) -> str:
    """What the page carries to the next one."""
    fresh = replace(ceremony, at=_now())
    content = json.dumps(asdict(fresh)).encode()
    return boxes.seal(_key(), content, _about(actor)).hex()


def read_ceremony(*, actor: Actor, ticket: str) -> Ceremony:
    """Where the ceremony is. Raises: DomainError when its time is over or it is not the actor's."""
    over = DomainError(_("The time of this ceremony is over. Begin anew: nothing was stored."))
    try:
        content = json.loads(boxes.unseal(_key(), bytes.fromhex(ticket), _about(actor)))
    except (boxes.BoxError, ValueError):
        raise over from None
    found = Ceremony(
        content["public"], tuple(content["left"]), tuple(content["asked"]), content["at"]
    )
    if not 0 <= _now() - found.at < LIFE:
        raise over
    return found


def confirm_share(*, actor: Actor, ceremony: Ceremony, typed: list[str]) -> Ceremony | None:
    """The holder has typed the asked words: the next share's turn, or None when it was the last.

    With the last one the public half is stored; it is used once a second person has agreed.
    Raises: DomainError when a word is not the one that was asked; ConflictError.
    """
    words = ceremony.words
    for place, word in zip(ceremony.asked, typed, strict=True):
        if word.strip().casefold() != words[place - 1]:
            raise DomainError(
                _("Word %(place)s is another one. Look at the sheet again."),
                params={"place": place},
            )
    if len(ceremony.left) > 1:
        return replace(ceremony, left=ceremony.left[1:], asked=_drawn())
    propose_recovery(actor=actor, public=ceremony.public)
    return None


def _drawn() -> tuple[int, ...]:
    """Which words are asked."""
    places = range(1, shares.WORDS + 1)
    return tuple(sorted(secrets.SystemRandom().sample(places, ASKED)))


def _now() -> int:
    return int(clock.now().timestamp())


def _about(actor: Actor) -> bytes:
    return f"ceremony/{actor.key}".encode()


def _key() -> bytes:
    secret = blake2b(settings.SECRET_KEY.encode(), digest_size=32).digest()
    return derive.from_secret(secret, "ceremony")
