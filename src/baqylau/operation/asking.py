"""Asking for what must never stand on a command line: passphrases and shares."""

import getpass
import os
import sys
from collections.abc import Iterator

from django.utils.translation import gettext as _

from baqylau.kernel.errors import DomainError
from baqylau.seal import shares
from baqylau.storage.disk import refusing

LIMIT = 4_096
"""Bytes that are read from a descriptor."""


class Secrets:
    """Asks at the terminal without echo; or takes a line of the descriptor for each question."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor
        self._lines: Iterator[str] | None = None

    def ask(self, question: str) -> str:
        """One answer. Raises: DomainError when nobody is there, or the descriptor has no line."""
        if self._descriptor is not None:
            return self._next(self._descriptor)
        if not sys.stdin.isatty():
            raise DomainError(
                _("Nobody is here to be asked: give the passphrase with --passphrase-fd.")
            )
        return getpass.getpass(question)

    def ask_new(self, question: str, again: str) -> str:
        """As `ask`; at the terminal it is typed twice. Raises: DomainError when they differ."""
        first = self.ask(question)
        if self._descriptor is None and self.ask(again) != first:
            raise DomainError(_("The two are not the same. Nothing was changed."))
        return first

    def _next(self, descriptor: int) -> str:
        if self._lines is None:
            with refusing(f"--passphrase-fd {descriptor}"):
                content = os.read(descriptor, LIMIT)
            self._lines = iter(content.decode(errors="replace").splitlines())
        line = next(self._lines, "")
        if not line:
            raise DomainError(_("The descriptor gave no passphrase: one line for each is needed."))
        return line


def two_shares() -> list[str]:
    """Two shares: from the terminal without echo, or one a line from a pipe. Raises: SealError."""
    if not sys.stdin.isatty():
        lines = sys.stdin.read(4 * shares.LONGEST).splitlines()
        return [line for line in lines if line.strip()]
    print(_("Type two shares, 33 words each. Nothing shows while you type."), flush=True)  # noqa: T201 - the console's voice
    typed = []
    for number in range(1, shares.NEEDED + 1):
        text = getpass.getpass(_("Share %(number)s: ") % {"number": number})
        shares.read(text)
        typed.append(text)
    return typed
