"""The registration of the reception desk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReceptionConfig(AppConfig):
    """Consultations and what follows from them."""

    name = "baqylau.reception"

    def ready(self) -> None:
        """Show the module to the rest."""
        from baqylau.kernel.modules import Erase, Module, Projection, registry
        from baqylau.reception import access, seeds, services, verification

        registry.register(
            Module(
                code="reception",
                label=_("Reception"),
                desk_urls="baqylau.reception.urls_desk",
                actions=access.ACTIONS,
                seed=seeds.load,
                erase=(Erase("reception.consultations", services.forget),),
                projections=(
                    Projection(
                        "reception.consultations",
                        _("Consultations"),
                        verification.differences,
                        verification.rebuild,
                    ),
                ),
            )
        )
