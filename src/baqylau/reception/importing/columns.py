"""The columns of a journal as people keep it, and the words that stand in them."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from baqylau.casework.taxonomy import ContactKind
from baqylau.documents.tables import normal_heading, read_date
from baqylau.kernel.errors import DomainError
from baqylau.kernel.imports import Column
from baqylau.reception.models.consultations import ANSWER_LIMIT
from baqylau.reception.rules.numbers import read_number
from baqylau.reception.taxonomy import Channel, Part, Result

WORDS: Mapping[str, Sequence[str]] = {
    "kk": ("қаз", "қазақ", "қазақша", "каз", "казахский", "Kazakh"),
    "ru": ("орыс", "орысша", "рус", "русский", "Russian"),
    "en": ("ағылшын", "ағылшынша", "англ", "английский", "English"),
    Channel.WALK_IN: ("өзі келді", "лично", "пришёл", "пришел", "личный приём", "visit"),
    Channel.BOOKED: ("жазылып келді", "по записи", "appointment"),
    Channel.PHONE: ("телефон", "телефонмен", "звонок", "phone"),
    Channel.MESSENGER: ("WhatsApp", "Telegram", "мессенджер"),
    Channel.PAPER: ("хат", "письмо", "письменно", "letter"),
    ContactKind.INFORMATION: ("кеңес", "ақпарат", "консультация", "вопрос", "разъяснение"),
    ContactKind.SERVICE_FAILURE: ("шағым", "жалоба", "сбой"),
    ContactKind.MISCONDUCT: ("дөрекілік", "әдеп", "грубость", "этика"),
    ContactKind.CORRUPTION: ("жемқорлық", "пара", "коррупция", "взятка"),
    ContactKind.PROPOSAL: ("ұсыныс", "предложение"),
    Result.ADVISED: ("түсіндірілді", "кеңес берілді", "разъяснено", "консультация дана"),
    Result.SOLVED: ("шешілді", "решено"),
    Result.DIRECTED: ("бағытталды", "направлен", "перенаправлен"),
}
"""Other words of old journals for the same."""


@lru_cache(maxsize=1)
def _known() -> dict[str, dict[str, str]]:
    """Codes by what may be written for them, for each set of choices."""
    sets: dict[str, Sequence[tuple[str, Any]]] = {
        "language": [(code, str(name)) for code, name in settings.LANGUAGES],
        "channel": Channel.choices,
        "kind": ContactKind.choices,
        "result": Result.choices,
        "part": Part.choices,
    }
    found: dict[str, dict[str, str]] = {}
    for name, choices in sets.items():
        words = found.setdefault(name, {})
        for code, label in choices:
            for language, _name in settings.LANGUAGES:
                with translation.override(language):
                    words[normal_heading(str(label))] = code
            for word in (code, code.replace("_", " "), *WORDS.get(code, ())):
                words[normal_heading(word)] = code
    return found


def choice(name: str) -> Callable[[str], str]:
    """A parser for one of the sets: code, label in any language, or a word of `WORDS`."""

    def read(text: str) -> str:
        code = _known()[name].get(normal_heading(text))
        if code is None:
            raise DomainError(_("This word is not known here. Choose one of the list."))
        return code

    return read


def read_reference(text: str) -> tuple[int | None, int]:
    """A consultation's number. Raises: DomainError."""
    found = read_number(text)
    if found is None:
        raise DomainError(_("This is no number of a consultation: К-2026-000123."))
    return found


def read_answer(text: str) -> str:
    """What was answered. Raises: DomainError when it is too long."""
    if len(text) > ANSWER_LIMIT:
        raise DomainError(
            _("This is too long: at most %(limit)s characters."), params={"limit": ANSWER_LIMIT}
        )
    return text


DAY = Column(
    "held_on",
    _("Day"),
    ("Күні", "Дата", "Day", "Дата обращения", "Келген күні", "Date"),
    read_date,
    is_required=True,
    hint=_("31.12.2026"),
)
ROOM = Column(
    "room",
    _("Room"),
    ("Қабылдау бөлмесі", "Приёмная", "Room", "Приемная", "Бөлме", "Кабинет"),
    is_required=True,
    hint=_("Name or code"),
)
SERVICE = Column(
    "service",
    _("Service"),
    ("Қызмет", "Услуга", "Service", "Қызмет атауы", "Наименование услуги"),
    hint=_("Name or code; a few words are enough where they lead to one service only"),
)
KIND = Column(
    "kind",
    _("About"),
    ("Не туралы", "О чём", "About", "О чем", "Вид обращения", "Өтініш түрі"),
    choice("kind"),
    empty=ContactKind.INFORMATION.value,
    hint=_("Empty: information"),
)
LANGUAGE = Column(
    "language",
    _("Language"),
    ("Тілі", "Язык", "Language"),
    choice("language"),
    empty="kk",
    hint=_("Empty: Kazakh"),
)
CHANNEL = Column(
    "channel",
    _("How they came"),
    ("Қалай хабарласты", "Как обратились", "How they came", "Канал", "Способ обращения"),
    choice("channel"),
    empty=Channel.WALK_IN.value,
    hint=_("Empty: came in"),
)
DISTRICT = Column(
    "district",
    _("District"),
    ("Ауданы", "Район", "District", "КАТО", "KATO"),
    hint=_("Empty: the room's own"),
)
BODY = Column(
    "body",
    _("Body concerned"),
    ("Қай мекеме туралы", "О каком органе", "Body concerned", "Орган", "Мекеме"),
    hint=_("Name or code"),
)
PART = Column(
    "part",
    _("Part of the card"),
    ("Карточканың бөлігі", "Часть карточки", "Part of the card"),
    choice("part"),
    empty=Part.ANSWER.value,
)
ANSWER = Column(
    "answer",
    _("What was answered"),
    ("Не жауап берілді", "Что ответили", "What was answered", "Ответ", "Жауап"),
    read_answer,
    hint=_("No names, no phones"),
)
RESULT = Column(
    "result",
    _("Result"),
    ("Нәтижесі", "Результат", "Result", "Итог"),
    choice("result"),
    empty=Result.ADVISED.value,
    hint=_("Empty: information given"),
)
NUMBER = Column(
    "number",
    _("Number of the consultation"),
    ("Кеңестің нөмірі", "Номер консультации", "Number of the consultation"),
    read_reference,
    empty=None,
    hint=_("Only in tables that were taken out here"),
)
COLUMNS = (
    DAY,
    ROOM,
    SERVICE,
    KIND,
    LANGUAGE,
    CHANNEL,
    DISTRICT,
    BODY,
    PART,
    ANSWER,
    RESULT,
    NUMBER,
)
