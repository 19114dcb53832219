"""Inside an installation that is measured: many recommendations, each with its steps.

Run as `python -m benchmarks._promising COUNT` with the installation's environment; answers in JSON
where the pages are. Rows are written in bulk, without entries in the journal: pages do not read it.
"""

import json
import random
import sys
from datetime import timedelta
from time import perf_counter
from typing import Any

import django

SEED = 2017
CHUNK = 5_000
YEARS = 6
"""Over which they are spread."""
CHOSEN, DISPUTED = 3, 200
"""Places of the bodies whose lists are asked for: of one body, and of one state in a district."""
FULL = 60
"""Rows at least of each narrowed list, so that its first page is as full on a small site as on a
large one: what is compared is the search, and not how many rows are drawn."""


def load(count: int) -> dict[str, Any]:
    """Bring the bodies, then `count` recommendations; the addresses to look at."""
    from baqylau.kernel.modules import registry  # noqa: PLC0415 - rooms load after Django is set up

    for part in registry.gather("training"):
        if part.code in {"staff", "institutions"}:
            part.load(SEED, 1, lambda _done, _total: None)
    start = perf_counter()
    number = _write(count)
    _analyse()
    return {
        "seconds": perf_counter() - start,
        "pages": {
            "the register": "/promises/",
            "the register, overdue": "/promises/?overdue=on",
            "the register, one body": f"/promises/?body={_body()}",
            "the register, one state in a district": _narrow(),
            "a recommendation": f"/promises/{number}/",
            "the feed": "/promises/feed.atom",
            "the home page": "/",
        },
    }


def _body() -> str:
    from baqylau.institutions.models import Institution  # noqa: PLC0415 - rooms load after Django is set up

    return Institution.objects.order_by("pk")[CHOSEN].code


def _narrow() -> str:
    from baqylau.institutions.models import Institution  # noqa: PLC0415 - rooms load after Django is set up

    place = Institution.objects.order_by("pk")[DISPUTED].district_id
    return f"/promises/?state=disputed&district={place}"


def _write(count: int) -> str:
    """The recommendations of documents of four; the number of one in the middle."""
    from django.db import transaction  # noqa: PLC0415 - rooms load after Django is set up

    from baqylau.councils.models import Recommendation  # noqa: PLC0415
    from baqylau.councils.taxonomy import PUBLIC_STATES, WAITING, State  # noqa: PLC0415
    from baqylau.institutions.models import Institution  # noqa: PLC0415
    from baqylau.kernel import clock  # noqa: PLC0415

    chance = random.Random(SEED)
    bodies = list(Institution.objects.order_by("pk")[:300])
    today = clock.today()
    rows: list[Recommendation] = []
    for place in range(count):
        day = today - timedelta(days=int((count - place) / count * 365 * YEARS))
        state, body = chance.choice(PUBLIC_STATES), chance.choice(bodies)
        if place % (count // FULL) == 0:
            body = bodies[CHOSEN]
        elif place % (count // FULL) == 1:
            state, body = State.DISPUTED, bodies[DISPUTED]
        # Most of what waits waits in time: overdue is one in twenty.
        late = timedelta(days=-9 if chance.random() < 0.05 else 9)
        rows.append(
            Recommendation(
                number=f"B-{place}",
                text_kk=f"Кезекті электронды түрде жүргізуді ұсынамыз, {place}-ұсыным.",
                institution=body,
                territory_id=body.district_id,
                origin="control",
                written_on=day,
                sent_on=day,
                received_on=day,
                steps=2,
                state=state.value,
                due_on=today + late if state in WAITING else None,
            )
        )
    for start in range(0, count, CHUNK):
        with transaction.atomic():
            made = Recommendation.objects.bulk_create(rows[start : start + CHUNK])
            _steps(made)
    return f"B-{count // 2}"


def _steps(rows: list[Any]) -> None:
    from baqylau.councils.models import Step  # noqa: PLC0415 - rooms load after Django is set up
    from baqylau.kernel import clock  # noqa: PLC0415

    now = clock.now()
    Step.objects.bulk_create(
        Step(
            recommendation=row,
            number=number,
            kind=kind,
            on=row.written_on,
            actor="system",
            written_at=now,
        )
        for row in rows
        for number, kind in enumerate(("sent", "received"), start=1)
    )


def _analyse() -> None:
    """What the clock does at night: let the engine know what is there."""
    from django.db import connection  # noqa: PLC0415 - rooms load after Django is set up

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    django.setup()
    print(json.dumps(load(int(sys.argv[1]))))
