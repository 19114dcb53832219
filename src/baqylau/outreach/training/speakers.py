"""Invented speakers: volunteers of the districts, most of them trained."""

import random
from datetime import date, timedelta

from baqylau.kernel.access import Actor
from baqylau.outreach.models import Speaker, SpeakerNoteKind
from baqylau.outreach.services.speakers import note_speaker, write_speaker
from baqylau.outreach.training.people import account_of, morning_of
from baqylau.territories.queries import districts

NAMES = (
    "Айдана Сейітова",
    "Нұржан Әбенов",
    "Меруерт Қалиева",
    "Ерасыл Төлеген",
    "Гүлнәр Оспанова",
    "Бауыржан Ілиясов",
    "Салтанат Жүнісова",
    "Данияр Рахимов",
    "Аружан Мәлікова",
    "Тимур Ковальчук",
)
"""Made up; no one of the programme is called so on purpose."""


def bring(chance: random.Random, coordinator: Actor, lecturer: Actor | None, today: date) -> int:
    """Bring the speakers with their notes; the first one is the lecturer of the site, if any."""
    first_on = today - timedelta(days=420)
    units = districts()
    for place, name in enumerate(NAMES):
        own = lecturer if place == 0 and lecturer else None
        with morning_of(first_on + timedelta(days=place)):
            speaker = write_speaker(
                actor=coordinator,
                fields={
                    "name": account_of(own).name if own else name,
                    "person": own.key if own else "",
                    "district_id": chance.choice(units).kato if units else None,
                    "is_volunteer": own is None,
                    "first_on": first_on,
                    "until_on": None,
                },
            )
        _noted(chance, coordinator, speaker, place, first_on, today)
    return len(NAMES)


def _noted(
    chance: random.Random,
    coordinator: Actor,
    speaker: Speaker,
    place: int,
    first_on: date,
    today: date,
) -> None:
    """Training and the rules of conduct for all but the newest; one of them pauses."""
    day = first_on + timedelta(days=7 + chance.randrange(20))
    kinds = [SpeakerNoteKind.PLEDGED]
    if place < len(NAMES) - 1:
        kinds.insert(0, SpeakerNoteKind.TRAINED)
    if place % 3 == 1:
        kinds.append(SpeakerNoteKind.OBSERVED)
    for step, kind in enumerate(kinds):
        on = day + timedelta(days=step)
        with morning_of(on):
            note_speaker(actor=coordinator, speaker=speaker, kind=kind, on=on)
    if place == len(NAMES) - 2:
        with morning_of(today):
            note_speaker(
                actor=coordinator,
                speaker=speaker,
                kind=SpeakerNoteKind.PAUSED,
                on=today,
                until_on=today + timedelta(days=30),
                note="Оқу демалысында.",
            )
