"""One table of what was measured: `python -m benchmarks [--short] [--json FILE] [name …]`."""

import argparse
import importlib
import json
import os
import pkgutil
import sys
import tempfile
from pathlib import Path

import benchmarks
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
    parser.add_argument("--short", action="store_true", help="smaller sizes, for CI")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows as JSON too")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Measure and print; returns 0 whatever was measured, because absolute times flap."""
    with tempfile.TemporaryDirectory(prefix="baqylau-bench-") as home:
        os.environ["BAQYLAU_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baqylau.config.settings")
        load()
        options = read(arguments)
        found = []
        for row in table.rows(options.names, short=options.short):
            print(f"· {row.what}", file=sys.stderr, flush=True)
            found.append(row)
    print(table.printed(found))
    if options.json:
        content = json.dumps([row.as_json() for row in found], ensure_ascii=False, indent=1)
        options.json.write_text(content + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
