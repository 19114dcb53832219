"""Whose turn it is for a slow derivation: asked before it, kept in memory alone.

Calm: every network has a budget that no honest neighbourhood uses up, and whoever is within it goes
straight on. A flood uses up its own network's budget, or the one that all share; from then on a
request gets no derivation but a ticket: come again after a few seconds. Who comes again is given a
turn, and turns go round the networks, so that nobody's turn waits for another's thousandth.

How a view asks, before anything slow and after the cheap checks (size, token, shape, check digits):

    network, ticket = network_of(request), request.POST.get(admission.FIELD, "")
    wait = admission.admit(network=network, ticket=ticket)

None means: go on. Else answer with the waiting page, which keeps all that was typed:
`views.turns.turn_or_wait(request)` does both. An upload, which a page cannot keep, asks
`admit_upload(network=...)`, which says so in a sentence, and `admit_bytes(network=..., size=...)`
before its files are kept.

Several processes have a state each: what one of them admits is then multiplied by their number,
and a ticket of another is an old one. Nothing here is logged or stored; a restart forgets it.
"""

import math
import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from hashlib import blake2b
from hmac import compare_digest
from typing import Final

from django.utils.translation import gettext_lazy as _

from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.reports.rules.fairness import Rounds, Turn
from baqylau.web.budgets import Budget, Budgets
from baqylau.web.networks import LOCAL

FIELD: Final = "turn"
"""The hidden field that carries the ticket."""

ALL_RATE, ALL_BURST = 10.0, 60.0
"""Derivations a second that all networks but LOCAL share, and how many at once: a fifth of one core
(20 ms of CPU for a report), and in a day a thousand times what an oblast reports in a year."""
ONE_RATE, ONE_BURST = 0.2, 40.0
"""The same of one network: a neighbourhood behind one address of a mobile operator may be many."""
LOCAL_RATE, LOCAL_BURST = 60.0, 300.0
"""The same of LOCAL, which is everybody who comes through Tor."""
LOCAL_SHARE = 8
"""Turns of LOCAL in each round."""
TURNS_RATE, TURNS_EACH = 20.0, 1.0
"""Turns a second under load, in all and for one network."""
AHEAD = 120.0
"""Seconds for which a network may have turns reserved."""
SOON = 1.0
"""A turn that comes within so many seconds is given at once."""
FIRST_WAIT = 4
"""Seconds of the first ticket: who floods does not come back for it."""
LIFE = 600
"""Seconds for which a ticket is good once its time has come."""
TICKETS = 50_000
"""Used tickets that are remembered at most."""
UPLOAD_RATE, UPLOAD_BURST = 0.1, 30.0
UPLOADS_RATE, UPLOADS_BURST = 2.0, 60.0
"""Uploads a second and at once, of one network and of all but LOCAL."""
BYTES_BURST, BYTES_RATE = 300.0 * (1 << 20), 300.0 * (1 << 20) / 21_600
"""Bytes of files at once and a second of one network: five whole reports, and five in six hours."""
LOCAL_BYTES = 10
"""Times as many of LOCAL, which may be many people. There is no sum for all: whoever uses theirs up
takes nothing from anybody else."""
BACK = 5.0
"""Seconds by which a clock may go back before everything begins anew."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Come again in `seconds` with the `ticket`."""

    seconds: int
    ticket: str


class UploadsBusyError(DomainError):
    """Too many files come just now; they are not kept."""

    code = "uploads_busy"
    status = 503


class BytesSpentError(DomainError):
    """A network has sent all the bytes of files that it may for now."""

    code = "bytes_spent"
    status = 503


@dataclass(slots=True)
class _State:
    """All that is remembered; made anew when the clock goes back."""

    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    now: float = 0.0
    ours: Budgets = field(default_factory=lambda: Budgets(ONE_RATE, ONE_BURST))
    everybody: Budget = field(default_factory=lambda: Budget(ALL_RATE, ALL_BURST, ALL_BURST))
    local: Budget = field(default_factory=lambda: Budget(LOCAL_RATE, LOCAL_BURST, LOCAL_BURST))
    uploads: Budgets = field(default_factory=lambda: Budgets(UPLOAD_RATE, UPLOAD_BURST))
    all_uploads: Budget = field(
        default_factory=lambda: Budget(UPLOADS_RATE, UPLOADS_BURST, UPLOADS_BURST)
    )
    bytes: Budgets = field(default_factory=lambda: Budgets(BYTES_RATE, BYTES_BURST))
    local_bytes: Budget = field(
        default_factory=lambda: Budget(
            LOCAL_BYTES * BYTES_RATE, LOCAL_BYTES * BYTES_BURST, LOCAL_BYTES * BYTES_BURST
        )
    )
    rounds: Rounds = field(default_factory=lambda: Rounds(TURNS_RATE, TURNS_EACH, AHEAD))
    used: "OrderedDict[str, None]" = field(default_factory=OrderedDict)


