"""What waits because of the sample's promises."""

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse

from baqylau.kernel.permissions import may_somewhere
from baqylau.kernel.work import Asked, Only, Task
from tests.sample.models import Promise


def due(asked: Asked) -> Sequence[Task]:
    """The next promises, which are everybody's: no more of them than were asked for."""
    span = asked.span()
    is_meant = asked.only in {Only.ALL, Only.OVERDUE, Only.WEEK}
    if span is None or not is_meant or not may_somewhere(asked.actor, "sample.see"):
        return ()
    first, until = span
    after = asked.after_number if first == asked.after_on else 0
    rows = Promise.objects.filter(due_on__gte=first, due_on__lt=until)
    rows = rows.filter(Q(due_on__gt=first) | Q(pk__gt=after)).order_by("due_on", "pk")
    return [
        Task("Keep a promise", reverse("sample_desk"), row.due_on, "promise", row.pk, row.reference)
        for row in rows[: asked.limit]
    ]
