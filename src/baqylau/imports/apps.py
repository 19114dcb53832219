"""The imports room's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    """Tables on their way in."""

    name = "baqylau.imports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Show the room to the rest."""
        from baqylau.imports import console, services
        from baqylau.kernel.modules import Job, Module, registry

        registry.register(
            Module(
                code="imports",
                label=_("Tables taken in"),
                desk_urls="baqylau.imports.urls_desk",
                commands=console.COMMANDS,
                jobs=(
                    Job(
                        code="imports.forget",
                        label=_("Forget tables that nobody applied"),
                        run=services.forget_old,
                        every=3_600,
                    ),
                ),
            )
        )
