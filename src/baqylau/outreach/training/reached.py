"""Invented goals of the year, a test of five questions, and what people filled in."""

import random
from datetime import date, timedelta

from baqylau.institutions.models import Institution
from baqylau.kernel.access import Actor
from baqylau.outreach.models import Counted, Event, Moment, Quiz
from baqylau.outreach.services.goals import set_goals
from baqylau.outreach.services.quizzes import Asked, give, tally, write_quiz
from baqylau.outreach.training.people import morning_of
from baqylau.territories.queries import districts

TITLES = {
    "kk": "Пара және менің құқығым",
    "ru": "Взятка и мои права",
    "en": "Bribes and my rights",
}
QUESTIONS = (
    (
        "Мемлекеттік көрсетілетін қызмет үшін бекітілген төлемнен артық ақша сұраса, бұл дұрыс па?",
        "Законно ли просить за государственную услугу больше установленной платы?",
        "May anybody ask more for a public service than the set fee?",
        (("Жоқ", "Нет", "No"), ("Иә, асықсаңыз", "Да, если спешите", "Yes, if you are in a hurry")),
        0,
    ),
    (
        "«Рақмет» ретінде берілген сыйлық та пара бола ала ма?",
        "Может ли подарок «в благодарность» тоже быть взяткой?",
        "Can a gift given “as thanks” be a bribe as well?",
        (("Иә", "Да", "Yes"), ("Жоқ, ешқашан", "Нет, никогда", "No, never")),
        0,
    ),
    (
        "Жолдауыңызға жауап келмесе, не істейсіз?",
        "Что делать, если на обращение не ответили?",
        "What do you do when no answer comes?",
        (
            ("Ақша беремін", "Заплачу", "Pay somebody"),
            ("Шағым жазамын", "Подам жалобу", "Write a complaint"),
            ("Ештеңе", "Ничего", "Nothing"),
        ),
        1,
    ),
    (
        "Емтихан үшін ақша жинап жатса, қайда хабарлауға болады?",
        "Куда сообщить, если за экзамен собирают деньги?",
        "Where can you report it when money is collected for an exam?",
        (
            ("Ешқайда", "Никуда", "Nowhere"),
            (
                "Осы бағдарламаның сайтына, аты-жөнсіз де болады",
                "На сайт программы, можно и без имени",
                "On the programme's site, without a name too",
            ),
        ),
        1,
    ),
    (
        "Қоғамдық қабылдаудағы кеңес қанша тұрады?",
        "Сколько стоит консультация в общественной приёмной?",
        "What does advice at the public reception cost?",
        (("Тегін", "Бесплатно", "Nothing"), ("1 АЕК", "1 МРП", "1 monthly index")),
        0,
    ),
)
LANGUAGES = ("kk", "ru", "en")
GOAL_SHARE = 0.8
"""Of each district's institutions the year's plan wants so many."""
CHANCE_BEFORE, CHANCE_AFTER = (0.3, 0.55), (0.6, 0.9)
"""How likely an answer is right, from event to event: invented."""
TESTED = 0.6
"""Of the events so many have the test."""


def bring(chance: random.Random, actor: Actor, _lecturer: Actor | None, today: date) -> int:
    """Goals, one test, and tallies of events that were held; returns the rows."""
    goals = _goals(actor, today)
    with morning_of(today.replace(month=1, day=12)):
        quiz = write_quiz(actor=actor, titles=TITLES, questions=_questions())
    return goals + 1 + _tallies(chance, actor, quiz)


def _goals(actor: Actor, today: date) -> int:
    rows = list(Institution.objects.order_by().values_list("district_id", "kind"))
    written = 0
    for kind in ("", "school", "polyclinic"):
        numbers: dict[str, int | None] = {}
        for unit in districts(today):
            there = sum(
                1 for district, what in rows if district == unit.kato and kind in ("", what)
            )
            numbers[unit.kato] = round(there * GOAL_SHARE) or None
        with morning_of(today.replace(month=1, day=10)):
            written += set_goals(
                actor=actor, year=today.year, kind=kind, campaign=None, numbers=numbers
            )
    return written


def _questions() -> list[Asked]:
    return [
        Asked(
            texts=dict(zip(LANGUAGES, texts, strict=True)),
            choices={
                code: [choice[place] for choice in choices] for place, code in enumerate(LANGUAGES)
            },
            right=right,
        )
        for *texts, choices, right in QUESTIONS
    ]


def _tallies(chance: random.Random, actor: Actor, quiz: Quiz) -> int:
    held = Event.objects.filter(pk__in=Counted.objects.values("event"), people__gt=0)
    written = 0
    for event in list(held.order_by("on", "code")):
        if chance.random() > TESTED:
            continue
        with morning_of(event.on + timedelta(days=1)):
            give(actor=actor, event=event, quiz=quiz)
            for moment, span in ((Moment.BEFORE, CHANCE_BEFORE), (Moment.AFTER, CHANCE_AFTER)):
                counts = _sheets(chance, event.people or 0, chance.uniform(*span))
                tally(actor=actor, event=event, moment=moment, counts=counts)
                written += 1
    return written


def _sheets(chance: random.Random, people: int, likely: float) -> list[int]:
    """Some of those who came fill a sheet in."""
    counts = [0] * (len(QUESTIONS) + 1)
    for _sheet in range(round(people * chance.uniform(0.4, 0.9))):
        counts[sum(chance.random() < likely for _question in QUESTIONS)] += 1
    return counts