_lock = threading.Lock()
_state = _State()


def admit(*, network: str, ticket: str = "") -> Wait | None:
    """None when the request may derive now; else how long it has to wait, with its ticket.

    `network` is the mark of `web.networks`, `ticket` what the form carried in FIELD.
    """
    with _lock:
        now = _begin()
        brought = _read(ticket, now)
        if brought is None:
            return None if _is_within(network, now) else _first(now)
        if now < brought.after:
            # Too early: it stays what it is.
            return Wait(_seconds(brought.after - now), ticket)
        return _claim(network, ticket, brought, now)


def admit_upload(*, network: str) -> None:
    """Count one upload. Raises: UploadsBusyError when there are too many just now."""
    with _lock:
        now = _begin()
        # The network's own budget comes first: what it refuses takes nothing from the others'.
        is_there = network == LOCAL or _state.uploads.demand(network, now)
        if is_there and (network == LOCAL or _state.all_uploads.demand(now)):
            return
    raise UploadsBusyError(
        _("Too many files are being sent just now. Send yours again in a minute, please.")
    )


def admit_bytes(*, network: str, size: int) -> None:
    """Count the bytes of files that are about to be kept; what is refused counts nothing.

    Raises: BytesSpentError when the network has sent too many of late.
    """
    with _lock:
        now = _begin()
        if network == LOCAL:
            is_there = _state.local_bytes.take(size, now)
        else:
            is_there = _state.bytes.take(network, size, now)
    if not is_there:
        raise BytesSpentError(
            _(
                "Very many files have come by the way that you use. Send your words now: files can "
                "come later with your receipt, by another network, or on paper to our desk."
            )
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


def _is_within(network: str, now: float) -> bool:
    """Whether the budgets allow it without a turn; the network's own one is asked first."""
    if network == LOCAL:
        return _state.local.demand(now)
    return _state.ours.demand(network, now) and _state.everybody.demand(now)


def _first(now: float, seconds: int = FIRST_WAIT) -> Wait:
    """A ticket for the door: it costs nobody a turn until somebody comes back with it."""
    return _told(Turn(0, 0, math.ceil(now + seconds)), now)


def _told(turn: Turn, now: float) -> Wait:
    return Wait(_seconds(turn.after - now), _write(turn))


def _claim(network: str, ticket: str, brought: Turn, now: float) -> Wait | None:
    """Give a turn to a ticket of the door; let a turn in that has come."""
    rounds, turn = _state.rounds, brought
    if turn.round == 0:
        is_local = network == LOCAL
        share, each = (LOCAL_SHARE, LOCAL_RATE) if is_local else (1, TURNS_EACH)
        _use(ticket)
        found = rounds.reserve(network, now, share=share, each=each)
        if found is None:
            return _first(now, secrets.choice(range(20, 60)))
        turn = found
    due = rounds.due(turn, now)
    if due <= now + SOON:
        _use(ticket)
        return None
    # Whole seconds, so that the ticket can be written down; its place in the round decides.
    return _told(Turn(turn.round, turn.place, math.ceil(due)), now)


def _use(ticket: str) -> None:
    _state.used[_name(ticket)] = None
    while len(_state.used) > TICKETS:
        _state.used.popitem(last=False)


def _name(ticket: str) -> str:
    """What may be used once: a ticket of the door, or a turn, however often it was written down."""
    _after, number, place, drawn = ticket.split("-")[:4]
    return drawn if number == "0" else f"{number}/{place}"


def _seconds(wait: float) -> int:
    return max(1, math.ceil(wait))


def _write(turn: Turn) -> str:
    text = f"{int(turn.after)}-{turn.round}-{turn.place}-{secrets.token_hex(8)}"
    return f"{text}-{_mark(text)}"


def _read(ticket: str, now: float) -> Turn | None:
    """The turn in a ticket; None when it is none of ours, too old, or was used."""
    text, _dash, mark = ticket[:200].rpartition("-")
    # As bytes: what is compared comes from anybody, and need not be ASCII.
    if not compare_digest(_mark(text).encode(), mark.encode(errors="replace")):
        return None
    after, number, place, _drawn = text.split("-")
    if now > int(after) + LIFE or _name(ticket) in _state.used:
        return None
    return Turn(int(number), int(place), float(after))


def _mark(text: str) -> str:
    return blake2b(text.encode(errors="replace"), key=_state.key, digest_size=16).hexdigest()
