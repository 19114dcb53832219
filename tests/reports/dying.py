"""A process that changes a key piece by piece, to be killed: `python -m tests.reports.dying STEP`.

`make` fills an empty installation; `change` and `recovery` go on until they are done, one report a
piece, say so and wait for a line; `check` prints how many reports officer and recovery open, and
with which key. The house's secrets lie in house.json beside the databases: this is a test.
"""

import json
import sys
from pathlib import Path

import django

# Django must stand before its models can be imported.
django.setup()

from django.conf import settings  # noqa: E402 - after Django is set up

from baqylau.kernel.access import Actor  # noqa: E402 - after Django is set up
from baqylau.kernel.roles import Role  # noqa: E402 - after Django is set up
from baqylau.reports.models import NextKey, RecoveryKey  # noqa: E402 - after Django is set up
from baqylau.reports.services import batches  # noqa: E402 - after Django is set up
from baqylau.reports.services.locking import (  # noqa: E402 - after Django is set up
    opened_by_passphrase,
)
from baqylau.reports.services.recovery import (  # noqa: E402 - after Django is set up
    agree_recovery,
    propose_recovery,
    rewrap_recovery,
)
from baqylau.reports.services.rotation import (  # noqa: E402 - after Django is set up
    begin_rotation,
    proceed,
)
from baqylau.seal import keys  # noqa: E402 - after Django is set up
from baqylau.seal.errors import SealError  # noqa: E402 - after Django is set up
from baqylau.seal.keys import Use  # noqa: E402 - after Django is set up
from tests.reports.making import (  # noqa: E402 - after Django is set up
    PASSPHRASE,
    Held,
    file,
    make_house,
)
from tests.reports.opening import readable, recoverable  # noqa: E402 - after Django is set up

REPORTS = 12
NEW = "бес бұрыш тас үстінде"
OFFICER = Actor("officer-1", frozenset({Role.INTAKE_OFFICER}))


def house_file() -> Path:
    """Where the secrets of the test lie."""
    return Path(settings.VAR) / "house.json"


def say(*words: object) -> None:
    """One line, at once."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def make() -> None:
    """A house with reports; a change of the officer's key and of the recovery key is begun."""
    house = make_house()
    for _each in range(REPORTS):
        file()
    begin_rotation(actor=OFFICER, old=PASSPHRASE, new=NEW)
    fresh = keys.generate(Use.RECOVERY)
    propose_recovery(actor=Actor("coordinator-1"), public=fresh.public)
    agree_recovery(actor=OFFICER, public=fresh.public)
    assert house.recovery is not None
    secrets = {"old": house.recovery.text, "new": fresh.text, "second": house.officers[1].key.text}
    house_file().write_text(json.dumps(secrets))


def change() -> None:
    """Change the officer's key."""
    own = opened_by_passphrase(OFFICER, PASSPHRASE)
    left = REPORTS
    while left:
        left = proceed(actor=OFFICER, own=own, seconds=0).left
        say("left", left)
        sys.stdin.readline()


def recovery() -> None:
    """Bring the new recovery key into use, with the second officer's key."""
    second = Actor("officer-2", frozenset({Role.INTAKE_OFFICER}))
    own = keys.from_text(Use.PERSON, json.loads(house_file().read_text())["second"])
    left = REPORTS
    while left:
        left = rewrap_recovery(actor=second, own=own, seconds=0).left
        say("left", left)
        sys.stdin.readline()


def check() -> None:
    """What opens now: {"officer": [passphrase, reports], "recovery": [old, new], "waiting": n}."""
    secrets = json.loads(house_file().read_text())
    found: dict[str, object] = {"waiting": NextKey.objects.count()}
    for name, passphrase in (("old", PASSPHRASE), ("new", NEW)):
        try:
            own = opened_by_passphrase(OFFICER, passphrase)
        except SealError:
            continue
        found["officer"] = [name, len(readable(Held(OFFICER, own, "")))]
    found["recovery"] = [
        len(recoverable(keys.from_text(Use.RECOVERY, secrets[name]))) for name in ("old", "new")
    ]
    found["living"] = RecoveryKey.objects.filter(is_living=True).count()
    say(json.dumps(found))


if __name__ == "__main__":
    batches.PIECE = 1  # type: ignore[misc]  # a piece for each report, so that it dies between two
    {"make": make, "change": change, "recovery": recovery, "check": check}[sys.argv[1]]()
