"""Write the example of a report to the commissioner: `python -m tools.example`.

A training site is prepared in a folder that is thrown away, its year is brought as on the day
below, and the account of its last closed quarter goes into docs/examples/ as the desk would make
it. The same records come each time; keys are drawn anew, and with them the calls by which some of
them are checked: the checked share, digest and head of the journal differ from run to run.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import django

from baqylau.config.compiling import compile_all

TARGET = Path(__file__).resolve().parent.parent / "docs" / "examples"
DAY = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
"""The day on which the training year ends."""


def name_of(period: str, language: str) -> str:
    """The file of a language."""
    return f"account-{period}-{language}.pdf"


def written() -> Iterator[tuple[str, bytes]]:
    """Name and content of each PDF: of the newest account that was sealed."""
    from baqylau.accountability.models import Account  # noqa: PLC0415 - rooms load after Django
    from baqylau.accountability.queries import accounts, papers  # noqa: PLC0415
    from baqylau.accountability.queries.content import content_of  # noqa: PLC0415
    from baqylau.accountability.services.making import written as made  # noqa: PLC0415
    from baqylau.config.commands import load_training, prepare  # noqa: PLC0415
    from baqylau.kernel import clock  # noqa: PLC0415
    from baqylau.kernel.access import SYSTEM  # noqa: PLC0415

    with clock.frozen(DAY):
        prepare()
        load_training()
        last = Account.objects.exclude(sealed_at=None).order_by("-sealed_at", "-pk")[0]
        row = accounts.account(last.pk)
        content = content_of(row, SYSTEM, clock.today())
        for language in accounts.LANGUAGES:
            shown = papers.account_of(row, content, language, clock.today())
            yield name_of(row.period, language), made(shown, "pdf")


def main() -> int:
    """Write the files anew; returns the exit status."""
    with tempfile.TemporaryDirectory(prefix="baqylau-example-") as home:
        for name in [name for name in os.environ if name.startswith("BAQYLAU_")]:
            del os.environ[name]
        os.environ["BAQYLAU_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "baqylau.config.settings"
        compile_all()
        django.setup()
        files = dict(written())
    TARGET.mkdir(exist_ok=True)
    for old in TARGET.glob("account-*.pdf"):
        old.unlink()
    for name, content in files.items():
        (TARGET / name).write_bytes(content)
        print(f"docs/examples/{name}: {len(content) // 1024} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
