"""Write the reference pages of docs/ from the code: `python -m tools.docs`.

With `--check` nothing is written, and every page that is out of date is named with exit status 1.
Each entry is one line of its own, so that two people's changes merge.
"""

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import django
from django.utils import translation
from tests.modules import ALL_MODULES

from baqylau.config.environment import PREFIX, SETTINGS
from baqylau.kernel.modules import Action, Command, registry
from baqylau.kernel.roles import STAFF
from baqylau.staff.labels import ROLE_LABELS
from tools import measured

DOCS = Path(__file__).resolve().parent.parent / "docs"
HEAD = """# {title}

This page is written by `make docs`. Change the code, not the page.
"""
ON_SETTINGS = """
A setting is an environment variable, or a line of `baqylau.toml` in the home folder without the
prefix and in small letters (`hosts = ["kontrol.example.org"]`). The variable wins. A variable
`…_FILE` names a file that holds the value: for secrets. An unknown name, a wrong value or a file
that cannot be read stops the program with one sentence.

The organisation's names, the telephone, the minutes until the desk locks and the safe channel can
also be changed by an administrator at the desk, below `/desk/settings/`. What is stored there wins
over both and holds at once; [why](decisions/0014-settings-at-the-desk.md). Code reads them through
`baqylau.web.queries` (`organisation()`, `phone()`, `idle_seconds()`, `safe_channel()`), never from
Django's settings.

| setting | default | what it is |
|---|---|---|"""
ON_PERMISSIONS = """
The table is built from the actions that the installed rooms register. Whoever has none of the
roles in a row may not do it; nobody inherits anything. *On some*: a predicate looks at the object
too. *Personal*: shows a person's data.

## Roles

| code | role |
|---|---|"""
ON_COMMANDS = """
`baqylau WORD`, or `python -m baqylau WORD`. `--help` after any word explains it, in the language
of the locale (Kazakh, Russian, else English). Exit status 0: done; 1: something is not as it should
be; 2: the command or a setting could not be used, and one sentence says why."""
LANGUAGES = {"kk": "Kazakh", "ru": "Russian"}
FIRST = ("install", "tour", "add-a-module", "threat-model", "dependencies")
"""Pages that the index names before the others, in the order in which a newcomer reads them."""


def cell(text: object) -> str:
    """Text that cannot break a table."""
    return str(text).replace("|", "\\|").replace("\n", " ")


def settings_page() -> Iterator[str]:
    """Every setting with its default and what it is for."""
    yield HEAD.format(title="Settings") + ON_SETTINGS
    for name, setting in SETTINGS.items():
        yield f"| `{PREFIX}{name}` | {_default(setting.default)} | {cell(setting.what)} |"


def _default(value: object) -> str:
    if isinstance(value, Path):
        return "the folder in which the program is started"
    if isinstance(value, tuple):
        value = " ".join(map(str, value))
    return f"`{cell(value)}`" if value != "" else "nothing"


def permissions_page() -> Iterator[str]:
    """Every role, and every action with the roles that may do it."""
    yield HEAD.format(title="Permissions") + ON_PERMISSIONS
    for code, label in ROLE_LABELS.items():
        yield f"| `{code}` | {cell(label)} |"
    for room in registry:
        if room.actions:
            yield ""
            yield f"## {room.label} (`{room.code}`)"
            yield ""
            yield "| action | what | who | notes |"
            yield "|---|---|---|---|"
            yield from (_action(action) for action in room.actions)


def _action(action: Action) -> str:
    who = (
        "all staff" if action.roles == STAFF else ", ".join(f"`{r}`" for r in sorted(action.roles))
    )
    notes = ", ".join(
        note
        for note, holds in (("on some", action.applies), ("personal", action.personal))
        if holds
    )
    return f"| `{action.code}` | {cell(action.label)} | {who} | {notes} |"


def commands_page() -> Iterator[str]:
    """Every word of the console program with its arguments."""
    from baqylau.config.commands import COMMANDS  # noqa: PLC0415 - Django must be set up first

    yield HEAD.format(title="Commands") + ON_COMMANDS
    for command in sorted((*COMMANDS, *registry.gather("commands")), key=lambda word: word.code):
        yield ""
        yield f"## baqylau {command.code}"
        yield ""
        yield f"{str(command.help)[:1].upper()}{str(command.help)[1:]}."
        yield from _arguments(command)


