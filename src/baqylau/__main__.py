"""The console program `baqylau`."""

import os
import sys

from baqylau.config import messages
from baqylau.config.environment import SettingError


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status. A wrong setting is one sentence and status 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baqylau.config.settings")
    words = sys.argv[1:] if arguments is None else arguments
    try:
        if messages.stale():
            # Before Django reads the catalogues, so that a fresh clone already speaks three
            # languages.
            from baqylau.config.compiling import compile_all  # noqa: PLC0415 - seldom needed

            compile_all()
        if words[:1] == ["serve"]:
            # Its first process does without Django, and the second sets it up.
            from baqylau.config import serving  # noqa: PLC0415 - the other words need no server

            if port := serving.asked(words):
                serving.main(port)
        import django  # noqa: PLC0415 - the first process of the server does without

        django.setup()
    except SettingError as error:
        print(error.sentence(messages.translated), file=sys.stderr)  # noqa: T201 - the console's voice
        return 2
    # The commands belong to rooms, and those can be imported only once Django is set up.
    from baqylau.config.console import run  # noqa: PLC0415

    return run(words)


if __name__ == "__main__":
    sys.exit(main())
