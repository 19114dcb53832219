"""How what is scarce is shared between networks when budgets are used up: turns that go round.

Plain arithmetic: seconds come as an argument. Nothing here knows what a network is: it is a mark.
"""

from collections import OrderedDict
from dataclasses import dataclass, field

from baqylau.web.budgets import KNOWN


@dataclass(frozen=True, slots=True)
class Turn:
    """A reserved turn: the `place` (from 0) within a round, and not before a moment (seconds)."""

    round: int
    place: int
    after: float


@dataclass(slots=True)
class _Last:
    """What a network has had: turns in its last round, and when the next may be."""

    round: int = 0
    taken: int = 0
    next_at: float = 0.0


@dataclass(slots=True)
class Rounds:
    """Turns that go round: in each round every network has one, or as many as its share.

    `rate` turns a second are given in all, `each` to one network at most, and `ahead` seconds
    before they come. Somebody new waits for the present round and for their place in the next,
    however many turns another network has already reserved.
    """

    rate: float
    each: float
    ahead: float
    _current: int = 0
    _began: float = 0.0
    _sizes: dict[int, int] = field(default_factory=dict)
    _last: "OrderedDict[str, _Last]" = field(default_factory=OrderedDict)

    def reserve(
        self, network: str, now: float, *, share: int = 1, each: float = 0.0
    ) -> Turn | None:
        """Give the network its next turn; `share` turns a round, `each` a second if not as all.

        None when the network has reserved all that it may: then it asks again later.
        """
        self._advance(now)
        last = self._last.pop(network, None) or _Last()
        self._last[network] = last
        while len(self._last) > KNOWN:
            self._last.popitem(last=False)
        if last.next_at - now > self.ahead:
            return None
        soonest = self._current if self._is_idle(now) else self._current + 1
        if last.round < soonest:
            last.round, last.taken = soonest, 0
        elif last.taken >= share:
            last.round, last.taken = last.round + 1, 0
        last.taken += 1
        place = self._sizes.get(last.round, 0)
        self._sizes[last.round] = place + 1
        after = max(now, last.next_at)
        last.next_at = after + 1 / (each or self.each)
        return Turn(last.round, place, after)

    def due(self, turn: Turn, now: float) -> float:
        """When the turn comes, in seconds as `now`; what others reserve later may put it off."""
        self._advance(now)
        if turn.round < self._current:
            return turn.after
        between = range(self._current, turn.round)
        before = sum(self._sizes.get(number, 0) for number in between) + turn.place
        return max(turn.after, self._began + before / self.rate)

    def _ends(self) -> float:
        return self._began + self._sizes.get(self._current, 0) / self.rate

    def _is_idle(self, now: float) -> bool:
        return now >= self._ends() and not self._sizes.get(self._current + 1)

    def _advance(self, now: float) -> None:
        """Go on to the round that is due now."""
        while now >= (end := self._ends()) and self._sizes.get(self._current + 1):
            self._sizes.pop(self._current, None)
            self._current, self._began = self._current + 1, end
        if self._is_idle(now):
            # Nobody waits: the next turn is now, in a round of its own.
            self._sizes.pop(self._current, None)
            self._current, self._began = self._current + 1, now
