"""Who may do what with bodies."""

from django.utils.translation import gettext_lazy as _

from baqylau.kernel.modules import Action
from baqylau.kernel.roles import STAFF, Role

SEE = "institutions.see"
EDIT = "institutions.edit"
TIES = "institutions.ties"
ACTIONS = (
    Action(SEE, _("See institutions and service points"), STAFF),
    Action(
        EDIT,
        _("Change institutions and service points"),
        frozenset({Role.COORDINATOR, Role.EDITOR, Role.ADMINISTRATOR}),
    ),
    Action(
        TIES,
        _("See and note conflicts of interest"),
        frozenset({Role.COORDINATOR, Role.CUSTODIAN}),
        personal=True,
    ),
)
