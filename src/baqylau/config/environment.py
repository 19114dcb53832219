"""Settings from the environment and from `baqylau.toml`, read strictly.

One table says what may be set. An unknown name, a wrong value or an unreadable secret stops the
program with one sentence. `BAQYLAU_<NAME>_FILE` names a file that holds the value (for secrets).
"""

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from baqylau.kernel.channels import is_channel

PREFIX = "BAQYLAU_"
HOST = re.compile(r"\*|\.?[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:]+\]", re.ASCII)
"""A name or a number of a machine, as Django compares it: without scheme and port."""


def _(message: str) -> str:
    """Mark a message for the catalogues; Django, not set up yet, cannot be asked to."""
    return message


class SettingError(Exception):
    """A setting that cannot be used: one sentence for the person who set it.

    Its text is English, because settings are read before Django can translate; `sentence` says it
    in another language. Words among the parameters are translated too, where they are ours.
    """

    def __init__(self, template: str, **params: object) -> None:
        super().__init__(template % params if params else template)
        self.template = template
        self.params = params

    def sentence(self, translate: Callable[[str], str]) -> str:
        """The sentence by way of a function that translates one message."""
        words = {
            name: translate(value) if isinstance(value, str) and value else value
            for name, value in self.params.items()
        }
        return translate(self.template) % words if words else translate(self.template)


def _boolean(text: str) -> bool:
    if text not in {"True", "False"}:
        raise ValueError(_("True or False"))
    return text == "True"


def _number(text: str, most: int) -> bool:
    """Whether it is a number from 1 to `most`, in the digits of a keyboard."""
    return text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= most


def port(text: str) -> int:
    """A port's number. Raises: ValueError that says what is wanted."""
    if not _number(text, 65_535):
        raise ValueError(_("a port from 1 to 65535"))
    return int(text)


def _minutes(text: str) -> int:
    if not _number(text, 120):
        raise ValueError(_("minutes from 1 to 120"))
    return int(text)


def _days(text: str) -> int:
    if not _number(text, 3_650):
        raise ValueError(_("days from 1 to 3650"))
    return int(text)


def _time_of_day(text: str) -> str:
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text, re.ASCII):
        raise ValueError(_("a time of day like 02:20"))
    return text


def _folder(text: str) -> str:
    if text and not Path(text).is_absolute():
        raise ValueError(_("a folder's whole path, from / on"))
    return text


def _languages(text: str) -> tuple[str, ...]:
    codes = _names(text)
    if "kk" not in codes or not set(codes) <= {"kk", "ru", "en"}:
        raise ValueError(_("kk, and ru or en beside it"))
    return codes


def _channel(text: str) -> str:
    if text and not is_channel(text):
        raise ValueError(_("a telephone, or an address that begins with https://"))
    return text


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for name in text.replace(",", " ").split() if name)


def _hosts(text: str) -> tuple[str, ...]:
    names = _names(text.lower())
    if not names or not all(HOST.fullmatch(name) for name in names):
        raise ValueError(_("names like kontrol.example.org, without https:// and without a port"))
    return names


ADDRESS = re.compile(r"https?://[a-z0-9_-]+(\.[a-z0-9_-]+)*(:[0-9]{1,5})?", re.ASCII)


def _address(text: str) -> str:
    if text and not ADDRESS.fullmatch(text):
        raise ValueError(_("an address like https://kontrol.example.org, and nothing behind it"))
    return text


def _mode(text: str) -> str:
    if text not in {"training", "production"}:
        raise ValueError(_("training or production"))
    return text


def _site(text: str) -> str:
    if text not in {"both", "public", "desk"}:
        raise ValueError(_("both, public or desk"))
    return text


def _log(text: str) -> str:
    if text not in {"lines", "json"}:
        raise ValueError(_("lines or json"))
    return text


TOKEN = re.compile(r"[!-~]{20,200}", re.ASCII)
"""A secret of 20 to 200 printable signs, which a header can carry."""


