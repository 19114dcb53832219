"""How much may come from one network: kept in memory alone, forgotten by a restart.

What is refused costs nothing and loses nothing: the text comes back in the page. Several processes
have a state each.
"""

import threading
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext_lazy as _

from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.web.budgets import Budget, Budgets
from baqylau.web.networks import LOCAL

ONE_RATE, ONE_BURST = 1 / 120, 30.0
"""Comments a second and at once of one network: a village behind one address may be many, and a
person reads each comment. A thousand in an hour come to sixty."""
ALL_RATE, ALL_BURST = 1 / 6, 600.0
"""The same of all networks together: what the readers can be asked to read."""
STANCES_RATE, STANCES_BURST = 1 / 4, 300.0
"""Opinions by one press of a network."""
LOCAL_TIMES: Final = 10
"""Times as much of LOCAL: everybody who comes through Tor, or without a network."""
BACK: Final = 5.0
"""Seconds by which a clock may go back before everything begins anew."""


class ManyError(DomainError):
    """A network has sent all that it may for now."""

    code = "many"
    status = 429


@dataclass(slots=True)
class _State:
    """All that is remembered."""

    now: float = 0.0
    ours: Budgets = field(default_factory=lambda: Budgets(ONE_RATE, ONE_BURST))
    all: Budget = field(default_factory=lambda: Budget(ALL_RATE, ALL_BURST, ALL_BURST))
    local: Budget = field(
        default_factory=lambda: Budget(
            ONE_RATE * LOCAL_TIMES, ONE_BURST * LOCAL_TIMES, ONE_BURST * LOCAL_TIMES
        )
    )
    stances: Budgets = field(default_factory=lambda: Budgets(STANCES_RATE, STANCES_BURST))
    local_stances: Budget = field(
        default_factory=lambda: Budget(
            STANCES_RATE * LOCAL_TIMES, STANCES_BURST * LOCAL_TIMES, STANCES_BURST * LOCAL_TIMES
        )
    )


_lock = threading.Lock()
_state = _State()


def admit_comment(*, network: str) -> None:
    """Count one comment of a network. Raises: ManyError."""
    with _lock:
        now = _begin()
        if network == LOCAL:
            is_there = _state.local.take(1, now)
        else:
            is_there = _state.ours.take(network, 1, now)
        if is_there and _state.all.take(1, now):
            return
    raise ManyError(
        _(
            "Very many comments have come by the way that you use. Yours is not lost: it stands "
            "below. Send it again in an hour, or bring it on paper to our desk; it counts the same."
        )
    )


def admit_stance(*, network: str) -> None:
    """Count one opinion of a network. Raises: ManyError."""
    with _lock:
        now = _begin()
        if network == LOCAL:
            is_there = _state.local_stances.take(1, now)
        else:
            is_there = _state.stances.take(network, 1, now)
    if not is_there:
        raise ManyError(
            _("Very many opinions have come by the way that you use. Try again in a few minutes.")
        )


def forget() -> None:
    """Begin anew: for tests."""
    global _state  # noqa: PLW0603 - one state for the process
    with _lock:
        _state = _State()


def _begin() -> float:
    """The present moment in seconds."""
    global _state  # noqa: PLW0603 - one state for the process
    now = clock.now().timestamp()
    if now < _state.now - BACK:
        _state = _State()
    _state.now = max(_state.now, now)
    return _state.now
