"""The operation room's registration."""

from django.apps import AppConfig


class OperationConfig(AppConfig):
    """Keeping an installation alive; each database knows which installation it belongs to."""

    name = "baqylau.operation"
    database = "both"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Show the room to the rest."""
        from baqylau.kernel.modules import registry
        from baqylau.operation.registration import MODULE

        registry.register(MODULE)
