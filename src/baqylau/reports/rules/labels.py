"""An officer's label, and the cells of the two counters that it moves: never crossed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Label:
    """KATO code of the district, codes of conduct and credibility ("" for unknown), severity 0-4.

    Severity 0 means that nobody has judged it.
    """

    district: str = ""
    conduct: str = ""
    credibility: str = ""
    severity: int = 0

    def values(self) -> dict[str, str | int]:
        """As it is sealed."""
        return {
            "district": self.district,
            "conduct": self.conduct,
            "credibility": self.credibility,
            "severity": self.severity,
        }

    def cells(self) -> frozenset[tuple[str, str]]:
        """Counter and value, one for each of the two that the label has."""
        found = (("district", self.district), ("conduct", self.conduct))
        return frozenset(cell for cell in found if cell[1])


def read_label(values: Mapping[str, Any]) -> Label:
    """A label from what was sealed."""
    return Label(
        district=str(values.get("district", "")),
        conduct=str(values.get("conduct", "")),
        credibility=str(values.get("credibility", "")),
        severity=int(values.get("severity") or 0),
    )


def moves(earlier: Label | None, now: Label) -> list[tuple[str, str, int]]:
    """What is added to which cell: (counter, value, +1 or -1), sorted, cells that stay left out."""
    before, after = earlier.cells() if earlier else frozenset(), now.cells()
    taken = [(by, value, -1) for by, value in before - after]
    return sorted(taken + [(by, value, 1) for by, value in after - before])
