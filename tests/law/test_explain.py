"""Explanations: everything that led to a date, in three languages."""

import re
from dataclasses import replace
from datetime import date

import pytest

from baqylau.law.deadline import Deadline, compute
from baqylau.law.explain import caveats, explain
from baqylau.law.extensions import Extension
from baqylau.law.rule_table import shipped_rules
from baqylau.law.rules import Reading, Rule
from baqylau.law.seed import seeded_calendar
from baqylau.law.words import LANGUAGES, Language
from tests.law.factories import checked, shipped, term

pytestmark = pytest.mark.once
UNVERIFIED: dict[Language, str] = {
    "kk": "Заңгер тексермеген.",
    "ru": "Не проверено юристом.",
    "en": "Not checked by a lawyer.",
}


def deadline(rule_id: str, start: date, *, after_hours: bool = False) -> Deadline:
    return compute(shipped(rule_id), start, seeded_calendar(), after_hours=after_hours)


def test_a_short_deadline_is_explained_in_kazakh() -> None:
    assert explain(deadline("pc.final_doc_send", date(2025, 2, 3)), "kk") == (
        "«Қорытынды құжатты жіберу» мерзімі: 7 жұмыс күні. "
        "Негізі: «Қоғамдық бақылау туралы» заң (№ 30-VIII), 13(2)-бап. "
        "Кім орындауға тиіс: қоғамдық бақылау жүргізген ұйым не қоғамдық кеңес. "
        "Қоғамдық бақылау аяқталған күн: 2025 жылғы 3 ақпан, дүйсенбі. "
        "Есептің бірінші күні: 2025 жылғы 4 ақпан, сейсенбі. "
        "Есепке кірмеген сенбі мен жексенбі: 2 күн. "
        "Мерзімнің соңғы күні: 2025 жылғы 12 ақпан, сәрсенбі. "
        "Осы күннен кейін жіберілсе, заңда белгіленген мерзімді бақылау жүргізгендердің өздері "
        "бұзған болады. "
        "Заңгер тексермеген."
    )


def test_a_short_deadline_is_explained_in_russian() -> None:
    assert explain(deadline("cmp.forward", date(2025, 5, 6)), "ru") == (
        "Срок «Направление жалобы с делом в вышестоящий орган»: 3 рабочих дня. "
        "Основание: Административный процедурно-процессуальный кодекс (№ 350-VI), статья 91(4). "
        "Кто обязан: орган, на который жалуются (либо он принимает благоприятный акт). "
        "День поступления жалобы: 6 мая 2025 года, вторник. "
        "Первый день отсчёта: 8 мая 2025 года, четверг. "
        "Суббот и воскресений, не вошедших в счёт: 2. "
        "Другие нерабочие дни, не вошедшие в счёт: "
        "День защитника Отечества (7 мая 2025 года, среда); "
        "День Победы (9 мая 2025 года, пятница). "
        "Последний день срока: 13 мая 2025 года, вторник. "
        "Если в этот срок ничего не сделано, бездействие можно обжаловать. "
        "Не проверено юристом."
    )


