"""On whose behalf people sit in councils: categories, which laws rename."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.councils.access import KEEP
from baqylau.councils.models import Category
from baqylau.journal.services import append
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError, refuse_all
from baqylau.kernel.permissions import require

FIELDS = ("code", "label_kk", "label_ru", "label_en", "order", "first_on", "until_on")


def save_category(
    *, actor: Actor, fields: Mapping[str, Any], category: Category | None = None
) -> Category:
    """Add a category, or change one; its code stays.

    Raises: NotAllowedError; RefusalsError for a code that is taken, no name, or a wrong span.
    """
    require(actor, KEEP)
    with transaction.atomic():
        row = Category.objects.select_for_update().get(pk=category.pk) if category else Category()
        refuse_all(_faults(fields, is_new=category is None))
        return write_category(row, actor, fields)


def _faults(fields: Mapping[str, Any], *, is_new: bool) -> list[DomainError]:
    found = []
    if not fields.get("label_kk"):
        found.append(DomainError(_("Give it a name in Kazakh."), code="empty", field="label_kk"))
    if is_new and Category.objects.filter(code=fields["code"]).exists():
        found.append(DomainError(_("Another category has this code."), code="taken", field="code"))
    first_on, until_on = fields.get("first_on"), fields.get("until_on")
    if first_on and until_on and until_on <= first_on:
        found.append(
            DomainError(_("The end must be after the beginning."), code="span", field="until_on")
        )
    return found


def write_category(row: Category, actor: Actor, fields: Mapping[str, Any]) -> Category:
    """Set the fields, save and journal, within the caller's transaction."""
    is_new = row.pk is None
    names = [name for name in FIELDS if name in fields and (is_new or name != "code")]
    changed = [name for name in names if is_new or getattr(row, name) != fields[name]]
    if not changed:
        return row
    for name in changed:
        setattr(row, name, fields[name])
    row.save()
    append(
        action="councils.category_saved",
        actor=actor,
        subject=f"category:{row.code}",
        payload={"changed": [*sorted(changed)]},
    )
    return row