def _token(text: str) -> str:
    if text and not TOKEN.fullmatch(text):
        raise ValueError(_("20 to 200 letters, digits and signs without a space"))
    return text


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that may be set: how it is read, its default and what it is for."""

    read: Callable[[str], object]
    default: object
    what: str
    is_secret: bool = False
    """Whether it may hold a password, so that it is never shown whole."""


SETTINGS: Mapping[str, Setting] = {
    "MODE": Setting(_mode, "training", _("training or production")),
    "SITE": Setting(_site, "both", _("which trees of pages this process serves")),
    "HOME": Setting(Path, Path.cwd(), _("the folder that holds var/, keys/ and baqylau.toml")),
    "HOSTS": Setting(
        _hosts, ("localhost", "127.0.0.1"), _("names under which the site is reached")
    ),
    "PUBLIC_ADDRESS": Setting(
        _address,
        "",
        _("the address of the public site, needed where the desk has a host of its own"),
    ),
    "PORT": Setting(port, 8000, _("the loopback port")),
    "HTTPS": Setting(_boolean, False, _("whether people reach the site by https")),
    "DATABASE_URL": Setting(
        str, "", _("PostgreSQL for everything but sealed records"), is_secret=True
    ),
    "SEALED_DATABASE_URL": Setting(str, "", _("PostgreSQL for sealed records"), is_secret=True),
    "MODULES": Setting(
        _names,
        (
            "baqylau.reception",
            "baqylau.reports",
            "baqylau.councils",
            "baqylau.outreach",
            "baqylau.accountability",
        ),
        _("the modules that are installed"),
    ),
    "LANGUAGES": Setting(_languages, ("kk", "ru", "en"), _("the languages that are offered")),
    "IDLE_MINUTES": Setting(_minutes, 5, _("minutes without a touch until the desk locks itself")),
    "BACKUP_FOLDER": Setting(
        _folder, "", _("the folder for the daily backup, on another disk; off without it")
    ),
    "BACKUP_AT": Setting(_time_of_day, "02:20", _("when the daily backup is made, HH:MM")),
    "BACKUP_DAYS": Setting(_days, 90, _("days after which archives are removed from their folder")),
    "EMAIL_URL": Setting(
        str, "", _("the mail server: smtp://user:password@host:port"), is_secret=True
    ),
    "MAIL_FROM": Setting(str, "baqylau@localhost", _("the sender's address")),
    "ORGANISATION_KK": Setting(str, "", _("the organisation's name in Kazakh")),
    "ORGANISATION_RU": Setting(str, "", _("the organisation's name in Russian")),
    "ORGANISATION_EN": Setting(str, "", _("the organisation's name in English")),
    "PHONE": Setting(str, "", _("the public telephone of the programme")),
    "SAFE_CHANNEL": Setting(
        _channel, "", _("telephone or https address where a demand for money is told safely")
    ),
    "SAFE_CHANNEL_KK": Setting(str, "", _("who answers there, in one Kazakh sentence")),
    "SAFE_CHANNEL_RU": Setting(str, "", _("who answers there, in one Russian sentence")),
    "SAFE_CHANNEL_EN": Setting(str, "", _("who answers there, in one English sentence")),
    "LOG": Setting(_log, "lines", _("the form of the log: lines or json")),
    "METRICS_TOKEN": Setting(
        _token,
        "",
        _("the secret that opens /metrics to a watching program; empty: there is no such page"),
        is_secret=True,
    ),
    "DEBUG": Setting(_boolean, False, _("error pages with details; refused in production")),
}


HIDDEN = "•••"
"""What stands in the place of a password."""


@dataclass(frozen=True, slots=True)
class Told:
    """A setting as it may be shown: its variable, its value without secrets, and where it is set.

    `where` is "environment", "file" (baqylau.toml), "secret" (a file that the environment names)
    or "default".
    """

    variable: str
    value: str
    where: str
    what: str


def read(environ: Mapping[str, str] = os.environ) -> dict[str, object]:
    """Every setting: from the environment, else from baqylau.toml in HOME, else the default.

    Raises: SettingError with one sentence.
    """
    home, in_file, in_environment = _given(environ)
    values = {**in_file, **_resolved(in_environment)}
    if unknown := sorted(values.keys() - SETTINGS.keys()):
        raise SettingError(_("Unknown setting: %(name)s."), name=PREFIX + unknown[0])
    chosen = {
        name: _value(name, setting, values[name]) if name in values else setting.default
        for name, setting in SETTINGS.items()
    } | {"HOME": home}
    if chosen["SITE"] == "desk" and not chosen["PUBLIC_ADDRESS"]:
        raise SettingError(
            _("%(name)s must say where the public site is: the desk has a host of its own."),
            name=f"{PREFIX}PUBLIC_ADDRESS",
        )
    return chosen


def tell(environ: Mapping[str, str] = os.environ) -> list[Told]:
    """Every setting with where it is set; nothing that could be a password.

    Raises: SettingError as `read` does.
    """
    values = read(environ)
    _home, in_file, in_environment = _given(environ)
    return [
        Told(PREFIX + name, _shown(setting, values[name]), where, setting.what)
        for name, setting in SETTINGS.items()
        for where in [_where(name, in_file, in_environment)]
    ]


def _where(name: str, in_file: Mapping[str, str], in_environment: Mapping[str, str]) -> str:
    if name in in_environment:
        return "environment"
    if f"{name}_FILE" in in_environment:
        return "secret"
    return "file" if name in in_file else "default"


def _shown(setting: Setting, value: object) -> str:
    text = " ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    if setting.read is _token:
        return HIDDEN if text else ""
    return masked(text) if setting.is_secret else text


def masked(address: str) -> str:
    """An address without its user, password and query; nothing at all of one that is unclear."""
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return HIDDEN
    rest = parts.path + parts.query + parts.fragment
    if not parts.scheme or "@" in rest or (not parts.netloc and not parts.query):
        # A password with a stroke in it ends the host too early: what follows is then a secret.
        return HIDDEN
    user = f"{HIDDEN}@" if "@" in parts.netloc else ""
    return f"{parts.scheme}://{user}{parts.hostname or ''}{port}{parts.path}"


def _given(environ: Mapping[str, str]) -> tuple[Path, dict[str, str], dict[str, str]]:
    """The home folder, what its file says, what the environment says."""
    given = {
        name.removeprefix(PREFIX): value
        for name, value in environ.items()
        if name.startswith(PREFIX)
    }
    home = Path(given.get("HOME") or Path.cwd())
    return home, _from_file(home / "baqylau.toml"), given


def _resolved(given: Mapping[str, str]) -> dict[str, str]:
    """Replace NAME_FILE by the content of the file that it names."""
    values = {}
    for name, value in given.items():
        if name.endswith("_FILE") and name.removesuffix("_FILE") in SETTINGS:
            if name.removesuffix("_FILE") in given:
                raise SettingError(
                    _("%(name)s is set twice: by itself and by a file."),
                    name=PREFIX + name.removesuffix("_FILE"),
                )
            try:
                values[name.removesuffix("_FILE")] = Path(value).read_text(encoding="utf-8").strip()
            except (OSError, ValueError) as error:
                raise SettingError(
                    _("%(name)s: the file cannot be read."), name=PREFIX + name
                ) from error
        else:
            values[name] = value
    return values


def _from_file(path: Path) -> dict[str, str]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise SettingError(
            _("%(name)s cannot be read: %(reason)s."), name=path.name, reason=error
        ) from error
    return {name.upper(): _as_text(value) for name, value in content.items()}


def _as_text(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _value(name: str, setting: Setting, text: str) -> object:
    try:
        return setting.read(text)
    except ValueError as error:
        raise SettingError(
            _("%(name)s should be %(what)s, not “%(text)s”."),
            name=PREFIX + name,
            what=str(error),
            text=HIDDEN if setting.is_secret else text,
        ) from error
