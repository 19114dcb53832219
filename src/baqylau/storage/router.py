"""Two databases: confidentiality as a boundary.

An app says where it lives by `database` on its AppConfig: "default" (if it says nothing),
"sealed", or "both" (the journal: a chain in each).
"""

from typing import Any

from django.apps import apps
from django.db.models import Model


def home_of(app_label: str) -> str:
    """The database that the app lives in: "default", "sealed" or "both"."""
    try:
        config = apps.get_app_config(app_label)
    except LookupError:
        return "default"
    return str(getattr(config, "database", "default"))


class Router:
    """Sends each app to its database; no relation and no migration crosses."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:  # noqa: ANN401 - as Django asks routers
        """The database to read the model from; None lets the caller's `using` decide."""
        home = home_of(model._meta.app_label)
        if home != "both":
            return home
        instance = hints.get("instance")
        return getattr(getattr(instance, "_state", None), "db", None) or "default"

    db_for_write = db_for_read

    def allow_relation(self, one: Model, other: Model, **_hints: object) -> bool:
        """Only inside one database."""
        homes = {home_of(one._meta.app_label), home_of(other._meta.app_label)}
        return len(homes) == 1

    def allow_migrate(self, db: str, app_label: str, **_hints: object) -> bool:
        """Tables stand only where their app lives."""
        return home_of(app_label) in {db, "both"}
