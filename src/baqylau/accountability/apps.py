"""The registration of the room of accountability."""

from django.apps import AppConfig


class AccountabilityConfig(AppConfig):
    """What the programme owes to the people and to its commissioner."""

    name = "baqylau.accountability"

    def ready(self) -> None:
        """Show the room to the rest."""
        from baqylau.accountability.registration import MODULE
        from baqylau.kernel.modules import registry

        registry.register(MODULE)
