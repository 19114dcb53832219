"""The registration of the reception desk."""

from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    """Consultations and what follows from them."""

    name = "baqylau.reception"

    def ready(self) -> None:
        """Show the module to the rest."""
        from baqylau.kernel.modules import registry
        from baqylau.reception.registration import MODULE

        registry.register(MODULE)
