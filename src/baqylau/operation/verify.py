"""Checking everything that can be checked: both chains, signed heads, what the lists show."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from baqylau.journal.chain import Finding, Walk
from baqylau.journal.heads import CHAINS, SignedHead, is_genuine
from baqylau.journal.queries import rows, signed_heads
from baqylau.kernel.modules import registry

SHOWN = 100
"""Findings of one chain, or rows of one projection, that a report names one by one."""


@dataclass(slots=True)
class ChainReport:
    """One chain: how long it is, and what is wrong with it (the first ones, and how many)."""

    chain: str
    count: int = 0
    last: int = 0
    digest: str = ""
    findings: list[Finding] = field(default_factory=list)
    wrong: int = 0


@dataclass(slots=True)
class Report:
    """What was checked and what was found.

    `forged` are heads whose signature is wrong, `ignored` how many were signed by another key than
    the one that was asked for, `heads` those that counted, `differences` sentences by projection.
    """

    has_anchors: bool
    key: str
    chains: list[ChainReport] = field(default_factory=list)
    heads: list[SignedHead] = field(default_factory=list)
    forged: list[SignedHead] = field(default_factory=list)
    ignored: int = 0
    differences: dict[str, list[str]] = field(default_factory=dict)

    @property
    def is_sound(self) -> bool:
        """Whether nothing at all was found."""
        has_heads = bool(self.heads) or not self.has_anchors
        clean = not any(chain.wrong for chain in self.chains)
        return clean and has_heads and not self.forged and not any(self.differences.values())

    @property
    def keys(self) -> list[str]:
        """The public keys of the heads that counted."""
        return sorted({head.key for head in self.heads})


def examine(anchors: Iterable[SignedHead] | None = None, key: str = "") -> Report:
    """Walk both chains against the heads, then compare every projection with the journal.

    `anchors` are saved heads; without them the installation's own are used. With `key` (hex) only
    heads signed by that key count.
    """
    report = Report(has_anchors=anchors is not None, key=key)
    for head in anchors if anchors is not None else signed_heads():
        if key and head.key != key:
            report.ignored += 1
        elif is_genuine(head):
            report.heads.append(head)
        else:
            report.forged.append(head)
    for chain in CHAINS:
        report.chains.append(_walk(chain, report.heads))
    for projection in registry.gather("projections"):
        report.differences[projection.code] = list(projection.differences())
    return report


def _walk(chain: str, heads: list[SignedHead]) -> ChainReport:
    walk = Walk(chain, [head for head in heads if head.chain == chain])
    found = walk.over(rows(chain))
    report = ChainReport(chain, findings=list(islice(found, SHOWN)))
    report.wrong = len(report.findings) + sum(1 for _more in found)
    report.count, report.last, report.digest = walk.count, walk.last, walk.digest
    return report
