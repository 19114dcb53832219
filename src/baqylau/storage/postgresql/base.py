"""The engine of a grown installation: PostgreSQL queues its writers itself."""

from django.db.backends.postgresql import base

from baqylau.storage.boundary import OneAtATime


class DatabaseWrapper(OneAtATime, base.DatabaseWrapper):
    """Django's wrapper; a thread holds a transaction on one database at a time."""
