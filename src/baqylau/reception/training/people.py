"""Invented people who agreed to be known: names that say so, phones that no exchange gives out."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime

from baqylau.contacts.models import ANSWERS, ConsentText, Purpose
from baqylau.contacts.services import count_answers, open_contact, prolong
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.reception.training.world import rows

TELLING = 0.5
"""Share of the people who tell something about themselves."""


def _first_text() -> date:
    texts = ConsentText.objects.filter(purpose=Purpose.CONTACT).order_by("valid_from")
    return texts.values_list("valid_from", flat=True).first() or date.max


@dataclass(slots=True)
class Identities:
    """Everybody is opened through the room of identities, at the moment of the visit."""

    chance: random.Random
    actors: dict[str, Actor]
    names: list[dict[str, str]] = field(default_factory=lambda: rows("names.tsv"))
    asked_from: date = field(default_factory=_first_text)

    def new(self, actor: Actor, moment: datetime, language: str) -> str:
        """Somebody agrees for the first time; before there was a text nobody was asked."""
        if moment.date() < self.asked_from:
            return ""
        name = (
            self.chance.choice(self.names)["given"] + " " + self.chance.choice(self.names)["family"]
        )
        phone = f"+7 7262 00 {self.chance.randrange(100):02} {self.chance.randrange(100):02}"
        by = self.actors.get(actor.key, actor)
        with clock.frozen(moment):
            row = open_contact(actor=by, name=name, phone=phone, language=language)
            if self.chance.random() < TELLING:
                told = {
                    str(asked): str(self.chance.choice(known)) for asked, known in ANSWERS.items()
                }
                count_answers(actor=by, key=row.key, answers=told)
        return row.key

    def again(self, actor: Actor, moment: datetime, key: str) -> None:
        """The time of keeping begins anew."""
        with clock.frozen(moment):
            prolong(actor=self.actors.get(actor.key, actor), key=key)


@dataclass(slots=True)
class Keys:
    """Keys that lead to nobody, as those of people whose time is over: for measuring."""

    chance: random.Random

    def new(self, _actor: Actor, _moment: datetime, _language: str) -> str:
        """Another key."""
        return f"{self.chance.getrandbits(64):016x}"

    def again(self, _actor: Actor, _moment: datetime, _key: str) -> None:
        """Nothing is kept, so nothing is prolonged."""
