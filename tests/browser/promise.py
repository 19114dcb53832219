"""Promise calls in the database of a running site: `python -m tests.browser.promise`.

Prints the numbers of the calls: two that were promised, one to check.
"""

import json
import sys

import django

# Django must stand before its models can be imported.
django.setup()

from django.db import transaction  # noqa: E402 - after Django is set up

from baqylau.contacts.services import open_contact  # noqa: E402 - after Django is set up
from baqylau.institutions.queries import receptions  # noqa: E402 - after Django is set up
from baqylau.kernel import clock  # noqa: E402 - after Django is set up
from baqylau.kernel.access import Actor  # noqa: E402 - after Django is set up
from baqylau.reception.models import Call  # noqa: E402 - after Django is set up
from baqylau.reception.rules.visit import Visit  # noqa: E402 - after Django is set up
from baqylau.reception.services import record_consultation  # noqa: E402 - after Django is set up

ADVISER = Actor("browser-promiser", frozenset({"adviser"}))


def main() -> None:
    """Three visits of somebody who agreed to be called; the third was drawn for a check."""
    today = clock.today()
    room = receptions(today)[0]
    person = open_contact(
        actor=ADVISER, name="Әлия Серікқызы", phone="+7 701 123 45 67", language="kk"
    )
    made: dict[str, int] = {}
    for name in ("plain", "scripted", "check"):
        visit = Visit(
            "kk",
            "walk_in",
            room.code,
            "information",
            result="call_back",
            call_on=today,
            contact=person.key,
            agreed_to_call=True,
        )
        row = record_consultation(actor=ADVISER, idempotency_key=f"promise:{name}", visit=visit)
        made[name] = Call.objects.get(consultation=row).pk
        if name == "check":
            with transaction.atomic():
                made[name] = Call.objects.create(
                    consultation=row, kind="check", due_on=today, not_by=ADVISER.key, seed="0" * 64
                ).pk
    sys.stdout.write(json.dumps(made))


if __name__ == "__main__":
    main()
