"""The console program: its words come from the registered rooms, its language from the locale."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from django.utils import translation

from baqylau.config import commands
from baqylau.config.messages import language
from baqylau.config.opening import usable_databases
from baqylau.kernel.errors import DomainError
from baqylau.kernel.modules import Command, registry


class Parser(argparse.ArgumentParser):
    """An argument parser that says what it cannot read in one sentence, with status 2."""

    def error(self, message: str) -> NoReturn:
        """Say what cannot be read, and how the command looks."""
        sentence = translation.gettext("I cannot read this command: %(what)s") % {"what": message}
        self.exit(2, f"{sentence}\n{self.format_usage()}")


def run(arguments: Sequence[str]) -> int:
    """Run one command line; returns the exit status."""
    with translation.override(language()):
        try:
            with usable_databases():
                options = parser().parse_args(arguments)
                return int(options.run(options))
        except DomainError as error:
            print(error, file=sys.stderr)  # noqa: T201 - the console's voice
            return 2
        except KeyboardInterrupt:
            return 130
        except BrokenPipeError:
            # Whoever read our output has closed it: nothing to say, and no traceback about it.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0


def parser() -> Parser:
    """The whole tree of words, in the active language."""
    # argparse asks the C library's gettext, which knows no Kazakh; its words are in `foreign`.
    argparse._ = translation.gettext  # type: ignore[attr-defined]
    argparse.ngettext = translation.ngettext  # type: ignore[attr-defined]
    top = Parser(
        prog="baqylau",
        description=translation.gettext("What a programme of civic oversight runs on."),
    )
    words = top.add_subparsers(metavar=translation.gettext("command"), required=True)
    groups: dict[str, argparse._SubParsersAction[Parser]] = {}
    for command in [*commands.COMMANDS, *registry.gather("commands")]:
        _add(words, groups, command)
    return top


def _add(
    words: "argparse._SubParsersAction[Parser]",
    groups: "dict[str, argparse._SubParsersAction[Parser]]",
    command: Command,
) -> None:
    """Hang the command under its first word, if it has two."""
    first, _, second = command.code.partition(" ")
    if second and first not in groups:
        group = words.add_parser(first, help=str(command.help))
        groups[first] = group.add_subparsers(metavar=translation.gettext("command"), required=True)
    where = groups[first] if second else words
    child = where.add_parser(second or first, help=str(command.help), description=str(command.help))
    command.add_arguments(child)
    child.set_defaults(run=command.run)
