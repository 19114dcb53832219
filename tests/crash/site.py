"""Inside a site that is killed or filled: what work there needs, and what is there at the end.

`python -m tests.crash.site begin` brings accounts, bodies, cases and a draft; `close` closes one
quarter after the other, from 2015 on, and says each once it is closed; `closed` says which are;
`places` where files and comments go; `files` and `comments` what came of them (JSON).
"""

import json
import sys
from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Any

import django

NEEDED = ("staff", "institutions")
FIRST, UNTIL = 2015, 2026
CASES, POINTS = 30, 40


def begin() -> None:
    """Bring what people need."""
    from baqylau.kernel.modules import registry  # noqa: PLC0415 - rooms load after Django is set up

    for part in registry.gather("training"):
        if part.code in NEEDED:
            part.load(2017, 1, lambda _done, _total: None)
    _cases()
    _draft()


def _cases() -> None:
    from baqylau.casework.services import open_case  # noqa: PLC0415 - as above
    from baqylau.casework.taxonomy import ContactKind  # noqa: PLC0415 - as above
    from baqylau.kernel.access import SYSTEM  # noqa: PLC0415 - as above
    from baqylau.territories.models import Territory  # noqa: PLC0415 - as above

    district = Territory.objects.order_by("pk")[1].pk
    for number in range(CASES):
        open_case(
            idempotency_key=f"crash:case:{number:04}",
            actor=SYSTEM,
            source="crash",
            kind=ContactKind.SERVICE_FAILURE,
            territory=district,
        )


def _draft() -> None:
    from baqylau.councils.models import DraftKind  # noqa: PLC0415 - as above
    from baqylau.councils.services import drafting  # noqa: PLC0415 - as above
    from baqylau.institutions.models import Institution  # noqa: PLC0415 - as above
    from baqylau.kernel import clock  # noqa: PLC0415 - as above
    from baqylau.kernel.access import Actor  # noqa: PLC0415 - as above
    from baqylau.kernel.roles import Role  # noqa: PLC0415 - as above

    actor, today = Actor("secretary", frozenset({Role.SECRETARY})), clock.today()
    body = Institution.objects.open_on(today).order_by("pk")[0]
    last = today + timedelta(days=60)
    head = drafting.Head(DraftKind.DECISION, "Жоба", "Проект", body, today, last)
    row = drafting.write_draft(actor=actor, head=head)
    text = "\n\n".join(f"{number}. Саябақ таңертең ашылады." for number in range(1, POINTS + 1))
    drafting.write_points(actor=actor, draft=row, text_kk=text, text_ru=text, revision=row.revision)
    row.refresh_from_db()
    drafting.publish_draft(actor=actor, draft=row, revision=row.revision)


def close() -> None:
    """Close quarters that are not closed yet, in their order."""
    from baqylau.figures.rules.spans import choose  # noqa: PLC0415 - as above
    from baqylau.figures.services import close as close_period  # noqa: PLC0415 - as above
    from baqylau.kernel.access import Actor  # noqa: PLC0415 - as above
    from baqylau.kernel.errors import DomainError  # noqa: PLC0415 - as above
    from baqylau.kernel.roles import Role  # noqa: PLC0415 - as above

    actor = Actor("closer", frozenset({Role.COORDINATOR}))
    for year in range(FIRST, UNTIL):
        for number in range(1, 5):
            chosen = choose(f"{year}-Q{number}")
            assert chosen is not None
            try:
                close_period(actor=actor, chosen=chosen)
            except DomainError:
                continue  # It was closed before the kill.
            say(chosen.first.isoformat())


def closed() -> None:
    """The first days of all quarters that are closed."""
    from baqylau.figures.models import Closing  # noqa: PLC0415 - as above

    for row in Closing.objects.order_by("first_on"):
        say(row.first_on.isoformat())


def places() -> None:
    """Addresses of the form for a file of each case, and of the points of the draft."""
    from django.urls import reverse  # noqa: PLC0415 - as above

    from baqylau.casework.models import Case  # noqa: PLC0415 - as above
    from baqylau.councils.models import Point  # noqa: PLC0415 - as above
    from baqylau.reception.rules.numbers import reference  # noqa: PLC0415 - as above

    numbers = Case.objects.order_by("pk").values_list("number", flat=True)
    points = Point.objects.select_related("draft").order_by("order")
    _tell(
        {
            "cases": [reverse("case_attach", args=[reference(number)]) for number in numbers],
            "points": [reverse("draft_point", args=[p.draft.code, p.order]) for p in points],
        }
    )


def files() -> None:
    """Hashes of the contents of all files of cases, as they open."""
    from baqylau.casework.models import Attachment  # noqa: PLC0415 - as above
    from baqylau.casework.queries.attachments import content_of  # noqa: PLC0415 - as above

    _tell({"files": [sha256(content_of(row)).hexdigest() for row in Attachment.objects.all()]})


def comments() -> None:
    """Codes of all comments, and how many opinions were counted."""
    from baqylau.councils.models import Comment, Tally  # noqa: PLC0415 - as above

    _tell(
        {
            "codes": list(Comment.objects.values_list("code", flat=True)),
            "stances": sum(Tally.objects.values_list("count", flat=True)),
        }
    )


def _tell(found: Mapping[str, Any]) -> None:
    say(json.dumps(found))


def say(line: str) -> None:
    """Print one line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


WORDS = {one.__name__: one for one in (begin, close, closed, places, files, comments)}

if __name__ == "__main__":
    django.setup()
    WORDS[sys.argv[1]]()
