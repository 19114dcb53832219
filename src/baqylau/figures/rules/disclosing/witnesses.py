"""Counts that agree with all that is told: what shows that a sum cannot be known."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from baqylau.stats.rounding import THRESHOLD

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

TOP = THRESHOLD - 1
NEAR = 1e-5
"""How far from a whole number a solver may leave one."""


class Witnesses:
    """Points of whole numbers within the bounds of all sums, the true one among them.

    `members` are the atoms of each sum, `bounds` as they stand; both belong to the caller.
    """

    def __init__(
        self,
        truth: Sequence[int],
        members: Sequence[Sequence[int]],
        secret: Sequence[int],
        bounds: "Floats",
    ) -> None:
        import numpy as np  # noqa: PLC0415 - only a process that publishes needs it

        self._np = np
        self._of = np.repeat(np.arange(len(members)), [len(each) for each in members])
        self._atoms = np.array([atom for each in members for atom in each], dtype=np.int64)
        self._bounds = bounds
        self._count = len(members)
        self._secret = np.array(secret, dtype=np.int64)
        self._points: list[Floats] = []
        self._true = np.array(truth, dtype=np.float64)
        self._low = self._high = self._start = np.minimum(self._sums(self._true), TOP)

    def add(self, point: "Floats", atoms: Sequence[int] | None = None) -> bool:
        """Take a point if it is one of whole numbers and within all bounds.

        `atoms` are those that it is about; the rest is as it truly is.
        """
        if atoms is not None:
            full = self._true.copy()
            full[atoms] = point
            point = full
        whole = self._np.rint(point)
        if self._np.abs(whole - point).max(initial=0) > NEAR or (whole < 0).any():
            return False
        values = self._sums(whole)
        if not self._holds(values):
            return False
        if self._widened(values):
            self._points.append(whole)
        return True

    def renew(self) -> None:
        """Let go of the points that do not hold any more, after bounds have changed."""
        self._low = self._high = self._start
        before, self._points = self._points, []
        for point in before:
            self.add(point)

    def width(self, n: int) -> int:
        """How far apart a sum is known to be possible, within 0 to 9."""
        return int(self._high[n] - self._low[n])

    def _sums(self, point: "Floats") -> "Floats":
        # Sums of whole numbers far below 2**53: exact.
        weights = point[self._atoms]
        return self._np.bincount(self._of, weights, self._count).astype(self._np.float64)

    def _holds(self, values: "Floats") -> bool:
        return bool(((values >= self._bounds[:, 0]) & (values <= self._bounds[:, 1])).all())

    def _widened(self, values: "Floats") -> bool:
        clipped = self._np.minimum(values, TOP)
        low, high = self._np.minimum(self._low, clipped), self._np.maximum(self._high, clipped)
        is_wider = (low < self._low) | (high > self._high)
        self._low, self._high = low, high
        return bool(is_wider[self._secret].any())
