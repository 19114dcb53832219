"""Inside an installation from which a module was left out: bring the year, ask its pages.

`python -m tests.consistency.left_out`, with the installation's environment. Prints JSON: how many
pages answered by their status, what each kind of record came to, what disagrees with the journal.
"""

import json
import sys
from collections import Counter
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - after Django is set up
from django.urls import NoReverseMatch, reverse  # noqa: E402 - after Django is set up

from baqylau.kernel.modules import registry  # noqa: E402 - after Django is set up
from baqylau.kernel.roles import STAFF, Role  # noqa: E402 - after Django is set up
from tests.addresses import addresses  # noqa: E402 - after Django is set up
from tests.cast import make_person  # noqa: E402 - after Django is set up

LANGUAGES = ("", "/ru", "/en")
DONE = ("desk/sign-out", "desk/lock")
"""What would end the session that asks."""


def year() -> dict[str, int]:
    """The training records of every room that is here."""
    return {
        part.code: part.load(2017, 1, lambda _done, _total: None)
        for part in registry.gather("training")
    }


def pages() -> dict[str, Any]:
    """Every plain page: in three languages for everybody, and at the desk for the whole staff."""
    person = make_person(*sorted(STAFF - {Role.ADMINISTRATOR}), language="kk")
    person.client.raise_request_exception = False
    found: Counter[int] = Counter()
    broken = []
    for page in addresses():
        if not page.is_plain or page.route.startswith(DONE):
            continue
        for prefix in ("",) if page.is_desk else LANGUAGES:
            path = f"{prefix}/{page.route}"
            answer = person.client.get(path, headers={"host": "localhost"})
            found[answer.status_code] += 1
            if answer.status_code >= 500:
                broken.append(path)
            answer.close()
    return {"answers": dict(found), "broken": broken}


def led_nowhere() -> list[str]:
    """Doors, entries of the menu and places beside the worklist that lead to no page."""
    missing = []
    for kind in ("doors", "menu", "beside_worklist"):
        for item in registry.gather(kind):
            try:
                reverse(item.url_name)
            except NoReverseMatch:
                missing.append(item.url_name)
    return missing


def main() -> int:
    """Do it all."""
    call_command("check", fail_level="WARNING", stdout=sys.stderr)
    for alias in ("default", "sealed"):
        call_command("migrate", database=alias, check_unapplied=True, verbosity=0)
    rows = year()
    for job in registry.gather("jobs"):
        if job.code == "figures.fold":
            job.run()
    told = {
        "rooms": [room.code for room in registry],
        "rows": rows,
        **pages(),
        "nowhere": led_nowhere(),
        "data": {
            each.code: sum(1 for _row in each.rows({})) for each in registry.gather("datasets")
        },
        "differences": [
            line for each in registry.gather("projections") for line in each.differences()
        ],
    }
    sys.stdout.write(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
