"""The registration of the room of figures."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    """Sums, their evaluation, and what may be shown of them."""

    name = "baqylau.figures"

    def ready(self) -> None:
        """Show the room to the rest."""
        from baqylau.figures import access, console, verification, verification_closings, work
        from baqylau.figures.services import fold_all
        from baqylau.figures.services.checking import check_all
        from baqylau.kernel.modules import Command, Job, MenuItem, Module, Projection, registry
        from baqylau.kernel.work import Tasks

        registry.register(
            Module(
                code="figures",
                label=_("Figures"),
                desk_urls="baqylau.figures.urls_desk",
                menu=(
                    MenuItem("figures", _("Figures"), access.SEE, order=50, key="f"),
                    MenuItem("periods", _("Periods"), access.CLOSE, order=51),
                ),
                actions=access.ACTIONS,
                tasks=(Tasks("figures.periods", work.unclosed),),
                jobs=(
                    Job("figures.fold", _("Add up the figures"), fold_all, every=300),
                    Job(
                        "figures.check",
                        _("Count the figures anew"),
                        check_all,
                        at="03:40",
                        is_long=True,
                    ),
                ),
                projections=(
                    Projection(
                        "figures.tallies",
                        _("Sums of the figures"),
                        verification.differences,
                        verification.rebuild,
                    ),
                    Projection(
                        "figures.closings",
                        _("Numbers of closed periods"),
                        verification_closings.faults,
                        verification_closings.keep,
                    ),
                ),
                health=verification_closings.health,
                commands=(
                    Command(
                        "figures rebuild",
                        _("count every figure anew from the records"),
                        console.rebuild_arguments,
                        console.rebuild,
                    ),
                ),
            )
        )
