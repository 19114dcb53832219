"""What drafts and their comments want of whom."""

from collections.abc import Sequence

from django.urls import reverse

from baqylau.councils.access import MODERATE
from baqylau.councils.queries import comments
from baqylau.kernel.permissions import may
from baqylau.kernel.work import Asked, Task, Tasks


def _address() -> str:
    return reverse("draft_comments_desk", args=["00000000"]).replace("00000000", "%s")


def to_read(asked: Asked) -> Sequence[Task]:
    """Comments that wait to be read, a task a draft."""
    if not may(asked.actor, MODERATE):
        return ()
    return asked.take(comments.reading_tasks(comments.work(), _address()))


def to_answer(asked: Asked) -> Sequence[Task]:
    """Comments of closed drafts without an answer, a task a draft."""
    if not may(asked.actor, MODERATE):
        return ()
    return asked.take(comments.answering_tasks(comments.work(), _address(), asked.today))


TASKS = (
    Tasks("councils.comments_to_read", to_read),
    Tasks("councils.comments_to_answer", to_answer),
)
