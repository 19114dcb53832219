"""The room's rows of the permission table."""

from collections.abc import Sequence

from baqylau.kernel.modules import Action

ACTIONS: Sequence[Action] = ()
