"""`baqylau services search`: the catalogue's search, one query or a file of them."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from baqylau.catalogue.queries.search import LIMIT, found_services, keeper
from baqylau.kernel.errors import DomainError
from baqylau.kernel.modules import Command
from baqylau.text import batch, search_as_json

MOST = 100


def _say(line: str) -> None:
    print(line)  # noqa: T201 - the console's voice


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="?", default="", help=_("words, in any script"))
    parser.add_argument("--limit", type=int, default=LIMIT, help=_("results, at most 100"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object"))
    parser.add_argument(
        "--batch", type=Path, help=_("a file with one query a line: one JSON object for each")
    )


def _search(options: argparse.Namespace) -> int:
    if not 1 <= options.limit <= MOST:
        raise DomainError(_("The limit is a number from 1 to 100."))
    if bool(options.query) == bool(options.batch):
        raise DomainError(_("Give either words or a file with --batch."))
    if options.batch:
        _each(options.batch, options.limit)
    elif options.json:
        index = keeper.current().services
        _say(search_as_json(options.query, index.search(options.query, options.limit)))
    else:
        _table(options.query, options.limit)
    return 0


def _each(path: Path, limit: int) -> None:
    index = keeper.current().services
    for line in batch(_lines(path), lambda query: index.search(query, limit)):
        _say(line)


def _lines(path: Path) -> Iterator[str]:
    """The file's lines. Raises: DomainError when it cannot be read."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            yield from file
    except OSError as error:
        raise DomainError(
            _("The file %(file)s cannot be read: %(reason)s."),
            params={"file": path.name, "reason": error.strerror},
        ) from error


def _table(query: str, limit: int) -> None:
    language = get_language() or "en"
    rows = found_services(query, language if language in {"kk", "ru"} else "en", limit)
    for row in rows:
        _say(f"{row.code}\t{row.title}\t{row.why}")
    if not rows:
        print(_("Nothing was found."), file=sys.stderr)  # noqa: T201 - the console's voice


COMMANDS = (
    Command("services search", gettext_lazy("find services by words"), _arguments, _search),
)
