"""Walking a chain: what does not follow from what stands before it, and what was cut.

Pure: rows in, findings out. Rows are (number, at, action, actor, subject, payload, digest),
ordered by number.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from baqylau.journal.heads import SignedHead
from baqylau.journal.rules import GENESIS, link

Row = tuple[int, str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong at a place of a chain.

    `code` is "broken" (the entry does not follow from the one before), "missing" (numbers up to
    `until` are not there), "stray" (a number below 1), "rewritten" (not the entry that was signed
    on `signed_on`) or "cut" (the entry that was signed is not there any more).
    """

    chain: str
    code: str
    number: int | None
    until: int | None = None
    signed_on: str = ""


@dataclass(slots=True)
class Walk:
    """One pass over a chain; afterwards `count`, `last` and `digest` describe what was there."""

    chain: str
    anchors: Sequence[SignedHead] = ()
    count: int = 0
    last: int = 0
    digest: str = GENESIS
    _numbered: dict[int, list[SignedHead]] = field(default_factory=dict)
    _unnumbered: dict[str, list[SignedHead]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for head in self.anchors:
            if head.number is None:
                self._unnumbered.setdefault(head.digest, []).append(head)
            else:
                self._numbered.setdefault(head.number, []).append(head)

    def over(self, rows: Iterable[Row]) -> Iterator[Finding]:
        """Everything that is wrong, in the order of the chain; a break is reported once."""
        for number, at, action, actor, subject, payload, digest in rows:
            if number < 1:
                yield Finding(self.chain, "stray", number)
                continue
            if number != self.last + 1:
                yield Finding(self.chain, "missing", self.last + 1, until=number - 1)
            if link(self.digest, number, at, action, actor, subject, payload) != digest:
                yield Finding(self.chain, "broken", number)
            # From here on the stored digest counts, so that one break is not told a million times.
            self.count, self.last, self.digest = self.count + 1, number, digest
            if number in self._numbered or digest in self._unnumbered:
                yield from self._compare(number, digest)
        yield from self._not_met()

    def _compare(self, number: int, digest: str) -> Iterator[Finding]:
        self._unnumbered.pop(digest, None)
        for head in self._numbered.pop(number, ()):
            if head.digest != digest:
                day = head.signed_on.isoformat()
                yield Finding(self.chain, "rewritten", number, signed_on=day)

    def _not_met(self) -> Iterator[Finding]:
        left = [*self._numbered.values(), *self._unnumbered.values()]
        for head in (head for heads in left for head in heads):
            yield Finding(self.chain, "cut", head.number, signed_on=head.signed_on.isoformat())
