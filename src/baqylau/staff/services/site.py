"""Changing the site's settings at the desk."""

import hashlib
import json
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.journal import services as journal
from baqylau.journal.rules import Value
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError
from baqylau.web import queries, rules
from baqylau.web.models import SiteSetting
from baqylau.web.rules import Name


def stamp() -> str:
    """A mark of the settings as they are now: another one means that somebody changed them."""
    return _stamp(queries.site_settings())


def _stamp(values: Mapping[str, str]) -> str:
    text = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def change_settings(*, values: Mapping[str, str], seen: str, actor: Actor) -> int:
    """Make these the site's settings; an empty value takes that of the file.

    `values` hold every name, `seen` the stamp of what the person saw. Returns how many changed.
    Every process goes by the new values within a second, this one at once.

    Raises: DomainError with the field; ConflictError when somebody else changed them meanwhile.
    """
    defaults = queries.defaults()
    wanted = {name: text or defaults[name] for name, text in rules.tidied(values).items()}
    rules.require_sound(wanted, [code for code, _name in settings.LANGUAGES])
    with transaction.atomic():
        rows = {row.name: row for row in SiteSetting.objects.select_for_update()}
        now = {**defaults, **{name: row.value for name, row in rows.items()}}
        if seen != _stamp(now):
            raise ConflictError(
                _(
                    "Somebody else changed the settings meanwhile, so nothing was saved. "
                    "Check what you typed and store it once more."
                )
            )
        changed = [name for name in Name if wanted[name] != now[name]]
        for name in changed:
            _store(name, wanted[name], defaults[name], actor)
    # After the commit: what is read before it would be the old values.
    queries.shelf.forget()
    return len(changed)


def _store(name: Name, value: str, default: str, actor: Actor) -> None:
    """One row and its entry; the journal holds codes and numbers, never the words."""
    if value == default:
        SiteSetting.objects.filter(name=name).delete()
    else:
        SiteSetting.objects.update_or_create(name=name, defaults={"value": value})
    payload: dict[str, Value] = {"from": "file" if value == default else "desk"}
    if name == Name.IDLE_MINUTES:
        payload["minutes"] = int(value)
    journal.append(
        action="staff.setting_changed", actor=actor, subject=f"setting:{name}", payload=payload
    )
