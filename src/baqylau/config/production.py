"""`baqylau setup`: the first steps of a production site, asked for or given as arguments."""

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baqylau.config.environment import PREFIX, SettingError, read
from baqylau.kernel.errors import DomainError
from baqylau.kernel.modules import Text
from baqylau.kernel.roles import Role
from baqylau.operation.models import Installation
from baqylau.operation.queries import ALIASES, mark

FILE = "baqylau.toml"
HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}", re.ASCII)


def _text(value: str) -> str:
    if not value.strip() or len(value) > 200 or not value.isprintable():
        raise ValueError(_("1 to 200 characters in one line"))
    return value.strip()


def _hosts(value: str) -> str:
    names = value.replace(",", " ").lower().split()
    if not names or not all(HOST.fullmatch(name) for name in names):
        raise ValueError(_("names like kontrol.example.org, without https://"))
    return " ".join(names)


def _languages(value: str) -> str:
    codes = value.replace(",", " ").split()
    if "kk" not in codes or not set(codes) <= {"kk", "ru", "en"}:
        raise ValueError(_("kk, and ru or en beside it"))
    return " ".join(code for code in ("kk", "ru", "en") if code in codes)


def _email(value: str) -> str:
    try:
        validate_email(value.strip())
    except ValidationError as error:
        raise ValueError(_("an email address")) from error
    return value.strip().lower()


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that must be known: the argument, the question, how the answer is read."""

    code: str
    words: Text
    read: Callable[[str], str]
    default: str = ""


QUESTIONS = (
    Question("organisation-kk", gettext_lazy("the organisation's name in Kazakh"), _text),
    Question("organisation-ru", gettext_lazy("the organisation's name in Russian"), _text),
    Question("organisation-en", gettext_lazy("the organisation's name in English"), _text),
    Question("hosts", gettext_lazy("the site's name on the net (several with commas)"), _hosts),
    Question("languages", gettext_lazy("the languages that are offered"), _languages, "kk,ru,en"),
    Question("email", gettext_lazy("the first administrator's email"), _email),
    Question("name", gettext_lazy("the first administrator's name"), _text),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """One option for each question; what is not given is asked for."""
    for question in QUESTIONS:
        parser.add_argument(f"--{question.code}", metavar="…", help=str(question.words))


def setup(options: argparse.Namespace) -> int:
    """Write the settings, make the databases, invite the first administrator; 0 when all is done.

    Raises: DomainError, with nothing written, for a folder that is in use, a training database,
    a setting of the environment that would win over the file, or an answer that cannot be.
    """
    path = Path(settings.HOME) / FILE
    refuse_used(path)
    answers = {question.code: answer(question, options) for question in QUESTIONS}
    write(path, content(answers))
    try:
        _baqylau("prepare")
    except DomainError:
        path.unlink()
        raise
    role = ("--role", Role.ADMINISTRATOR.value, "--name", answers["name"])
    _baqylau("invite", answers["email"], *role)
    for line in _next_steps(answers["hosts"].split()[0]):
        print(line)  # noqa: T201 - the console's voice
    return 0


def refuse_used(path: Path) -> None:
    """Refuse to write over anything. Raises: DomainError."""
    if path.exists():
        raise DomainError(
            _("%(file)s is here already: change it there. Nothing was changed."),
            params={"file": FILE},
        )
    rows = [row for row in map(mark, ALIASES) if row]
    if any(row.kind == Installation.Kind.TRAINING for row in rows):
        raise DomainError(
            _(
                "This folder holds a training site. Choose an empty folder (BAQYLAU_HOME) for the "
                "real work; nothing was changed."
            )
        )
    named = sorted(name for name in content_names() if f"{PREFIX}{name}" in os.environ)
    if named:
        raise DomainError(
            _("Unset %(name)s first: it would win over the settings that are written now."),
            params={"name": f"{PREFIX}{named[0]}"},
        )


def answer(question: Question, options: argparse.Namespace) -> str:
    """The argument, or what the person types. Raises: DomainError when it cannot be."""
    given = getattr(options, question.code.replace("-", "_"))
    while True:
        value = _ask(question) if given is None else given
        try:
            return question.read(value)
        except ValueError as error:
            sentence = _("--%(code)s should be %(what)s, not “%(value)s”.") % {
                "code": question.code,
                "what": error,
                "value": value,
            }
            if given is not None:
                raise DomainError("%(sentence)s", params={"sentence": sentence}) from error
            print(sentence)  # noqa: T201 - the console's voice


def _ask(question: Question) -> str:
    if not sys.stdin.isatty():
        if question.default:
            return question.default
        raise DomainError(
            _("Nobody is here to be asked: give --%(code)s."), params={"code": question.code}
        )
    hint = f" [{question.default}]" if question.default else ""
    return input(f"{question.words}{hint}: ") or question.default


def content_names() -> list[str]:
    """The settings that the file holds."""
    organisations = [f"ORGANISATION_{code}" for code in ("KK", "RU", "EN")]
    return ["MODE", "HTTPS", "HOSTS", "LANGUAGES", *organisations]


def content(answers: dict[str, str]) -> str:
    """The settings as TOML: production, https, and what was answered."""
    values: dict[str, str | bool | list[str]] = {
        "mode": "production",
        "https": True,
        "hosts": answers["hosts"].split(),
        "languages": answers["languages"].split(),
        **{f"organisation_{code}": answers[f"organisation-{code}"] for code in ("kk", "ru", "en")},
    }
    # JSON's strings, lists and booleans are TOML's too, but for one sign that TOML wants escaped.
    lines = (f"{name} = {json.dumps(v, ensure_ascii=False)}\n" for name, v in values.items())
    return "".join(lines).replace("\x7f", "\\u007f")


def write(path: Path, text: str) -> None:
    """Store the settings, whole or not at all, readable by their owner alone.

    Raises: DomainError when the folder cannot be written.
    """
    part = path.with_suffix(".part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        read({f"{PREFIX}HOME": str(path.parent)})
    except (OSError, SettingError) as error:
        path.unlink(missing_ok=True)
        raise DomainError(
            _("%(file)s cannot be written: %(reason)s."),
            params={"file": FILE, "reason": getattr(error, "strerror", None) or error},
        ) from error


def _baqylau(*words: str) -> None:
    """Run a word of the console under the settings that have just been written."""
    environment = {**os.environ, f"{PREFIX}HOME": str(settings.HOME)}
    done = subprocess.run(  # noqa: S603 - our own words and checked answers
        [sys.executable, "-m", "baqylau", *words], env=environment, check=False
    )
    if done.returncode:
        raise DomainError(
            _("“baqylau %(word)s” did not succeed; its own words stand above."),
            params={"word": words[0]},
        )


def _next_steps(host: str) -> list[str]:
    return [
        _("Next:"),
        _("  1. Start the site: baqylau serve (docs/install.md starts it with the machine)."),
        _("  2. Let nginx serve https://%(host)s/ as docs/install.md says.") % {"host": host},
        _("  3. Open the link above, choose a passphrase, set up a second factor."),
        _("  4. Invite a second administrator, so that nobody can lock everybody out."),
    ]
