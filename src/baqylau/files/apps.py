"""The files room's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    """The content store."""

    name = "baqylau.files"

    def ready(self) -> None:
        """Show the room to the rest."""
        from baqylau.files.services import sweep
        from baqylau.kernel.modules import Job, Module, registry

        registry.register(
            Module(
                code="files",
                label=_("Files"),
                jobs=(Job("files.sweep", _("Sweep contents without a record"), sweep, at="03:40"),),
            )
        )
