"""Words that look like a surname or a patronymic, in Kazakh, Russian and Latin letters.

A bare first name looks like any other word and is not found.
"""

import re
from typing import Final

_AFTER_VOWEL: Final = r"(?:ның|нің|на|не|н|нда|нде|нан|нен|мен|лар\w*|лер\w*)?"
_AFTER_SURNAME: Final = r"(?:[нт][ыі]ң|[қғ]а|ге|[нт][ыі]|[нт][ае]н|[мп]ен)?"
"""Kazakh cases; those that also end Russian nouns («страховка», «терапевта») are left out."""
_PATRONYMIC: Final = re.compile(
    r"\w{3,}(?:[ұу]лы|[қк]ызы|uly|[kq][yi]z[yi])" + _AFTER_VOWEL + r"|"
    r"\w{2,}(?:[ое]вич(?:а|у|ем|е)?|[ое]вн(?:а|ы|у|е)|[oe]vich|[oe]vna)|"
    r"\w{2,}(?:ин|ит|ук|ом|вв)ичн(?:а|ы|у|е)"
)
"""Three letters before «ұлы» leave «ұлы» (great) and «таулы» (of mountains) alone."""
_SURNAME: Final = re.compile(r"\w{3,}(?:[оеё]в(?:а|у)?" + _AFTER_SURNAME + r"|[oe]va?)")
_CAPITALISED: Final = re.compile(
    r"\w{3,}ина?" + _AFTER_SURNAME + r"|\w{3,}[оеё]в(?:ой|ым|ых|ы|е|ке|[тд][ае])"
)
_THINGS: Final = re.compile(
    r"\w*(?:адрес|акт|алимент|аппарат|археолог|балл|билет|ветеран|вклад|врем|город|грант|дворц|"
    r"детсад|диплом|договор|документ|долг|должник|дом|дубликат|закон|заказ|звонк|знак|иностранц|"
    r"инвалид|кадр|кандас|классик|конкурс|кредит|лес|месяц|микрозайм|займ|налог|номер|объект|"
    r"орган|отход|отпуск|охотник|пакет|паспорт|пассажир|пациент|пенсионер|платеж|подарк|"
    r"поезд|препарат|продукт|проект|процент|ребенк|родственник|сад|сертификат|сирот|спорт|"
    r"справочник|студент|суд|счет|тариф|товар|транспорт|туристо?|участк|ученик|учебник|фермер|"
    r"фильм|фонд|час|чиновник|школьник|штраф|экзамен|языко?|доход|расход)[ое]в"
)
"""Russian plurals («of the documents») that are formed as surnames are."""
_PLAIN: Final = re.compile(
    r"каникулы|формулы|атаулы|арнаулы|айыппұлы|айыппұлын|айыппұлының|айыппулы|здоров|здорова|"
    r"готов|готова|вызов|вызова|вызову|посев|посева|корова|корову|коров|голова|голову|слова|"
    r"слову|снова|основа|основу|дрова|слева|справа|улов|улова|покров|основ|слов|часов|годов|"
    r"машина|магазин|магазина|бензин|бензина|медицина|карантин|карантина|вакцина|витамин|"
    r"инсулин|женщина|мужчина|причина|половина|резина|старшина|картина|родина|равнина|долина|"
    r"община|сельчанин|гражданин|гражданина|егов|егова|прежнева"
)
"""Other common words with such endings."""
_WORDS: Final = re.compile(r"[^\W\d_]+")


def looks_like_a_name(word: str) -> bool:
    """Whether a word, as it was typed, is formed as a surname or patronymic is.

    Endings that common words share («-ин», «-овой») count with a capital alone.
    """
    folded = word.casefold()
    if _PLAIN.fullmatch(folded) or _THINGS.fullmatch(folded):
        return False
    if _PATRONYMIC.fullmatch(folded) or _SURNAME.fullmatch(folded):
        return True
    return word[:1].isupper() and bool(_CAPITALISED.fullmatch(folded))


def holds_a_name(query: str) -> bool:
    """Whether any word of the query looks like a surname or a patronymic."""
    return any(map(looks_like_a_name, _WORDS.findall(query)))
