"""A program that tries archives one after the other, in a place that is empty for each.

`python -m tests.operation.damager` reads JSON (`archives`, `key`, `into`) and answers with JSON for
each: `code` (of the refusal; "restored"), `said`, and `left`: what was there afterwards.
"""

import json
import sys
from pathlib import Path

import django


def main() -> None:
    """Answer, and end."""
    told = json.loads(sys.stdin.readline())
    django.setup()
    from django.utils import translation  # noqa: PLC0415 - rooms load after Django is set up

    from baqylau.kernel.errors import DomainError  # noqa: PLC0415 - as above
    from baqylau.operation.queries import ALIASES, tables  # noqa: PLC0415 - as above
    from baqylau.operation.restore import restore  # noqa: PLC0415 - as above

    into, found = Path(told["into"]), []
    for name in told["archives"]:
        with translation.override("en"):
            try:
                restore(Path(name), into, Path(told["key"]), lambda _line: None)
                code, said = "restored", ""
            except DomainError as error:
                code, said = error.code, error.message
        left = [path.name for path in into.parent.glob(f"*{into.name}*")]
        left += [table for alias in ALIASES for table in tables(alias)]
        found.append({"code": code, "said": said, "left": left})
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
