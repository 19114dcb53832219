"""What the roles are called."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from baqylau.kernel.modules import Text
from baqylau.kernel.roles import Role

ROLE_LABELS: Mapping[str, Text] = {
    Role.ADVISER: _("Adviser"),
    Role.LAWYER: _("Lawyer"),
    Role.INTAKE_OFFICER: _("Intake officer"),
    Role.CUSTODIAN: _("Custodian"),
    Role.COORDINATOR: _("Coordinator"),
    Role.SHOPPER: _("Mystery shopper"),
    Role.SURVEYOR: _("Surveyor"),
    Role.LECTURER: _("Lecturer"),
    Role.SECRETARY: _("Council secretary"),
    Role.MEMBER: _("Council member"),
    Role.OFFICIAL: _("Commissioner's official"),
    Role.EDITOR: _("Editor"),
    Role.ADMINISTRATOR: _("Administrator"),
}
"""Every role by its code, in the order in which lists show them."""

SETTING_PLACES = {
    "environment": _("the environment"),
    "file": _("baqylau.toml"),
    "secret": _("a file that the environment names"),
    "default": _("the program's own value"),
}
"""Where a setting is set, by the code of `config.environment.Told.where`."""
