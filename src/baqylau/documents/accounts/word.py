"""The account as a DOCX, from our template or from one of the organisation's own."""

import signal
import subprocess
import sys
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from baqylau.documents.accounts import apart, archive, limits, texts
from baqylau.documents.accounts.checks import check
from baqylau.documents.accounts.errors import AccountError
from baqylau.documents.accounts.pictures import Image, measure
from baqylau.documents.accounts.shapes import Account

_PATIENCE: Final = 10
"""Seconds beyond those of work, for a process to start on a busy machine."""


def write_docx(account: Account, template: bytes | None = None) -> bytes:
    """The account in a template of DOCX; without one in ours. The same bytes every time.

    A template of others is filled in a fenced process of its own.

    Raises: AccountError: of the account, or of the template with the field and its place.
    """
    check(account)
    told = texts.tree(account)
    images = [
        Image(each.content, measure(each.content, each.caption).millimetres, each.alt)
        for each in account.pictures
    ]
    if template is not None:
        archive.check_size(template)
        return _apart(apart.asked(template, told, images, account.day))
    from baqylau.documents.accounts import filling  # noqa: PLC0415 - heavy, few processes need it

    return filling.fill(default_template(), told, images, account.day)


def check_template(template: bytes) -> None:
    """Refuse a template that could not be filled: too large, active, an unknown field.

    Raises: AccountError.
    """
    archive.check_size(template)
    _apart(apart.asked(template, None, (), date.min))


@cache
def default_template() -> bytes:
    """Our own template, for an organisation to start from."""
    return files("baqylau.documents.accounts").joinpath("account.docx").read_bytes()


def _apart(fed: bytes) -> bytes:
    """Let another process do it. Raises: AccountError."""
    words = [sys.executable, "-I", "-B", "-m", "baqylau.documents.accounts.apart"]
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            words,
            input=fed,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.SECONDS + _PATIENCE,
            env={},
            cwd="/",
            start_new_session=True,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise AccountError("template_slow") from None
    if done.returncode in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise AccountError("template_slow")
    return apart.answered(done.stdout)
