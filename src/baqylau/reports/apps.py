"""The registration of sealed reports."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """What a reporter tells, sealed; in a database of its own."""

    name = "baqylau.reports"
    database = "sealed"

    def ready(self) -> None:
        """Show the module to the rest."""
        from baqylau.kernel.modules import registry
        from baqylau.reports.registration import MODULE

        registry.register(MODULE)
