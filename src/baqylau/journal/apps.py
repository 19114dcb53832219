"""The journal's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    """A chain in each of the two databases."""

    name = "baqylau.journal"
    database = "both"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Show the room to the rest."""
        from baqylau.journal import duties
        from baqylau.kernel.modules import Job, Module, registry

        registry.register(
            Module(
                code="journal",
                label=_("Journal"),
                public_urls="baqylau.journal.urls_public",
                jobs=(
                    Job(
                        "journal.sign",
                        _("Sign and publish the journal's last line"),
                        duties.sign_daily,
                        at="00:05",
                    ),
                ),
                seed=duties.prepare,
            )
        )
