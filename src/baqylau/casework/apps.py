"""The registration of the room of cases."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    """Cases with their clocks."""

    name = "baqylau.casework"

    def ready(self) -> None:
        """Show the room to the rest."""
        from baqylau.casework import access, figures, training, verification
        from baqylau.casework.queries import work
        from baqylau.casework.services import recount
        from baqylau.kernel.modules import (
            Deadlines,
            MenuItem,
            Module,
            Projection,
            Training,
            registry,
        )
        from baqylau.kernel.work import Tasks

        registry.register(
            Module(
                code="casework",
                label=_("Cases"),
                desk_urls="baqylau.casework.urls_desk",
                menu=(MenuItem("cases", _("Cases"), access.SEE, order=10, key="m"),),
                actions=access.ACTIONS,
                search=work.search,
                tasks=(
                    Tasks("casework.due", work.due),
                    Tasks("casework.in_hand", work.in_hand, is_undated=True),
                ),
                deadlines=(Deadlines("casework.clocks", recount),),
                projections=(
                    Projection(
                        "casework.list",
                        _("List of cases"),
                        verification.differences,
                        verification.rebuild,
                    ),
                ),
                folds=figures.FOLDS,
                figures=figures.FIGURES,
                training=(
                    Training(
                        "casework",
                        _("Cases"),
                        training.load,
                        order=40,
                        each=training.EACH,
                        is_there=training.is_there,
                    ),
                ),
            )
        )
