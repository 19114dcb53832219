"""An account of a quarter to write, small and whole; and how its files are read back."""

import dataclasses
import io
import re
from datetime import date
from decimal import Decimal
from typing import Any

import docx
import openpyxl
import pypdf
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

WORDS = Words(
    **{word.name: word.name.replace("_", " ").capitalize() for word in dataclasses.fields(Words)}
)


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40)) -> bytes:
    """A small picture that is one."""
    target = io.BytesIO()
    Image.new("RGB", size, (0, 89, 92)).save(target, kind)
    return target.getvalue()


def share(part: str) -> Number:
    return Number(Decimal(part), Kind.SHARE)


def money(amount: str) -> Number:
    return Number(Decimal(amount), Kind.MONEY)


INDICATORS = (
    Indicator(
        "1.1",
        "Берілген кеңестер",
        "кеңес",
        Number(4500),
        Number(5012),
        sentence="Кезең ішінде берілген кеңестер.",
        population="келгендер",
    ),
    Indicator(
        "1.2",
        "Шешілген мәселелер",
        "үлес",
        share("0.6"),
        share("0.62345"),
        method="Уилсон аралығы.",
        estimate=Estimate(Number(1480), share("0.598"), share("0.648")),
    ),
    Indicator("2.1", "Жарияланымдар", "дана", Number(12), Number(17), document="Шолу, № 17"),
    Indicator("2.2", "Жоспарсыз", "дана", Number(0), Number(3)),
    Indicator("2.3", "Көрсетуге болмайды", "дана", Number(41), None, note="Тым аз."),
    Indicator("2.4", "Күту", "күн", Number(Decimal("10.5"), Kind.MEASURE), Number(9, Kind.MEASURE)),
)
LINES = (
    Line("1", "Еңбекақы", money("8234500"), money("7120333.50")),
    Line("2", "Іссапар", money("640000"), money("655200"), note="Жанармай қымбаттады."),
)
ANNEX = Annex(
    "Кездесулер",
    ("Күні", "Орны", "Қатысқандар"),
    ((date(2026, 7, 14), "Аса ауылы", 87), (date(2026, 8, 2), "Төле би ауылы", Number(133))),
)


def account(**changed: Any) -> Account:  # noqa: ANN401 - any of the fields
    """An account with something of everything."""
    whole = Account(
        language="kk",
        title="Әлеуметтік тапсырыс бойынша есеп",
        organisation="«Азаматтық бақылау»",
        commissioner="Жамбыл облысының басқармасы",
        contract="№ 27",
        contract_day=date(2026, 1, 15),
        period=Period.quarter(2026, 3),
        period_label="2026 жылдың үшінші тоқсаны",
        day=date(2026, 10, 12),
        words=WORDS,
        headlines=(Headline(Number(5012), "кеңес берілді", "жоспар: 4 500"),),
        indicators=INDICATORS,
        lines=LINES,
        sections=(Section("Не істелді", "Бірінші абзац.\nЕкінші абзац."),),
        annexes=(ANNEX,),
        pictures=(Picture(picture(), "Аса ауылындағы семинар", "Залда отырған адамдар"),),
        corrections=(
            Correction(
                "1.1, екінші тоқсан",
                Number(4390),
                Number(4387),
                "үйлестіруші",
                "Қайталанған",
                date(2026, 7, 21),
            ),
        ),
        verified=Verified(
            share("0.914"),
            Estimate(Number(256), share("0.874"), share("0.943")),
            "Басқа қызметкер телефонмен растады.",
        ),
        notes=(Section("Кеңестер", "Келген адам емес, кеңес саналады."),),
        approvals=(Approval("Төрайым", "Г. Әбдіраман", date(2026, 10, 12)),),
        seal=Seal("9f2c" * 16, 48_211, "0a1b" * 16, date(2026, 10, 12), ("Пакетті жүктеңіз.",)),
    )
    return dataclasses.replace(whole, **changed)


def bare(account: Account) -> Account:
    """An account that holds nothing but its head."""
    empty: dict[str, Any] = dict.fromkeys(
        (
            *("headlines", "indicators", "lines", "sections", "annexes", "pictures"),
            *("corrections", "notes", "approvals"),
        ),
        (),
    )
    return dataclasses.replace(account, **empty, verified=None, seal=None)


def said(text: str) -> str:
    """A text without spaces of any kind, and without the places where a word may break."""
    return re.sub(r"[\s\u200b]", "", text)


def in_pdf(made: bytes) -> str:
    """What a PDF says, page by page."""
    pages = pypdf.PdfReader(io.BytesIO(made)).pages
    return "\n".join(page.extract_text() for page in pages)


def in_docx(made: bytes) -> list[str]:
    """What a DOCX says: paragraphs of the text and of its tables, in their order."""
    body = docx.Document(io.BytesIO(made)).element.body
    paragraphs = body.xpath(".//w:p")
    return ["".join(node.text or "" for node in each.xpath(".//w:t")) for each in paragraphs]


def in_xlsx(made: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of each sheet without its headings."""
    book = openpyxl.load_workbook(io.BytesIO(made))
    return {page.title: list(page.iter_rows(min_row=2, values_only=True)) for page in book}
