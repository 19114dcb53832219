"""Inside an installation that is measured: a register of an oblast's size, and events.

Run as `python -m benchmarks._outreach EVENTS` with the installation's environment; answers in JSON.
"""

import json
import random
import sys
from datetime import timedelta
from time import perf_counter
from typing import Any

import django

SEED = 2017
REGISTER = 10
"""Units of institutions: some 3,000, as an oblast has."""
YEARS = 8
EVENT = (
    *("code", "kind", "campaign_id", "topic_kk", "topic_ru", "district_id", "place_kk"),
    *("place_ru", "on", "stage", "confirmed_by", "reason_kk", "reason_ru", "reporter"),
    *("people", "reported_at", "author", "sequence", "revision", "is_imported"),
)


def load(size: int) -> dict[str, Any]:
    """So many events over some years, each at one institution; then all is counted."""
    from django.db import transaction  # noqa: PLC0415 - rooms load after Django is set up

    from baqylau.institutions.models import Institution  # noqa: PLC0415 - rooms load after Django
    from baqylau.institutions.training.load import load as bring  # noqa: PLC0415
    from baqylau.kernel import clock  # noqa: PLC0415 - rooms load after Django is set up
    from baqylau.outreach.models import Campaign, Event, Reached, Visited  # noqa: PLC0415
    from baqylau.outreach.services.campaigns import seed  # noqa: PLC0415
    from baqylau.outreach.verification import differences, rebuild  # noqa: PLC0415
    from baqylau.staff.training import load as accounts  # noqa: PLC0415
    from baqylau.storage.bulk import insert, next_ids  # noqa: PLC0415

    accounts(SEED, 1, lambda _done, _total: None)
    bring(SEED, REGISTER, lambda _done, _total: None)
    seed()
    chance = random.Random(SEED)
    bodies = list(Institution.objects.order_by("pk").values_list("pk", "district_id"))
    campaigns = list(Campaign.objects.order_by("pk").values_list("pk", flat=True))
    today, now = clock.today(), clock.now()
    with transaction.atomic():
        ids = next_ids(Event, size)
        chosen = [chance.choice(bodies) for _each in ids]
        insert(
            Event,
            ("id", *EVENT),
            [
                (
                    *(pk, f"{pk:08x}", "lecture", chance.choice(campaigns), "Дәріс", "Лекция"),
                    *(district, "", "", today - timedelta(days=chance.randrange(YEARS * 365))),
                    *("reported", "", "", "", "bench", 30, now, "bench", 0, 1, False),
                )
                for pk, (_body, district) in zip(ids, chosen, strict=True)
            ],
        )
        pairs = ((pk, body) for pk, (body, _district) in zip(ids, chosen, strict=True))
        insert(Visited, ("event_id", "institution_id"), list(pairs))
    start = perf_counter()
    rebuild()
    spent = perf_counter() - start
    return {
        "institutions": len(bodies),
        "reached": Reached.objects.filter(scope="a", campaign=None).count(),
        "seconds": spent,
        "wrong": len(list(differences())),
        "district": bodies[0][1],
        "year": today.year,
    }


if __name__ == "__main__":
    django.setup()
    print(json.dumps(load(int(sys.argv[1]))))
