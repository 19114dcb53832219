"""Counting what people tell about themselves, without keeping who told it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from baqylau.contacts import queries
from baqylau.contacts.access import CHANGE
from baqylau.contacts.models import ANSWERS, Demographics, Question
from baqylau.contacts.services.noting import locked, note
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import require


def count_answers(*, actor: Actor, key: str, answers: Mapping[str, str]) -> bool:
    """Add a person's answers to this month's counts, once; returns whether they were added.

    The journal learns that it happened, never what was said. Raises: NotAllowedError;
    UnknownContactError; DomainError for an answer that does not belong to its question.
    """
    require(actor, CHANGE)
    for question, answer in answers.items():
        if question not in Question.values or answer not in ANSWERS[Question(question)]:
            raise DomainError(_("Choose one of the answers."), field=question)
    month = clock.today().replace(day=1)
    with transaction.atomic():
        row = locked(key) or queries.contact(key)
        if row.is_counted or not answers:
            return False
        for question, answer in sorted(answers.items()):
            place: dict[str, Any] = {"month_on": month, "question": question, "answer": answer}
            Demographics.objects.get_or_create(**place)
            Demographics.objects.filter(**place).update(number=F("number") + 1)
        row.is_counted = True
        row.save(update_fields=["is_counted"])
        note("counted", actor, key)
    return True
