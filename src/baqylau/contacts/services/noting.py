"""What the journal learns about a person: an opaque key and codes."""

from baqylau.contacts.models import Contact
from baqylau.journal.rules import Value
from baqylau.journal.services import append
from baqylau.kernel.access import Actor


def note(action: str, actor: Actor, key: str, **payload: Value) -> None:
    """Append an entry about the person, as the last write of the transaction."""
    append(action=f"contacts.{action}", actor=actor, subject=f"contact:{key}", payload=payload)


def locked(key: str) -> Contact | None:
    """The person's row, held until the transaction ends; None when there is none."""
    return Contact.objects.select_for_update().filter(key=key).first()
