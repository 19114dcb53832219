"""The console program `baqylau`."""

import os
import sys


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status. A wrong setting is one sentence and status 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baqylau.config.settings")
    # Settings are read on import, so that a wrong one is told before anything else happens.
    from baqylau.config.console import run  # noqa: PLC0415

    return run(sys.argv[1:] if arguments is None else arguments)


if __name__ == "__main__":
    sys.exit(main())
