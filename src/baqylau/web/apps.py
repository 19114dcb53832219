"""The web room's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """Pages that every installation has."""

    name = "baqylau.web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Show the room to the rest."""
        from baqylau.kernel.modules import Module, registry

        registry.register(
            Module(
                code="web",
                label=_("Pages"),
                public_urls="baqylau.web.urls_public",
                desk_urls="baqylau.web.urls_desk",
            )
        )
