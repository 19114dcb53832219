"""The console program `baqylau`."""

import os
import sys

import django

from baqylau.config import messages
from baqylau.config.environment import SettingError


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status. A wrong setting is one sentence and status 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baqylau.config.settings")
    try:
        # Before Django reads the catalogues, so that a fresh clone already speaks three languages.
        messages.compile_all()
        django.setup()
    except SettingError as error:
        print(error.sentence(messages.translated), file=sys.stderr)  # noqa: T201 - the console's voice
        return 2
    # The commands belong to rooms, and those can be imported only once Django is set up.
    from baqylau.config.console import run  # noqa: PLC0415

    return run(sys.argv[1:] if arguments is None else arguments)


if __name__ == "__main__":
    sys.exit(main())
