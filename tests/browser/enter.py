"""Open sessions in the database of a running site: `python -m tests.browser.enter kk ru en`.

Prints {language: session key} of somebody who has every role of the staff.
"""

import json
import sys

import django

# Django must stand before its models can be imported.
django.setup()

from baqylau.kernel.roles import STAFF  # noqa: E402
from tests.cast import make_person  # noqa: E402


def main(languages: list[str]) -> None:
    """Make one person for each language and sign them in."""
    people = {code: make_person(*sorted(STAFF), language=code) for code in languages}
    keys = {code: person.client.cookies["desk"].value for code, person in people.items()}
    sys.stdout.write(json.dumps(keys))


if __name__ == "__main__":
    main(sys.argv[1:])
