"""Open sessions in the database of a running site: `python -m tests.browser.enter kk ru en`.

Prints {who: session key}: "kk" works with people and cards, "kk administrator" with accounts.
"""

import json
import sys

import django

# Django must stand before its models can be imported.
django.setup()

from baqylau.kernel.roles import STAFF, Role  # noqa: E402 - after Django is set up
from tests.cast import make_person  # noqa: E402 - after Django is set up


def main(languages: list[str]) -> None:
    """For each language: one person with every role that may go together, one administrator."""
    work = sorted(STAFF - {Role.ADMINISTRATOR})
    people = {code: make_person(*work, language=code) for code in languages}
    people |= {
        f"{code} administrator": make_person(Role.ADMINISTRATOR, language=code)
        for code in languages
    }
    keys = {name: person.client.cookies["desk"].value for name, person in people.items()}
    sys.stdout.write(json.dumps(keys))


if __name__ == "__main__":
    main(sys.argv[1:])
