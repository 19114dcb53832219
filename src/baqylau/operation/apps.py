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
                    Command(
                        "backup",
                        _("make one sealed archive of everything but the keys"),
                        console.backup_arguments,
                        console.make_backup,
                    ),
                    Command(
                        "restore",
                        _("bring an archive back into an empty folder"),
                        console.restore_arguments,
                        console.bring_back,
                    ),
                    Command(
                        "doctor",
                        _("say what is wrong with this installation and how to mend it"),
                        console.no_arguments,
                        console.tell_health,
                    ),
                ),
                seed=console.make_backup_key,
            )
        )
