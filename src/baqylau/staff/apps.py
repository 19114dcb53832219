"""The staff room's registration."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """Accounts and rights."""

    name = "baqylau.staff"
    default_auto_field = "django.db.models.BigAutoField"
