"""The registration of the room of breaches."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BreachesConfig(AppConfig):
    """What happened to people's data, and whether the authority was told in time."""

    name = "baqylau.breaches"

    def ready(self) -> None:
        """Show the room to the rest."""
        from baqylau.breaches import access, queries
        from baqylau.kernel.modules import MenuItem, Module, registry
        from baqylau.kernel.work import Tasks

        registry.register(
            Module(
                code="breaches",
                label=_("Data breaches"),
                desk_urls="baqylau.breaches.urls_desk",
                menu=(MenuItem("breaches", _("Data breaches"), access.KEEP, order=92),),
                actions=access.ACTIONS,
                tasks=(Tasks("breaches.open", queries.waiting),),
            )
        )
