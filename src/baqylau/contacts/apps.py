"""The registration of the room of identities."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """People who agreed to be known."""

    name = "baqylau.contacts"

    def ready(self) -> None:
        """Show the room to the rest."""
        from baqylau.contacts.registration import MODULE
        from baqylau.kernel.modules import registry

        registry.register(MODULE)
