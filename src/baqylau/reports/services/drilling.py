"""The drill: two holders type one after the other, and neither sees the other's sheet.

The first share travels in the second holder's page, sealed with a key of the server for whoever
leads the drill, for a quarter of an hour. It is stored nowhere.
"""

import json
from hashlib import blake2b

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import require
from baqylau.reports import access
from baqylau.seal import boxes, derive, shares

LIFE = 900
"""Seconds from the first share to the second."""


def take_first(*, actor: Actor, typed: str) -> str:
    """Look at the first share; what the second holder's page carries.

    Raises: NotAllowedError; SealError for a share that is not whole.
    """
    require(actor, access.CEREMONY)
    content = json.dumps({"share": shares.read(typed).words, "at": _now()}).encode()
    return boxes.seal(_key(), content, _about(actor)).hex()


def first_share(*, actor: Actor, ticket: str) -> str:
    """The share that the page carried. Raises: DomainError when its time is over."""
    over = DomainError(_("The time of this drill is over. Begin anew: nothing was stored."))
    try:
        content = json.loads(boxes.unseal(_key(), bytes.fromhex(ticket), _about(actor)))
    except (boxes.BoxError, ValueError):
        raise over from None
    if not 0 <= _now() - content["at"] < LIFE:
        raise over
    return str(content["share"])


def _now() -> int:
    return int(clock.now().timestamp())


def _about(actor: Actor) -> bytes:
    return f"drill/{actor.key}".encode()


def _key() -> bytes:
    secret = blake2b(settings.SECRET_KEY.encode(), digest_size=32).digest()
    return derive.from_secret(secret, "drill")
