"""Give people of a running site keys and a report: `python -m tests.browser.hold`.

Prints {"sessions": {who: session key}, "report": id, "passphrase": what locks every key}. Where the
form is closed the recovery key is made as well; shares are printed for the drill.
"""

import json
import sys

import django

# Django must stand before its models can be imported.
django.setup()

from baqylau.kernel import clock  # noqa: E402 - after Django is set up
from baqylau.reports.queries.holders import readiness  # noqa: E402 - after Django is set up
from baqylau.reports.rules.contents import dumped  # noqa: E402 - after Django is set up
from tests.cast import make_person  # noqa: E402 - after Django is set up
from tests.reports.making import (  # noqa: E402 - after Django is set up
    PASSPHRASE,
    file,
    make_holder,
    make_recovery,
)


def main() -> None:
    """Two officers and a custodian with keys, one newcomer and one coordinator without."""
    people = {
        name: make_person(role)
        for name, role in (
            ("officer", "intake_officer"),
            ("second", "intake_officer"),
            ("custodian", "custodian"),
            ("newcomer", "intake_officer"),
            ("coordinator", "coordinator"),
        )
    }
    for name, office in (("officer", "officer"), ("second", "officer"), ("custodian", "custodian")):
        make_holder(people[name].actor, office)
    shares: tuple[str, ...] = ()
    if readiness(clock.today()).recovery is None:
        _key, shares = make_recovery()
    given = {"name": "Айгүл Серікова", "phone": "+7 700 000 00 00"}
    _filed, report = file(name=dumped(given))
    found = {
        "sessions": {who: each.client.cookies["desk"].value for who, each in people.items()},
        "report": report.pk,
        "locator": report.locator,
        "leaver": people["second"].actor.key,
        "passphrase": PASSPHRASE,
        "shares": shares,
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
