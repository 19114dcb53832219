"""Numbers about the running of the site, for a program that watches it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Metric:
    """One number, or one for each set of labels: `(labels, value)`.

    `name` in the form of Prometheus, with its unit at the end; `what` in English, as watching
    programs show it. Never about persons, and never about what came in sealed reports.
    """

    name: str
    what: str
    kind: Literal["gauge", "counter", "histogram"]
    samples: Sequence[tuple[Labels, float]]
