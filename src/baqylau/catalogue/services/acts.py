"""Acts of law: their keys stay, their names may be mended."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.catalogue.models import Act
from baqylau.journal.services import append
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError


def save_act(*, actor: Actor, key: str, name_kk: str, name_ru: str, name_en: str) -> Act:
    """Add an act, or mend the names of the one with this key.

    Raises: DomainError for a key that could not stand in a line of references.
    """
    key = " ".join(key.split())
    if not key or "|" in key:
        raise DomainError(_("A key is a short text without a bar."), field="key")
    names = {"name_kk": name_kk, "name_ru": name_ru, "name_en": name_en, "seed_mark": ""}
    with transaction.atomic():
        act, _is_new = Act.objects.update_or_create(key=key, defaults=names)
        append(action="catalogue.act", actor=actor, subject=f"act:{act.pk}")
    return act
