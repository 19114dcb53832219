"""What is said in the training year: news in three languages, replies and complaints in two."""

from collections.abc import Mapping

from baqylau.accountability.models.voices import About, Result

Both = tuple[str, str]
"""In Kazakh and in Russian."""

NEWS: tuple[tuple[tuple[int, int], Mapping[str, str]], ...] = (
    (
        (4, 20),
        {
            "title_kk": "Көшпелі қабылдау жолға шықты",
            "text_kk": "Енді ай сайын сәрсенбіде көшпелі қабылдау төрт ауданға барады.\n\n"
            "Кесте мекемелер бетінде. Құжаттың көшірмесі жеткілікті, алдын ала жазылу керек емес.",
            "title_ru": "Выездная приёмная отправилась в путь",
            "text_ru": "Теперь каждый месяц по средам выездная приёмная бывает в четырёх районах."
            "\n\nРасписание – на странице учреждений. Достаточно копии документа, запись не нужна.",
            "title_en": "The travelling reception is on its way",
            "text_en": "Every month, on Wednesdays, the travelling reception now visits four "
            "districts.\n\nThe timetable is on the page of institutions. A copy of your papers is "
            "enough, and no appointment is needed.",
        },
    ),
    (
        (8, 17),
        {
            "title_kk": "Мектепке қабылдау: тамыз бен қыркүйекте көбірек сұрақ",
            "text_kk": "Тамызда кеңесшілер саны көбейді. Балабақша кезегі мен мектепке құжат "
            "тапсыру туралы карточкалар жаңартылды.",
            "title_ru": "Приём в школу: в августе и сентябре вопросов больше",
            "text_ru": "В августе консультантов стало больше. Карточки об очереди в детский сад и "
            "о приёме документов в школу обновлены.",
            "title_en": "Enrolment: more questions in August and September",
            "text_en": "There are more advisers in August. The cards about the queue for "
            "kindergartens and about enrolling at school have been renewed.",
        },
    ),
)
"""Month and day, and the texts."""

CORRECTED: Mapping[str, str] = {
    "title_kk": "Тоқсан сандарындағы бір түзету",
    "text_kk": "Көшпелі қабылдаудың бір парағы кеш табылды. Ескі сан да, жаңа сан да, "
    "түзетудің себебі де сандар бетінде тұр.",
    "title_ru": "Одна поправка в числах квартала",
    "text_ru": "Один лист выездной приёмной нашёлся поздно. И прежнее число, и новое, и "
    "причина поправки видны на странице чисел.",
    "title_en": "One correction in the numbers of the quarter",
    "text_en": "A sheet of the travelling reception was found late. The old number, the "
    "new one and the reason stand on the page of the numbers.",
}
"""After the correction."""

REPLIES: tuple[tuple[int, str, str], ...] = (
    (
        9,
        (
            "Түске дейінгі кезекті қысқарту үшін екі терезе қостық. Құжат қабылдау тәртібі есік "
            "алдындағы тақтаға ілінді."
        ),
        (
            "Чтобы сократить утреннюю очередь, мы открыли ещё два окна. Порядок приёма документов "
            "вывешен на доске у входа."
        ),
    ),
    (
        15,
        "Мерзімі өткен жауаптардың себебі – бір маманның ауысуы. Қазір бәріне жауап берілді.",
        "Причина просроченных ответов – смена одного специалиста. Сейчас ответы даны на все.",
    ),
)
"""Days after the closing, and what a body says of its numbers."""

COMPLAINTS: tuple[tuple[int, About, Both, int, Result, Both], ...] = (
    (
        160,
        About.DELAY,
        (
            "Уәде етілген күні ешкім қоңырау шалмады.",
            "В обещанный день никто не позвонил.",
        ),
        9,
        Result.UPHELD,
        (
            (
                "Дұрыс: қоңырау төрт күн кешікті. Кешірім сұрадық; енді мерзімі өткен қоңыраулар "
                "үйлестірушіге күн сайын көрінеді."
            ),
            (
                "Верно: позвонили на четыре дня позже. Мы извинились; теперь просроченные звонки "
                "каждый день видит координатор."
            ),
        ),
    ),
    (
        75,
        About.ADVICE,
        (
            "Кеңесші жетпейтін құжатты айтпай, адам мекемеге екі рет барды.",
            "Консультант не назвал недостающий документ, и человеку пришлось идти дважды.",
        ),
        12,
        Result.PARTLY,
        (
            "Карточкада құжат жазылған, бірақ баспа парағында жоқ еді. Парақ түзетілді.",
            "В карточке документ указан, но на печатном листе его не было. Лист исправлен.",
        ),
    ),
    (
        8,
        About.NUMBER,
        (
            "Мекеме өз бетіндегі санмен келіспейді.",
            "Учреждение не согласно с числом на своей странице.",
        ),
        0,
        Result.UNFOUNDED,
        ("", ""),
    ),
)
"""Days before today, what about, in our words; days until the answer (0: none yet), and it."""
