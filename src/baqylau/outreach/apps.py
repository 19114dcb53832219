"""The registration of the module of outreach."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """Whom the programme has reached, and whom not yet."""

    name = "baqylau.outreach"

    def ready(self) -> None:
        """Show the module to the rest."""
        from baqylau.contacts.held import register
        from baqylau.kernel.modules import registry
        from baqylau.outreach.registration import HELD, MODULE

        registry.register(MODULE)
        register(HELD)
