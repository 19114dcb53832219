"""Refusing a folder in which a server lives."""

from pathlib import Path

from django.utils.translation import gettext as _

from baqylau.kernel import presence
from baqylau.kernel.errors import DomainError
from baqylau.storage.disk import refusing


def refuse_served(folder: Path) -> None:
    """Refuse a folder in which a server lives. Raises: DomainError."""
    if not folder.is_dir():
        return
    with refusing(str(folder)):
        is_held = presence.is_held(folder)
    if is_held:
        raise DomainError(
            _("A server runs in %(folder)s: stop it first. Nothing was restored."),
            params={"folder": str(folder)},
        )
