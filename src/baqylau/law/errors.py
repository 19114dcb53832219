"""What can be wrong with a question about a term, said in one sentence."""

from datetime import date

from baqylau.kernel.errors import DomainError
from baqylau.law.words import Language, Wording, reader

MESSAGES: dict[str, Wording] = {
    "unknown_rule": Wording(
        "Мұндай ереже жоқ: %(rule)s.",
        "Такого правила нет: %(rule)s.",
        "There is no such rule: %(rule)s.",
    ),
    "rule_not_in_force": Wording(
        "Бұл күні ереже қолданылмайды: %(rule)s, %(date)s.",
        "В этот день правило не действует: %(rule)s, %(date)s.",
        "The rule is not in force on that day: %(rule)s, %(date)s.",
    ),
    "bad_date": Wording(
        "Күн танылмады: «%(value)s». Былай жазыңыз: 2026-03-05.",
        "Дата не распознана: «%(value)s». Пишите так: 2026-03-05.",
        "The date was not understood: “%(value)s”. Write it like this: 2026-03-05.",
    ),
    "outside_calendar": Wording(
        "Күнтізбеде бұл жыл жоқ: %(year)s. Қамтылған жылдар: %(first)s–%(last)s.",
        "В календаре нет этого года: %(year)s. Есть годы: %(first)s–%(last)s.",
        "The calendar does not hold this year: %(year)s. It holds %(first)s–%(last)s.",
    ),
    "bad_calendar": Wording(
        "Күнтізбе жолы қате: %(row)s.",
        "Ошибка в строке календаря: %(row)s.",
        "A row of the calendar is wrong: %(row)s.",
    ),
    "unknown_occasion": Wording(
        "Белгісіз мереке атауы: «%(name)s».",
        "Неизвестное название праздника: «%(name)s».",
        "Unknown name of a holiday: “%(name)s”.",
    ),
    "bad_rules": Wording(
        "Ережелер кестесінде қате бар: жол %(row)s, баған %(column)s.",
        "Ошибка в таблице правил: строка %(row)s, столбец %(column)s.",
        "The table of rules has a mistake: row %(row)s, column %(column)s.",
    ),
    "overlapping_rules": Wording(
        "Бір ереженің екі нұсқасы бір күнде қатар қолданылып тұр: %(rule)s.",
        "Две версии одного правила действуют в один день: %(rule)s.",
        "Two versions of one rule are in force on the same day: %(rule)s.",
    ),
    "extension_of_other_rule": Wording(
        "Бұл мерзімді мына ережемен ұзартуға болмайды: %(extension)s.",
        "Этот срок нельзя продлить по правилу: %(extension)s.",
        "This term cannot be extended by the rule: %(extension)s.",
    ),
    "extension_not_in_term": Wording(
        "Ұзарту шешімі мерзім ішінде қабылдануға тиіс: шешім %(decided)s, мерзім %(due)s.",
        "Продлить срок можно, пока он не истёк: решение %(decided)s, срок %(due)s.",
        "A term can be extended only while it runs: decision %(decided)s, due %(due)s.",
    ),
    "extension_too_long": Wording(
        "Ұзарту шегінен асып кетті: сұралған күн %(until)s, ең соңғы күн %(limit)s.",
        "Продление больше допустимого: до %(until)s, предел %(limit)s.",
        "The extension is too long: until %(until)s, the limit is %(limit)s.",
    ),
    "extension_shortens": Wording(
        "Ұзарту мерзімді қысқарта алмайды: жаңа күн %(until)s, бұрынғы мерзім %(due)s.",
        "Продление не может сократить срок: новая дата %(until)s, прежний срок %(due)s.",
        "An extension cannot shorten a term: new date %(until)s, due before %(due)s.",
    ),
    "extension_repeated": Wording(
        "Бұл ережемен бір рет қана ұзартуға болады: %(extension)s.",
        "По этому правилу можно продлить только один раз: %(extension)s.",
        "This rule allows one extension only: %(extension)s.",
    ),
    "moment_without_zone": Wording(
        "Түскен уақытта уақыт белдеуі көрсетілмеген: %(moment)s.",
        "У времени поступления не указан часовой пояс: %(moment)s.",
        "The time of receipt has no time zone: %(moment)s.",
    ),
    "unknown_zone": Wording(
        "Белгісіз уақыт белдеуі: %(zone)s.",
        "Неизвестный часовой пояс: %(zone)s.",
        "Unknown time zone: %(zone)s.",
    ),
    "line_too_long": Wording(
        "Жол тым ұзын: ең көбі %(limit)s таңба.",
        "Строка слишком длинная: предел знаков – %(limit)s.",
        "The line is too long: the limit in characters is %(limit)s.",
    ),
    "line_not_text": Wording(
        "Жол UTF-8 кодтауында емес (мүмкін Windows-1251): файлды UTF-8 түрінде сақтаңыз.",
        "Строка не в кодировке UTF-8 (возможно, Windows-1251): сохраните файл в UTF-8.",
        "The line is not UTF-8 (perhaps Windows-1251): save the file as UTF-8.",
    ),
    "line_shape": Wording(
        "Жолда екі бөлік болуға тиіс: ереже, табуляция, күн.",
        "В строке должно быть две части: правило, табуляция, дата.",
        "A line needs two parts: the rule, a tab, the date.",
    ),
    "file_unreadable": Wording(
        "Файл оқылмады: %(name)s.",
        "Файл не прочитан: %(name)s.",
        "The file could not be read: %(name)s.",
    ),
    "question_incomplete": Wording(
        "Ереже мен басталу күні керек: RULE --from 2026-03-05, не болмаса --batch FILE.",
        "Нужны правило и дата начала: RULE --from 2026-03-05, либо --batch FILE.",
        "A rule and a start date are needed: RULE --from 2026-03-05, or --batch FILE.",
    ),
}


class LawError(DomainError):
    """A question about a term that has no answer; `code` is stable, `params` fill the sentence."""

    def __init__(self, code: str, **params: str | int | date) -> None:
        super().__init__(MESSAGES[code].en, code=code, params=params)

    @property
    def message(self) -> str:
        """The sentence in the language of whoever reads now."""
        return self.sentence(reader.language())

    def sentence(self, language: Language) -> str:
        """Say in one language what is wrong."""
        said = {
            name: f"{value:%d.%m.%Y}" if isinstance(value, date) else value
            for name, value in self.params.items()
        }
        return MESSAGES[self.code].in_language(language) % said
