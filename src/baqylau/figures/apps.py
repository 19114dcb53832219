"""The registration of the room of figures."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    """Sums, their evaluation, and what may be shown of them."""

    name = "baqylau.figures"

    def ready(self) -> None:
        """Show the room to the rest."""
        from baqylau.figures import access, verification
        from baqylau.figures.services import fold_all
        from baqylau.kernel.modules import Job, MenuItem, Module, Projection, registry

        registry.register(
            Module(
                code="figures",
                label=_("Figures"),
                desk_urls="baqylau.figures.urls_desk",
                menu=(MenuItem("figures", _("Figures"), access.SEE, order=50, key="f"),),
                actions=access.ACTIONS,
                jobs=(Job("figures.fold", _("Add up the figures"), fold_all, every=300),),
                projections=(
                    Projection(
                        "figures.tallies",
                        _("Sums of the figures"),
                        verification.differences,
                        verification.rebuild,
                    ),
                ),
            )
        )
