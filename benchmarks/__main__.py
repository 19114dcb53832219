"""One table of what was measured: `python -m benchmarks [--short] [--json FILE] [name …]`."""

import argparse
import importlib
import json
import os
import pkgutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import benchmarks
from benchmarks import _machine as machine
from benchmarks import _sizes as sizes
from benchmarks import table


def load() -> None:
    """Import every file of the folder, so that its rows are known."""
    for found in pkgutil.iter_modules(benchmarks.__path__):
        if not found.name.startswith("_"):
            importlib.import_module(f"benchmarks.{found.name}")


def read(arguments: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *table.names()], metavar="name")
    parser.add_argument("--short", action="store_true", help="smaller sizes, one engine, for CI")
    parser.add_argument(
        "--json",
        type=Path,
        metavar="FILE",
        help="write the rows as JSON too; of named parts, into what stands there",
    )
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Measure and print; returns 1 when a part is broken, never for what was measured.

    Absolute times flap between machines, so a missed target is shown and fails nothing.
    """
    with tempfile.TemporaryDirectory(prefix="baqylau-bench-") as home:
        os.environ["BAQYLAU_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baqylau.config.settings")
        load()
        options = read(arguments)
        begun = time.monotonic()
        found: list[table.Row] = []
        try:
            for row in table.rows(options.names, short=options.short):
                print(f"· {row.what}", file=sys.stderr, flush=True)
                found.append(row)
        finally:
            tell(found, options, time.monotonic() - begun)
    return 1 if any(row.measured is None for row in found) else 0


def tell(found: list[table.Row], options: argparse.Namespace, spent: float) -> None:
    """Print the rows, and write them as JSON where that is asked; also when it was interrupted."""
    scale = sizes.large(short=options.short)
    print(table.printed(found))
    print(f"{len(found)} rows in {spent:.0f} s, at {scale:,}", flush=True)
    if options.json:
        told = machine.told() | {"short": options.short, "scale": scale, "seconds": round(spent)}
        rows = [row.as_json() for row in found]
        content = {**told, "again": 0, "rows": rows}
        if options.names and options.json.exists():
            content = renewed(json.loads(options.json.read_text(encoding="utf-8")), content)
        text = json.dumps(content, ensure_ascii=False, indent=1)
        options.json.write_text(text + "\n", encoding="utf-8")


def renewed(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """What stood there, with the rows that were measured again; those that broke then are gone.

    Rows of another size are not mixed: then only the new ones are left.
    """
    if (old["scale"], old["short"]) != (new["scale"], new["short"]):
        return new
    fresh = {row["what"]: row for row in new["rows"]}
    kept = [
        fresh.pop(row["what"], row)
        for row in old["rows"]
        if row["what"] in fresh or row["measured"] is not None
    ]
    return old | {"again": old["again"] + len(new["rows"]), "rows": [*kept, *fresh.values()]}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
