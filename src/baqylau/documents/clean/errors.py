"""Why there is no clean copy: a closed set, each said in one sentence."""

from baqylau.kernel.errors import DomainError
from baqylau.kernel.words import Language, Wording, reader

MESSAGES: dict[str, Wording] = {
    "clean_kind": Wording(
        "Мұндай файлдың таза көшірмесі жасалмайды. JPEG, PNG, WebP және PDF қана жарайды.",
        "Чистые копии таких файлов не делаются, только файлов JPEG, PNG, WebP и PDF.",
        "No clean copies are made of such files, only of JPEG, PNG, WebP and PDF.",
    ),
    "clean_large": Wording(
        "Файл тым үлкен, таза көшірмесі жасалмайды. Шегі: %(mebibytes)s МБ.",
        "Файл слишком большой для чистой копии. Предел: %(mebibytes)s МБ.",
        "The file is too large for a clean copy. The limit: %(mebibytes)s MB.",
    ),
    "clean_pages": Wording(
        "Беттері тым көп, таза көшірмесі жасалмайды. Шегі: %(pages)s бет.",
        "Слишком много страниц для чистой копии. Предел страниц: %(pages)s.",
        "There are too many pages for a clean copy. The limit of pages: %(pages)s.",
    ),
    "clean_pixels": Wording(
        "Суреттің өлшемі тым үлкен, таза көшірмесі жасалмайды. Шегі: %(megapixels)s мегапиксель.",
        "Изображение слишком большое для чистой копии. Предел в мегапикселях: %(megapixels)s.",
        "The picture is too large for a clean copy. The limit in megapixels: %(megapixels)s.",
    ),
    "clean_copy_large": Wording(
        "Таза көшірме тым үлкен болып шықты. Шегі: %(mebibytes)s МБ.",
        "Чистая копия получилась слишком большой. Предел: %(mebibytes)s МБ.",
        "The clean copy became too large. The limit: %(mebibytes)s MB.",
    ),
    "clean_unreadable": Wording(
        "Файл оқылмады: бүлінген немесе ішіндегісі түріне сай емес.",
        "Файл не читается: он повреждён, или его содержимое не того вида.",
        "The file cannot be read: it is damaged, or its content is of another kind.",
    ),
    "clean_locked": Wording(
        "PDF құпиясөзбен жабылған, таза көшірмесі жасалмайды.",
        "PDF закрыт паролем, чистую копию сделать нельзя.",
        "The PDF is locked by a password: no clean copy can be made.",
    ),
    "clean_slow": Wording(
        "Файлды өңдеу тым ұзаққа созылды, сондықтан тоқтатылды.",
        "Обработка файла заняла слишком много времени и остановлена.",
        "The file took too long, so the work was stopped.",
    ),
    "clean_busy": Wording(
        "Қазір басқа таза көшірмелер жасалып жатыр. Бір минуттан кейін қайталап көріңіз.",
        "Сейчас делаются другие чистые копии. Повторите через минуту.",
        "Other clean copies are being made just now. Try again in a minute.",
    ),
}


class CleanError(DomainError):
    """No clean copy; `code` is one of MESSAGES. No sentence holds anything from the file."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(MESSAGES[code].en, code=code, params=params)
        self.status = 503 if code == "clean_busy" else 400

    @property
    def message(self) -> str:
        """The sentence in the language of whoever reads now."""
        return self.sentence(reader.language())

    def sentence(self, language: Language) -> str:
        """Say in one language why there is no copy."""
        return MESSAGES[self.code].in_language(language) % self.params
