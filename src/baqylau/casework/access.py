"""The room's rows of the permission table.

Cases name nobody, but in a village a case is soon recognised: so its rows count as personal, need a
second factor, and cannot be held together with an administrator's.
"""

from django.utils.translation import gettext_lazy as _

from baqylau.kernel.modules import Action
from baqylau.kernel.roles import Role

SEE = "casework.see"
WORK = "casework.work"
ASSIGN = "casework.assign"
_DESK = frozenset({Role.ADVISER, Role.LAWYER, Role.COORDINATOR})

ACTIONS = (
    Action(SEE, _("See cases"), _DESK, personal=True),
    Action(WORK, _("Work on cases, and take them over"), _DESK, personal=True),
    Action(
        ASSIGN,
        _("Give cases to colleagues"),
        frozenset({Role.COORDINATOR, Role.LAWYER}),
        personal=True,
    ),
)
