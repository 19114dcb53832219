"""What can be wrong with a receipt, a key, an item, a share or a slip, said in one sentence."""

from baqylau.kernel.errors import DomainError
from baqylau.kernel.words import Language, Wording, reader

MESSAGES: dict[str, Wording] = {
    "digits_letter": Wording(
        "Мұнда әріп болмайды, тек цифр: «%(letter)s». О әрпінің орнына нөл жазыңыз.",
        "Здесь нет букв, только цифры: «%(letter)s». Вместо буквы О введите ноль.",
        "There are no letters here, only digits: “%(letter)s”. For the letter O type a zero.",
    ),
    "digits_strange": Wording(
        "Мұнда тек цифр жазылады, мына таңба артық: «%(sign)s».",
        "Здесь только цифры, лишний знак: «%(sign)s».",
        "Only digits belong here, not this sign: “%(sign)s”.",
    ),
    "digits_count": Wording(
        "Цифр саны дұрыс емес: керегі %(expected)s, жазылғаны %(found)s.",
        "Неверное число цифр: нужно %(expected)s, введено %(found)s.",
        "The number of digits is not right: %(expected)s needed, %(found)s typed.",
    ),
    "digits_check": Wording(
        "Бір жерде қате кеткен: цифрларды қағаздағымен тағы салыстырып шығыңыз.",
        "Где-то опечатка: сверьте цифры с бумагой ещё раз.",
        "There is a typing mistake somewhere: compare the digits with your paper again.",
    ),
    "receipt_unknown": Wording(
        "Мұндай түбіртек жоқ. Цифрларды тексеріп, қайта жазып көріңіз.",
        "Такой квитанции нет. Проверьте цифры и введите ещё раз.",
        "There is no such receipt. Check the digits and type them again.",
    ),
    "busy": Wording(
        "Қазір сұраныс көп. Бір минуттан кейін қайталап көріңіз: ештеңе жоғалған жоқ.",
        "Сейчас много обращений. Повторите через минуту: ничего не потеряно.",
        "There is much to do just now. Try again in a minute: nothing is lost.",
    ),
    "bad_id": Wording(
        "Ішкі белгі дұрыс емес.",
        "Неверное внутреннее обозначение.",
        "An internal name is not in its form.",
    ),
    "key_unreadable": Wording(
        "Кілт оқылмады: бүлінген немесе мүлде кілт емес.",
        "Ключ не читается: он повреждён или это не ключ.",
        "The key cannot be read: it is damaged, or it is no key.",
    ),
    "key_not_this": Wording(
        "Бұл кілт мұны ашпайды.",
        "Этот ключ сюда не подходит.",
        "This key does not open it.",
    ),
    "role_not_for_key": Wording(
        "Бұл рөлге мұндай кілт берілмейді.",
        "Этой роли такой ключ не выдаётся.",
        "This role is never given such a key.",
    ),
    "wrap_closed": Wording(
        "Ашылмады: кілт басқа адамға немесе басқа хабарға арналған, не болмаса өзгертілген.",
        "Не открывается: ключ предназначен другому человеку или сообщению либо изменён.",
        "It does not open: the key is for another person or report, or it was changed.",
    ),
    "passphrase_wrong": Wording(
        "Құпия сөйлем сәйкес келмейді.",
        "Парольная фраза не подходит.",
        "The passphrase does not fit.",
    ),
    "code_wrong": Wording(
        "Қалпына келтіру коды сәйкес келмейді.",
        "Код восстановления не подходит.",
        "The recovery code does not fit.",
    ),
    "ticket_wrong": Wording(
        "Қайтадан ашу керек: бұл бет басқа сеанстан қалған.",
        "Нужно открыть заново: эта страница осталась от другого сеанса.",
        "It has to be opened again: this page is left from another session.",
    ),
    "ticket_over": Wording(
        "Уақыт өтіп кетті, қайтадан ашыңыз: ештеңе жоғалған жоқ.",
        "Время вышло, откройте заново: ничего не потеряно.",
        "The time is over, open it again: nothing is lost.",
    ),
    "item_changed": Wording(
        "Жазба бүлінген немесе өзгертілген: № %(number)s.",
        "Запись повреждена или изменена: № %(number)s.",
        "An item is damaged or was changed: No. %(number)s.",
    ),
    "item_elsewhere": Wording(
        "Жазба өз орнында емес немесе бөтен қолдан шыққан: № %(number)s.",
        "Запись не на своём месте или сделана чужой рукой: № %(number)s.",
        "An item is not in its place, or made by a stranger: No. %(number)s.",
    ),
    "items_missing": Wording(
        "Жазбалар саны сәйкес емес: болуға тиісі %(expected)s, бары %(found)s.",
        "Число записей не сходится: должно быть %(expected)s, есть %(found)s.",
        "The number of items is not right: %(expected)s expected, %(found)s found.",
    ),
    "share_word": Wording(
        "Тізімде мұндай сөз жоқ: %(place)s-сөз, «%(word)s».",
        "Такого слова нет в списке: слово № %(place)s, «%(word)s».",
        "This word is not on the list: word %(place)s, “%(word)s”.",
    ),
    "share_words": Wording(
        "Бір бөлікте дәл осынша сөз болады: %(expected)s.",
        "В одной части ровно столько слов: %(expected)s.",
        "A share has exactly this many words: %(expected)s.",
    ),
    "share_mistyped": Wording(
        "Бөлікте қате сөз бар: қағазбен тағы салыстырып шығыңыз.",
        "В части есть неверное слово: сверьте её с бумагой ещё раз.",
        "There is a wrong word in the share: compare it with the paper again.",
    ),
    "share_foreign": Wording(
        "Бұл бөлік біздің кілттікі емес.",
        "Эта часть не от нашего ключа.",
        "This share is not of a key of ours.",
    ),
    "shares_few": Wording(
        "Әртүрлі бөліктер керек, саны: %(needed)s.",
        "Нужны разные части, количество: %(needed)s.",
        "Different shares are needed, as many as: %(needed)s.",
    ),
    "shares_apart": Wording(
        "Бұл бөліктер бір кілттікі емес немесе бұл басқа кілт.",
        "Эти части не от одного ключа, либо это другой ключ.",
        "These shares are not of one key, or it is another key.",
    ),
    "slip_unreadable": Wording(
        "Бұл хабар түскенін растайтын парақ та, тізім де емес, не болмаса мәтіні бүлінген.",
        "Это не листок о подаче и не список, либо текст повреждён.",
        "This is no filing slip and no list, or its text is damaged.",
    ),
    "slip_unsigned": Wording(
        "Қолтаңба сәйкес келмейді: бұл сайт мұны бермеген немесе мәтін өзгертілген.",
        "Подпись не сходится: этот сайт такого не выдавал, либо текст изменён.",
        "The signature does not fit: this site did not issue it, or the text was changed.",
    ),
}


class SealError(DomainError):
    """Something sealed that does not open or fit; `code` is stable, `params` fill the sentence.

    No sentence and no parameter holds a secret, but for the one sign or word that was mistyped.
    """

    def __init__(self, code: str, *, status: int = 400, **params: str | int) -> None:
        super().__init__(MESSAGES[code].en, code=code, params=params)
        self.status = status

    @property
    def message(self) -> str:
        """The sentence in the language of whoever reads now."""
        return self.sentence(reader.language())

    def sentence(self, language: Language) -> str:
        """Say in one language what is wrong."""
        return MESSAGES[self.code].in_language(language) % self.params
