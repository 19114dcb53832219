"""The journal's registration."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """A chain in each of the two databases."""

    name = "baqylau.journal"
    database = "both"
    default_auto_field = "django.db.models.BigAutoField"
