"""Comparing who is kept with who, by the journal, should be."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from baqylau.contacts import keyring
from baqylau.contacts.models import Contact, Erasure
from baqylau.contacts.queries import strangers
from baqylau.contacts.services.erasing import clean_pages, forget
from baqylau.journal.models import Entry


def _keys(action: str) -> frozenset[str]:
    subjects = Entry.objects.filter(action=action).values_list("subject", flat=True)
    return frozenset(subject.partition(":")[2] for subject in subjects.iterator())


def _erased() -> frozenset[str]:
    return _keys("contacts.erased") | frozenset(Erasure.objects.values_list("key", flat=True))


def differences() -> Iterator[str]:
    """One sentence for each row that should not be there, or cannot be opened."""
    yield from strangers(_keys("contacts.opened"), _erased())
    known = keyring.ring().keys if keyring.path().exists() else {}
    for key_id in _key_ids():
        if key_id not in known:
            rows = Contact.objects.filter(sealed_with=key_id).count()
            yield _("contacts sealed with a key that is missing (%(key)s): %(count)s") % {
                "key": key_id,
                "count": rows,
            }


def _key_ids() -> Iterable[str]:
    rows = Contact.objects.order_by("sealed_with").values_list("sealed_with", flat=True)
    return list(rows.distinct())


def rebuild() -> int:
    """Erase again whoever the journal says was erased; returns the rows that went."""
    kept = set(Contact.objects.values_list("key", flat=True))
    rows = sum(forget(key) for key in sorted(kept & _erased()))
    clean_pages()
    return rows
