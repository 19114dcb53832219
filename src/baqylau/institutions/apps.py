"""The institutions room's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InstitutionsConfig(AppConfig):
    """Bodies and service points."""

    name = "baqylau.institutions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Show the room to the rest."""
        from baqylau.institutions import access, annexes, frontdoor, importing
        from baqylau.institutions.training import load
        from baqylau.kernel.modules import MenuItem, Module, Training, registry

        registry.register(
            Module(
                code="institutions",
                label=_("Institutions"),
                public_urls="baqylau.institutions.urls_public",
                desk_urls="baqylau.institutions.urls_desk",
                menu=(MenuItem("institutions", _("Institutions"), access.SEE, order=60, key="i"),),
                actions=access.ACTIONS,
                search=frontdoor.search,
                home=frontdoor.home,
                imports=(importing.IMPORTER,),
                annexes=(annexes.ROOMS,),
                training=(Training("institutions", _("Institutions"), load.load, order=10),),
            )
        )
