"""Why an account is not written: a closed set, each said in one sentence with its place."""

from dataclasses import asdict, dataclass
from typing import Final

from baqylau.kernel.errors import DomainError
from baqylau.kernel.words import Language, Wording, reader

MESSAGES: Final[dict[str, Wording]] = {
    "account_sign": Wording(
        "%(where)s: «%(sign)s» (%(number)s) белгісін қағазға басуға болмайды. Оны алып тастаңыз.",
        "%(where)s: знак «%(sign)s» (%(number)s) напечатать нельзя. Уберите его.",
        "%(where)s: the sign “%(sign)s” (%(number)s) cannot be printed. Take it out.",
    ),
    "account_long": Wording(
        "%(where)s: мәтін тым ұзын. Ұзындығы: %(length)s таңба, шегі: %(limit)s.",
        "%(where)s: слишком длинный текст. Знаков: %(length)s, предел: %(limit)s.",
        "%(where)s: the text is too long. Signs: %(length)s, the limit: %(limit)s.",
    ),
    "account_many": Wording(
        "%(where)s: тым көп. Саны: %(length)s, шегі: %(limit)s.",
        "%(where)s: слишком много. Количество: %(length)s, предел: %(limit)s.",
        "%(where)s: too many. There are %(length)s, the limit: %(limit)s.",
    ),
    "account_picture": Wording(
        "%(where)s: бұл сурет емес немесе бүлінген. PNG және JPEG қана жарайды.",
        "%(where)s: это не изображение, или оно повреждено. Подходят только PNG и JPEG.",
        "%(where)s: this is no picture, or a damaged one. Only PNG and JPEG will do.",
    ),
    "account_picture_large": Wording(
        "%(where)s: сурет тым үлкен. Шегі: %(mebibytes)s МБ, %(megapixels)s мегапиксель.",
        "%(where)s: слишком большое изображение. Предел: %(mebibytes)s МБ, "
        "мегапикселей: %(megapixels)s.",
        "%(where)s: the picture is too large. The limit: %(mebibytes)s MB, "
        "%(megapixels)s megapixels.",
    ),
    "account_unmade": Wording(
        "Құжат жасалмады. Бұл біздің қателігіміз: әкімшіге хабарлаңыз.",
        "Документ не получился. Это наша ошибка: сообщите администратору.",
        "The document was not made. The fault is ours: tell the administrator.",
    ),
    "template_kind": Wording(
        "Бұл DOCX шаблоны емес немесе бүлінген. Файлды Word пішімінде (.docx) қайта сақтаңыз.",
        "Это не шаблон DOCX, или он повреждён. Сохраните файл заново в формате Word (.docx).",
        "This is no DOCX template, or a damaged one. Save the file again as Word (.docx).",
    ),
    "template_large": Wording(
        "Шаблон тым үлкен. Шегі: %(mebibytes)s МБ.",
        "Слишком большой шаблон. Предел: %(mebibytes)s МБ.",
        "The template is too large. The limit: %(mebibytes)s MB.",
    ),
    "template_active": Wording(
        "Шаблонда макрос, енгізілген файл, сыртқы сілтеме немесе орындалатын өріс бар: "
        "«%(name)s». Оны алып тастаңыз.",
        "В шаблоне есть макрос, вложенный файл, внешняя ссылка или исполняемое поле: "
        "«%(name)s». Уберите его.",
        "The template has a macro, an embedded file, an outside link or an active field: "
        "“%(name)s”. Take it out.",
    ),
    "template_field": Wording(
        "Шаблонда белгісіз өріс бар: %(name)s. Орны: %(place)s",
        "В шаблоне неизвестное поле: %(name)s. Место: %(place)s",
        "The template has an unknown field: %(name)s. Place: %(place)s",
    ),
    "template_list": Wording(
        "Бұл жерде тізім мен жалғыз мәнді шатастырып алған: %(name)s. Тізім «for» арқылы "
        "шығады. Орны: %(place)s",
        "Здесь перепутаны список и одно значение: %(name)s. Список выводится через «for». "
        "Место: %(place)s",
        "A list and a single value are mixed up: %(name)s. A list is shown by “for”. "
        "Place: %(place)s",
    ),
    "template_tag": Wording(
        "Шаблонда тек өріс, «for» және «if» болады. Мына жазу жарамайды: %(name)s. Орны: %(place)s",
        "В шаблоне допускаются только поля, «for» и «if». Такая запись не подходит: %(name)s. "
        "Место: %(place)s",
        "A template holds fields, “for” and “if” only. This will not do: %(name)s. "
        "Place: %(place)s",
    ),
    "template_nesting": Wording(
        "«for» немесе «if» бір жерде басталып, басқа жерде бітеді: кестенің жолы не абзац "
        "бөлініп қалған. Орны: %(place)s",
        "«for» или «if» начинается в одном месте, а кончается в другом: разорвана строка "
        "таблицы или абзац. Место: %(place)s",
        "A “for” or “if” begins in one place and ends in another: it tears a table's row or a "
        "paragraph. Place: %(place)s",
    ),
    "template_slow": Wording(
        "Шаблонды толтыру тым ұзаққа созылды немесе құжат тым үлкен болды.",
        "Шаблон заполняется слишком долго, или документ получается слишком большим.",
        "Filling the template took too long, or the document became too large.",
    ),
}
PARTS: Final = {
    "body": Wording("мәтін", "текст", "text"),
    "header": Wording("жоғарғы колонтитул", "верхний колонтитул", "header"),
    "footer": Wording("төменгі колонтитул", "нижний колонтитул", "footer"),
    "footnotes": Wording("сілтемелер", "сноски", "footnotes"),
}
_TABLE: Final = Wording(
    "%(part)s, %(table)s-кесте, %(row)s-жол, %(column)s-баған: «%(text)s»",
    "%(part)s, таблица %(table)s, строка %(row)s, столбец %(column)s: «%(text)s»",
    "%(part)s, table %(table)s, row %(row)s, column %(column)s: “%(text)s”",
)
_PARAGRAPH: Final = Wording(
    "%(part)s, %(paragraph)s-абзац: «%(text)s»",
    "%(part)s, абзац %(paragraph)s: «%(text)s»",
    "%(part)s, paragraph %(paragraph)s: “%(text)s”",
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a template: all counted from 1; `table` 0 outside of tables."""

    part: str = "body"
    paragraph: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    text: str = ""

    def spelled(self, language: Language) -> str:
        """The place in words."""
        part = PARTS[self.part].in_language(language)
        if not self.paragraph:
            return part
        form = _TABLE if self.table else _PARAGRAPH
        return form.in_language(language) % {**asdict(self), "part": part}


class AccountError(DomainError):
    """The account or its template is refused; `code` is one of MESSAGES."""

    def __init__(self, code: str, place: Place | None = None, **params: str | int) -> None:
        super().__init__(MESSAGES[code].en, code=code, params=params)
        self.place = place

    @property
    def message(self) -> str:
        """The sentence in the language of whoever reads now."""
        return self.sentence(reader.language())

    def sentence(self, language: Language) -> str:
        """Say in one language why it is refused."""
        place = {"place": self.place.spelled(language)} if self.place else {}
        return MESSAGES[self.code].in_language(language) % {**self.params, **place}
