"""Least and most of sums under known bounds: linear and whole-number programmes, by HiGHS.

Columns are atoms, rows are sums of several atoms; a sum of one atom bounds its column.
Source: Huangfu and Hall, Parallelizing the dual revised simplex method, Math. Prog. Comp. 10 (2018)
119-142, for the solver.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NODES: Final = 1_000
"""Branches of one search for whole numbers; what is not found by then counts as not there.

Not seconds: the same question has the same answer on a slower machine.
"""
SOLUTIONS: Final = 3
"""Points of whole numbers, each better than the one before, that end a rough search."""
FAR: Final = 1e7
"""No atom counts more; without an end the solver would have no most."""
Solver = Any
"""A `highspy.Highs`, which the package's own stubs leave out."""
EPSILON: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Extreme:
    """The least or most of a sum: its value, a point that reaches it, and what it rests on.

    `at_low`, `at_high`: the sums whose lower or upper bounds it rests on.
    """

    value: float
    point: "Floats"
    at_low: tuple[int, ...]
    at_high: tuple[int, ...]


class Programme:
    """Sums of atoms between bounds; `sums` are the atoms (0, 1, ...) of each.

    The bounds can be changed, and each extreme starts from the one before.
    """

    def __init__(
        self, atoms: int, sums: Sequence[Sequence[int]], bounds: Sequence[tuple[float, float]]
    ) -> None:
        import highspy  # noqa: PLC0415 - 30 MB that only a process that publishes needs
        import numpy as np  # noqa: PLC0415 - comes with it

        self._np, self._highspy = np, highspy
        self.atoms = atoms
        self._sums = sums
        self._alone: dict[int, int] = {}
        for n, each in enumerate(sums):
            if len(each) == 1:
                self._alone.setdefault(each[0], n)
        columns = set(self._alone.values())
        self._of_row = [n for n in range(len(sums)) if n not in columns]
        self._row = {n: row for row, n in enumerate(self._of_row)}
        self._all = np.arange(atoms, dtype=np.int32)
        self._bounds = list(bounds)
        self._solver = self._made()

    def _made(self) -> Solver:
        np, highspy = self._np, self._highspy
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.atoms, len(self._of_row)
        low, high = np.zeros(self.atoms), np.full(self.atoms, FAR)
        for atom, n in self._alone.items():
            low[atom], high[atom] = self._bounds[n][0], min(self._bounds[n][1], FAR)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.zeros(self.atoms), low, high
        lp.row_lower_ = np.array([self._bounds[n][0] for n in self._of_row])
        lp.row_upper_ = np.array([self._bounds[n][1] for n in self._of_row])
        matrix = lp.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        lengths = [len(self._sums[n]) for n in self._of_row]
        matrix.start_ = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
        matrix.index_ = np.array([a for n in self._of_row for a in self._sums[n]], dtype=np.int32)
        matrix.value_ = np.ones(sum(lengths))
        solver: Solver = highspy.Highs()
        for name, value in (("output_flag", False), ("threads", 1), ("parallel", "off")):
            solver.setOptionValue(name, value)
        solver.passModel(lp)
        return solver

    def bound(self, changed: Mapping[int, tuple[float, float]]) -> None:
        """Give some sums other bounds."""
        for n, (low, high) in changed.items():
            self._bounds[n] = (low, high)
            if n in self._row:
                self._solver.changeRowBounds(self._row[n], low, high)
            else:
                self._solver.changeColBounds(self._sums[n][0], low, min(high, FAR))

    def extreme(self, weights: Mapping[int, float], *, is_most: bool) -> Extreme:
        """The least or most of a weighted sum of atoms. Raises: ValueError when there is none."""
        self._aim(self._solver, weights, is_most=is_most)
        self._solver.run()
        status = self._solver.getModelStatus()
        if status != self._highspy.HighsModelStatus.kOptimal:
            raise ValueError(
                f"the bounds have no solution: {self._solver.modelStatusToString(status)}"
            )
        found = self._solver.getSolution()
        sign = -1.0 if is_most else 1.0
        low, high = self._rested(self._np.asarray(found.row_dual) * sign, self._of_row)
        of_atom = [self._alone.get(atom, -1) for atom in range(self.atoms)]
        alone = self._rested(self._np.asarray(found.col_dual) * sign, of_atom)
        value = self._solver.getObjectiveValue()
        point = self._np.asarray(found.col_value)
        return Extreme(value, point, low + alone[0], high + alone[1])

    def _rested(
        self, duals: "Floats", sums: Sequence[int]
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The sums whose lower, and whose upper bounds have a price."""
        low = self._np.flatnonzero(duals > EPSILON).tolist()
        high = self._np.flatnonzero(duals < -EPSILON).tolist()
        return (
            tuple(sums[n] for n in low if sums[n] >= 0),
            tuple(sums[n] for n in high if sums[n] >= 0),
        )

    def whole(
        self, weights: Mapping[int, float], *, is_most: bool, is_rough: bool = False
    ) -> "Floats | None":
        """A point of whole numbers that reaches the least or most, or as far as a search comes.

        `is_rough`: any that comes near will do. None when there is none, or none was found.
        """
        solver, kind = self._made(), self._highspy.HighsVarType
        whole = self._np.full(self.atoms, int(kind.kInteger), dtype=self._np.uint8)
        solver.changeColsIntegrality(self.atoms, self._all, whole)
        solver.setOptionValue("mip_max_nodes", 1 if is_rough else NODES)
        if is_rough:
            solver.setOptionValue("mip_max_improving_sols", SOLUTIONS)
        self._aim(solver, weights, is_most=is_most)
        solver.run()
        found = solver.getSolution()
        return self._np.asarray(found.col_value) if found.value_valid else None

    def _aim(self, solver: Solver, weights: Mapping[int, float], *, is_most: bool) -> None:
        costs = self._np.zeros(self.atoms)
        for atom, weight in weights.items():
            costs[atom] = weight
        solver.changeColsCost(self.atoms, self._all, costs)
        senses = self._highspy.ObjSense
        solver.changeObjectiveSense(senses.kMaximize if is_most else senses.kMinimize)
