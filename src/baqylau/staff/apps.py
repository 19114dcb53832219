"""The staff room's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffConfig(AppConfig):
    """Accounts and rights."""

    name = "baqylau.staff"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Show the room to the rest."""
        from baqylau.kernel.modules import Module, registry

        registry.register(
            Module(code="staff", label=_("Staff"), desk_urls="baqylau.staff.urls_desk")
        )
