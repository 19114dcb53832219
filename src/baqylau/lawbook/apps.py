"""The lawbook's registration."""

from django.apps import AppConfig
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class LawbookConfig(AppConfig):
    """Rules, working calendar and letter templates, edited at the desk as dated versions."""

    name = "baqylau.lawbook"

    def ready(self) -> None:
        """Show the room to the rest, and let `law` speak the language of whoever reads."""
        from baqylau.kernel.modules import Action, Command, Job, MenuItem, Module, registry
        from baqylau.kernel.roles import STAFF, Role
        from baqylau.kernel.work import Tasks
        from baqylau.law.words import reader
        from baqylau.lawbook import console, home, rights
        from baqylau.lawbook.services import editions, seed

        reader.source = get_language
        editors = frozenset({Role.LAWYER})
        keepers = frozenset({Role.LAWYER, Role.COORDINATOR})
        registry.register(
            Module(
                code="lawbook",
                label=_("Rules of law"),
                public_urls="baqylau.lawbook.urls_public",
                desk_urls="baqylau.lawbook.urls_desk",
                menu=(MenuItem("lawbook", _("Rules of law"), rights.SEE, order=70, key="r"),),
                actions=(
                    Action(rights.SEE, _("See rules, calendar and letters"), STAFF),
                    Action(rights.EDIT, _("Change rules and letters"), editors),
                    Action(rights.CALENDAR, _("Change the calendar"), keepers),
                ),
                search=home.search,
                tasks=(Tasks("lawbook.years", home.tasks),),
                home=home.home,
                seed=seed.seed,
                jobs=(
                    Job(
                        "lawbook.recount",
                        _("Count open deadlines anew"),
                        editions.recount,
                        at="04:10",
                    ),
                ),
                commands=(
                    Command(
                        "law deadline",
                        _("count a term set by law, and say how"),
                        console.add_arguments,
                        console.run,
                    ),
                ),
            )
        )
