"""A quarter's account of a usual size to be written: 30 indicators, 12 lines, 40 events."""

import dataclasses
import io
import random
from datetime import date, timedelta
from decimal import Decimal

from PIL import Image

from baqylau.documents.accounts.shapes import (
    Account,
    Annex,
    Approval,
    Correction,
    Estimate,
    Headline,
    Indicator,
    Kind,
    Line,
    Number,
    Picture,
    Seal,
    Section,
    Verified,
)
from baqylau.documents.accounts.words import Words
from baqylau.kernel.period import Period

INDICATORS, LINES, EVENTS, PICTURES = 30, 12, 40, 2
TEXT = (
    "Тоқсан бойы тұрғындар көбіне жер учаскесін рәсімдеу, балабақша кезегі мен жеңілдіктер "
    "туралы сұрады. Ең ұзақ күткендер Мойынқұм мен Сарысу аудандарының тұрғындары болды: жауап "
    "орта есеппен он екі жұмыс күнінде келді."
)
PLACES = "Тараз қаласы", "Шу ауданы, Төле би ауылы", "Жамбыл ауданы, Аса ауылы"


def _share(part: str) -> Number:
    return Number(Decimal(part), Kind.SHARE)


def _picture(seed: int) -> Picture:
    """A photograph's size in pixels and about its size in bytes."""
    grain = Image.frombytes("RGB", (150, 100), random.Random(seed).randbytes(45_000))
    target = io.BytesIO()
    grain.resize((1_200, 800), Image.Resampling.BICUBIC).save(target, "JPEG", quality=85)
    return Picture(target.getvalue(), "Аса ауылындағы семинар", "Залда отырған адамдар, лектор")


def _indicator(number: int, draw: random.Random) -> Indicator:
    head = f"{number // 6 + 1}.{number % 6 + 1}", "Қоғамдық қабылдауларда берілген кеңестер"
    sentence = "Кезең ішінде жабылған істер. Өз бетімен келгендер де кіреді."
    if number % 6 == 5:
        return Indicator(
            *head, "дана", Number(12), Number(draw.randrange(30)), document="Баспасөз шолуы, № 17"
        )
    if number % 3 == 1:
        part = draw.randrange(300, 700)
        ends = Estimate(Number(1_480), _share(f"0.{part - 25}"), _share(f"0.{part + 25}"))
        plan, fact = _share("0.6"), _share(f"0.{part}")
        return Indicator(*head, "үлес", plan, fact, sentence, method="Уилсон.", estimate=ends)
    return Indicator(*head, "кеңес", Number(4_500), Number(draw.randrange(9_000)), sentence)


def _line(number: int, draw: random.Random) -> Line:
    plan, spent = (Number(draw.randrange(100_000, 9_000_000), Kind.MONEY) for _ in range(2))
    return Line(str(number), "Қызметкерлердің аудандарға іссапары", plan, spent)


def quarter(seed: int = 0) -> Account:
    """The account of a quarter with 5,000 consultations; another one for each seed.

    Typst remembers what it has set before, so the same account again would flatter it.
    """
    draw = random.Random(seed)
    text = f"{TEXT} {seed}."
    first = date(2026, 7, 1)
    events = tuple(
        (
            first + timedelta(days=2 * number),
            PLACES[number % 3],
            "Мектептегі семинар",
            draw.randrange(12, 160),
        )
        for number in range(EVENTS)
    )
    return Account(
        language="kk",
        title="Әлеуметтік тапсырыс бойынша есеп",
        organisation="«Азаматтық бақылау» жастар қоғамдық бірлестігі",
        commissioner="Жамбыл облысының қоғамдық даму басқармасы",
        contract="№ 27",
        contract_day=date(2026, 1, 15),
        period=Period.quarter(2026, 3),
        period_label="2026 жылдың үшінші тоқсаны",
        day=date(2026, 10, 12),
        words=Words(**{word.name: word.name for word in dataclasses.fields(Words)}),
        headlines=(Headline(Number(5_012), "кеңес берілді"), Headline(_share("0.623"), "шешілді")),
        indicators=tuple(_indicator(number, draw) for number in range(INDICATORS)),
        lines=tuple(_line(number, draw) for number in range(LINES)),
        sections=tuple(
            Section(each, "\n".join([text] * 3)) for each in ("Іс", "Қиындық", "Жоспар")
        ),
        annexes=(Annex("Кездесулер", ("Күні", "Орны", "Тақырыбы", "Қатысқандар"), events),),
        pictures=tuple(_picture(seed * PICTURES + number) for number in range(PICTURES)),
        corrections=(
            Correction("2.1", Number(4_390), Number(4_387), "үйлестіруші", "Қайталанған", first),
        ),
        verified=Verified(
            _share("0.914"), Estimate(Number(256), _share("0.874"), _share("0.943")), text
        ),
        notes=(Section("Кеңестер", text),),
        approvals=(Approval("Төрайым", "Г. Әбдіраман", date(2026, 10, 12)),),
        seal=Seal("9f2c" * 16, 48_211, "0a1b" * 16, date(2026, 10, 12), (text,)),
    )
