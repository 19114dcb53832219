"""The registration of the module of councils."""

from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    """Citizens take part in decisions, and what came of it is seen."""

    name = "baqylau.councils"

    def ready(self) -> None:
        """Show the module to the rest."""
        from baqylau.councils.registration import MODULE
        from baqylau.kernel.modules import registry

        registry.register(MODULE)
