"""The operation room's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationConfig(AppConfig):
    """Keeping an installation alive; each database knows which installation it belongs to."""

    name = "baqylau.operation"
    database = "both"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Show the room to the rest."""
        from baqylau.kernel.modules import Command, Module, registry
        from baqylau.operation import console

        registry.register(
            Module(
                code="operation",
                label=_("Operation"),
                commands=(
                    Command(
                        "verify",
                        _("check the journal, the signed heads and what the lists show"),
                        console.verify_arguments,
                        console.verify,
                    ),
                ),
            )
        )