def _arguments(command: Command) -> Iterator[str]:
    parser = argparse.ArgumentParser(add_help=False)
    command.add_arguments(parser)
    for number, argument in enumerate(parser._actions):  # noqa: SLF001 - argparse has no other way
        if number == 0:
            yield ""
            yield "| argument | what |"
            yield "|---|---|"
        name = ", ".join(argument.option_strings) or argument.metavar or argument.dest
        if argument.option_strings and argument.nargs != 0:
            name = f"{name} {argument.metavar or argument.dest.upper()}"
        among = (
            f" ({', '.join(f'`{one}`' for one in argument.choices)})" if argument.choices else ""
        )
        yield f"| `{cell(name)}` | {cell(argument.help or '')}{among} |"


def index_page() -> Iterator[str]:
    """Every page of docs/ by its heading."""
    yield HEAD.format(title="Documents")
    pages = [path.stem for path in DOCS.glob("*.md") if path.stem != "README"]
    pages = sorted({*pages, *PAGES} - {"README"})
    for stem in sorted(pages, key=lambda name: (FIRST.index(name) if name in FIRST else 99, name)):
        yield f"- [{_heading(DOCS / f'{stem}.md')}]({stem}.md)"
    yield ""
    yield "## Examples"
    yield ""
    for path in sorted(DOCS.glob("examples/*.pdf")):
        yield f"- [{_example(path.stem)}](examples/{path.name})"
    yield ""
    yield "## Decisions"
    yield ""
    for path in sorted(DOCS.glob("decisions/*.md")):
        yield f"- [{_heading(path)}](decisions/{path.name})"


def _example(stem: str) -> str:
    """What a file of docs/examples/ is: "account-2026-Q3-kk"."""
    kind, period = stem.rsplit("-", 1)[0].split("-", 1)
    said = {"account": "Report to the commissioner of a training year, synthetic"}[kind]
    return f"{said}: {period}, {LANGUAGES[stem.rsplit('-', 1)[1]]}"


def _heading(path: Path) -> str:
    if path.stem in PAGES:
        return path.stem.capitalize()
    found = re.search(r"^# (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return found[1] if found else path.stem


LISTING = re.compile(
    r"(^### (tests/sample/[\w./]+)\n\n.*?^```python\n)(.*?)(^```$)", re.MULTILINE | re.DOTALL
)


def guide_page() -> str:
    """The page about adding a module, its listings brought up to date with the sample's files."""

    def listed(match: re.Match[str]) -> str:
        return match[1] + (DOCS.parent / match[2]).read_text(encoding="utf-8") + match[4]

    return LISTING.sub(listed, (DOCS / "add-a-module.md").read_text(encoding="utf-8"))


def measured_page() -> Iterator[str]:
    """What the last `make bench` measured."""
    yield HEAD.format(title="Measured") + next(lines := measured.page())
    yield from lines


PAGES: Mapping[str, Callable[[], Iterator[str]]] = {
    "measured": measured_page,
    "settings": settings_page,
    "permissions": permissions_page,
    "commands": commands_page,
    "README": index_page,
}


def written() -> dict[Path, str]:
    """What each generated page should hold."""
    with translation.override("en"):
        pages = {DOCS / f"{name}.md": "\n".join(page()) + "\n" for name, page in PAGES.items()}
    return pages | {DOCS / "add-a-module.md": guide_page()}


def main(arguments: list[str]) -> int:
    """Write the pages, or check them; returns the exit status."""
    with tempfile.TemporaryDirectory(prefix="baqylau-docs-") as home:
        for name in [name for name in os.environ if name.startswith("BAQYLAU_")]:
            del os.environ[name]
        os.environ["BAQYLAU_HOME"] = home
        os.environ["BAQYLAU_MODULES"] = " ".join(n for n in ALL_MODULES if n != "tests.sample")
        os.environ["DJANGO_SETTINGS_MODULE"] = "baqylau.config.settings"
        django.setup()
        pages = written()
    stale = [
        path for path, text in pages.items() if not path.exists() or path.read_text("utf-8") != text
    ]
    if "--check" not in arguments:
        for path in stale:
            path.write_text(pages[path], encoding="utf-8")
        return 0
    for path in stale:
        print(f"docs/{path.name} is out of date: run `make docs`")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
