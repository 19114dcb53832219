"""The territories room's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TerritoriesConfig(AppConfig):
    """Units of the classifier."""

    name = "baqylau.territories"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Show the room to the rest."""
        from baqylau.kernel.modules import Module, registry
        from baqylau.territories import services

        registry.register(Module(code="territories", label=_("Territories"), seed=services.seed))