def test_a_deadline_counted_back_is_explained_in_english() -> None:
    assert explain(deadline("pc.hearing_notice", date(2025, 3, 12)), "en") == (
        "The term “Notice of a hearing”: at least 3 working days before. "
        "Basis: Law on Public Control (No 30-VIII), article 13(6). "
        "Who owes it: the state body. "
        "Day of the decision on the final document: Wednesday, 12 March 2025. "
        "The days are counted back, the first day counted: Tuesday, 11 March 2025. "
        "Saturdays and Sundays left out: 1. "
        "Other days off left out: "
        "International Women’s Day (Saturday, 8 March 2025); "
        "day off in lieu: “International Women’s Day” falls on a day off "
        "(Monday, 10 March 2025). "
        "The last day of the term: Thursday, 6 March 2025. "
        "A notice given after that day is late. "
        "Not checked by a lawyer."
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", shipped_rules(), ids=lambda rule: rule.rule_id)
def test_every_shipped_rule_is_explained_and_says_that_no_lawyer_checked_it(
    rule: Rule, language: Language
) -> None:
    said = explain(compute(rule, date(2026, 3, 20), seeded_calendar()), language)
    assert said.endswith(UNVERIFIED[language])
    assert not re.search(r"%|None|\s\s|\.\.|;\.|: \.", said)
    for part in (rule.name, rule.act, rule.trigger, rule.who, rule.passes):
        assert part.in_language(language) in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_checked_rule_no_longer_says_so(language: Language) -> None:
    rule = checked(shipped("app.answer"))
    found = compute(rule, date(2025, 2, 3), seeded_calendar())
    assert caveats(found, language) == []
    assert UNVERIFIED[language] not in explain(found, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unchecked_extension_of_a_checked_rule_says_so(language: Language) -> None:
    extension = Extension(shipped("app.extend_max"), date(2025, 2, 10))
    found = compute(
        checked(shipped("app.answer")),
        date(2025, 2, 3),
        seeded_calendar(),
        extensions=[extension],
    )
    assert caveats(found, language) == [UNVERIFIED[language]]


def test_a_rule_known_from_memory_says_so_until_a_lawyer_checks_it() -> None:
    rule = shipped("info.answer")
    said = caveats(compute(rule, date(2025, 2, 3), seeded_calendar()), "ru")
    assert said[0] == "Правило записано по памяти и не сверено с текстом закона."
    assert rule.reading is Reading.MEMORY
    assert caveats(compute(checked(rule), date(2025, 2, 3), seeded_calendar()), "ru") == []


def test_a_receipt_on_a_day_off_is_explained() -> None:
    said = explain(deadline("app.redirect", date(2025, 3, 8)), "kk")
    assert (
        "Ол күн жұмыс күні емес (Халықаралық әйелдер күні), сондықтан келесі жұмыс күні түсті деп "
        "есептеледі: 2025 жылғы 11 наурыз, сейсенбі." in said
    )


def test_a_receipt_after_hours_is_explained() -> None:
    said = explain(deadline("app.redirect", date(2025, 2, 7), after_hours=True), "en")
    assert "It came after office hours" in said
    assert "the day of receipt: Monday, 10 February 2025." in said


def test_a_month_that_was_cut_and_rolled_over_is_explained() -> None:
    said = explain(deadline("cmp.file", date(2025, 11, 30)), "kk")
    assert (
        "Соңғы айда ондай күн жоқ, сондықтан айдың соңғы күні алынады: "
        "2026 жылғы 28 ақпан, сенбі." in said
    )
    assert (
        "Мерзімнің соңы жұмыс күніне тура келмейді: демалыс күні (2026 жылғы 28 ақпан, сенбі – "
        "2026 жылғы 1 наурыз, жексенбі). Сондықтан мерзім келесі жұмыс күні аяқталады." in said
    )


def test_the_same_holiday_of_two_years_is_named_twice() -> None:
    said = explain(compute(term(260), date(2024, 3, 18), seeded_calendar()), "en")
    assert "Nauryz (Thursday, 21 March 2024 – Saturday, 23 March 2024); " in said
    assert "Nauryz (Friday, 21 March 2025 – Sunday, 23 March 2025); " in said


def test_a_day_worked_by_transfer_is_explained() -> None:
    said = explain(deadline("app.redirect", date(2024, 5, 3)), "ru")
    assert "Дни, вошедшие в счёт из-за переноса выходного: рабочий день; вместо него" in said
    assert "(4 мая 2024 года, суббота)" in said


def test_an_extension_is_explained_with_both_dates() -> None:
    extension = Extension(shipped("app.extend_max"), date(2025, 2, 10), date(2025, 3, 3))
    found = compute(
        shipped("app.answer"), date(2025, 2, 3), seeded_calendar(), extensions=[extension]
    )
    said = explain(found, "ru")
    assert "Прежний срок: 24 февраля 2025 года, понедельник." in said
    assert "Новый срок: 3 марта 2025 года, понедельник." in said
    assert "Последний день срока: 3 марта 2025 года, понедельник." in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unconfirmed_year_is_named(language: Language) -> None:
    said = explain(deadline("app.answer", date(2026, 12, 14)), language)
    assert ": 2026, 2027." in said


def test_a_count_older_than_its_act_is_called_an_example() -> None:
    said = explain(deadline("app.redirect", date(2018, 3, 2)), "kk")
    assert "Бұл есеп тек мысал" in said
    assert "2020 жылғы 29 маусым, дүйсенбі" in said


def test_a_term_of_nought_is_the_same_day() -> None:
    said = explain(deadline("app.talon", date(2025, 2, 3)), "kk")
    assert said.startswith("«Нөмірленген талон беру» мерзімі: сол күні.")


def test_a_rule_without_an_article_admits_it() -> None:
    said = explain(deadline("council.answer", date(2025, 2, 3)), "en")
    assert "the article is not established" in said


def test_calendar_days_counted_back_onto_a_day_off_are_explained() -> None:
    rule = replace(shipped("info.answer"), amount=-6)
    said = explain(compute(rule, date(2026, 3, 30), seeded_calendar()), "kk")
    assert "алдыңғы жұмыс күні алынады" in said
