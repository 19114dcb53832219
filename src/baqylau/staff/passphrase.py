"""How strong a passphrase is: zxcvbn's estimate, our own words, no rules about signs."""

import threading
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from baqylau.kernel.errors import DomainError
from baqylau.staff import rules
from baqylau.web.queries import organisation

COMMON = (
    "құпиясөз құпия пароль қазақстан казахстан тараз жамбыл жамбылская әулиеата алматы астана",
    "азаматтық бақылау гражданский контроль қабылдау приёмная заңгер юрист әкімші администратор",
    "кеңесші консультант қызметкер сотрудник сәлем привет рахмет спасибо махаббат любовь анашым",
    "мамочка жаным солнышко бауырым отаным родина бәйтерек тұлпар наурыз йцукен йцукенг фывапр",
    "ячсмить әіңғүұқөһ qazaqstan kazakhstan taraz zhambyl baqylau parol qupia",
)
"""Words that somebody here tries first; zxcvbn itself knows English only."""

READ = 72
"""Characters that are estimated; what follows can only make it stronger."""

REASONS = {
    "repeat": _("The same piece is repeated, and that is easy to guess."),
    "sequence": _("Signs in their usual order, like 12345, are easy to guess."),
    "spatial": _("Neighbouring keys are easy to guess."),
    "regex": _("A year is easy to guess."),
    "date": _("A date is easy to guess."),
    "mine": _("It holds a word that is easy to connect with you or with this place."),
    "dictionary": _("It is close to a passphrase that many people use."),
}
"""Why it is weak, by what its longest guessable piece is."""

ADVICE = _("Take four or five words that do not belong together, in any language.")
TOO_SHORT = _("At least 10 characters, please.")
TOO_LONG = _("At most 200 characters, please.")

_one_at_a_time = threading.Lock()


def require_strong(passphrase: str, about: Iterable[str], field: str = "passphrase") -> None:
    """Refuse a passphrase that is easy to guess; `about` are the person's own words.

    Raises: DomainError that says why, and what helps.
    """
    if len(passphrase) < rules.PASSPHRASE_LEAST:
        raise DomainError(TOO_SHORT, code="too_short", field=field)
    if len(passphrase) > rules.PASSPHRASE_MOST:
        raise DomainError(TOO_LONG, code="too_long", field=field)
    reason = weakness(passphrase, about)
    if reason:
        raise DomainError(
            "%(reason)s %(advice)s",
            code="weak",
            field=field,
            params={"reason": REASONS.get(reason, ""), "advice": ADVICE},
        )


def weakness(passphrase: str, about: Iterable[str]) -> str:
    """The code of REASONS, "other" when none fits, "" when the passphrase is strong enough."""
    from zxcvbn import zxcvbn  # noqa: PLC0415 - its word lists take memory that few requests need

    words: list[str] = [*" ".join(COMMON).split(), *map(organisation, settings.ORGANISATION)]
    for text in about:
        words += [text, *text.replace("@", " ").replace(".", " ").split()]
    with _one_at_a_time:  # zxcvbn keeps the words of the person in a variable that all share
        estimate = zxcvbn(passphrase[:READ], user_inputs=[word for word in words if len(word) > 2])
    if estimate["score"] >= rules.PASSPHRASE_SCORE:
        return ""
    piece = max(estimate["sequence"], key=lambda part: len(part["token"]))
    if piece["pattern"] == "dictionary" and piece["dictionary_name"] == "user_inputs":
        return "mine"
    return str(piece["pattern"]) if piece["pattern"] in REASONS else "other"
