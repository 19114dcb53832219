"""How often accounts and roles have changed in this process: asked by whoever keeps some in memory.

Other processes learn of a change when what they keep is too old.
"""

import itertools
import threading

from django.db import transaction


class Changes:
    """A number that grows with every change; safe with threads."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._number = 0

    @property
    def number(self) -> int:
        """How many there were until now."""
        return self._number

    def tell(self) -> None:
        """Something changes now, within the caller's transaction.

        Told once more when it is committed: until then others read what was before.
        """
        self._grow()
        transaction.on_commit(self._grow)

    def _grow(self) -> None:
        with self._lock:
            self._number = next(self._numbers)


changes = Changes()
"""Those of the process."""
