"""The catalogue's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    """Cards of services and of the law."""

    name = "baqylau.catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Show the room to the rest."""
        from baqylau.catalogue import annexes, console, showing
        from baqylau.catalogue.queries.search import keeper
        from baqylau.catalogue.services.importing import IMPORTER
        from baqylau.catalogue.services.seeding import seed
        from baqylau.kernel.modules import Action, Door, MenuItem, Module, registry
        from baqylau.kernel.roles import STAFF, Role
        from baqylau.kernel.work import Tasks

        lawyers = frozenset({Role.LAWYER})
        writers = frozenset({Role.EDITOR, Role.LAWYER, Role.COORDINATOR})
        registry.register(
            Module(
                code="catalogue",
                label=_("Catalogue"),
                public_urls="baqylau.catalogue.urls_public",
                desk_urls="baqylau.catalogue.urls_desk",
                doors=(
                    Door(
                        "services",
                        _("Get advice"),
                        _("Find a service: what to bring, what it costs, what if you are refused."),
                        order=10,
                    ),
                ),
                menu=(MenuItem("catalogue", _("Cards"), "catalogue.see", order=40, key="c"),),
                actions=(
                    Action("catalogue.see", _("Read cards at the desk"), STAFF),
                    Action("catalogue.edit", _("Write and publish cards"), writers),
                    Action("catalogue.check", _("Check cards as a lawyer"), lawyers),
                    Action(
                        "catalogue.import",
                        _("Import the register of services"),
                        frozenset({Role.EDITOR, Role.ADMINISTRATOR}),
                    ),
                ),
                search=showing.search,
                warm=keeper.refresh,
                tasks=(Tasks("catalogue.drafts", showing.tasks),),
                home=showing.home,
                seed=seed,
                commands=console.COMMANDS,
                imports=(IMPORTER,),
                annexes=(annexes.PUBLISHED,),
            )
        )
