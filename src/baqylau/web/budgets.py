"""Budgets of what is scarce, one for each network.

Plain arithmetic: seconds come as an argument. Nothing here knows what a network is: it is a mark.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final

KNOWN: Final = 20_000
"""Networks that are remembered at most; the one unseen longest is forgotten first."""


@dataclass(slots=True)
class Budget:
    """Fills by `rate` a second up to `most`; every demand takes one, met or not.

    Because refused demands count too, whoever sends faster than `rate` is not served at all until
    they pause. The debt is at most `most`, so that the pause is bounded: 2 × most / rate seconds.
    """

    rate: float
    most: float
    level: float = 0.0
    at: float = 0.0

    def demand(self, now: float) -> bool:
        """Take one; returns whether there was one. A clock that went back adds nothing."""
        self._fill(now)
        is_there = self.level >= 1
        self.level = max(-self.most, self.level - 1)
        return is_there

    def take(self, amount: float, now: float) -> bool:
        """Take so much if it is there, else nothing: who is refused is no poorer for asking."""
        self._fill(now)
        is_there = self.level >= amount
        if is_there:
            self.level -= amount
        return is_there

    def _fill(self, now: float) -> None:
        self.level = min(self.most, self.level + self.rate * max(0.0, now - self.at))
        self.at = now


@dataclass(slots=True)
class Budgets:
    """A budget for each network, full at first."""

    rate: float
    most: float
    _known: "OrderedDict[str, Budget]" = field(default_factory=OrderedDict)

    def demand(self, network: str, now: float) -> bool:
        """Take one from the network's budget; returns whether there was one."""
        return self._of(network, now).demand(now)

    def take(self, network: str, amount: float, now: float) -> bool:
        """Take so much from the network's budget if it is there; returns whether it was."""
        return self._of(network, now).take(amount, now)

    def _of(self, network: str, now: float) -> Budget:
        budget = self._known.pop(network, None) or Budget(self.rate, self.most, self.most, now)
        self._known[network] = budget
        while len(self._known) > KNOWN:
            self._known.popitem(last=False)
        return budget
