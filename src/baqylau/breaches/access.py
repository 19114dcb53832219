"""The room's rows of the permission table."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from baqylau.kernel.modules import Action
from baqylau.kernel.roles import Role

KEEP = "breaches.keep"

ACTIONS: Sequence[Action] = (
    Action(
        KEEP,
        _("Keep the register of data breaches"),
        frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
    ),
)
