"""The storage room holds no tables of its own."""

from django.apps import AppConfig


class StorageConfig(AppConfig):
    """Registers the engine's checks."""

    name = "baqylau.storage"
