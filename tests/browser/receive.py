"""Receive visitors in the database of a running site: `python -m tests.browser.receive`.

Prints what the browser tests need: numbers, codes, the key of a batch of slips.
"""

import json
import sys

import django

# Django must stand before its models can be imported.
django.setup()

from django.db import transaction  # noqa: E402 - after Django is set up

from baqylau.casework.services import open_case, record_step  # noqa: E402 - after Django is set up
from baqylau.catalogue.models import CardText, CardVersion  # noqa: E402 - after Django is set up
from baqylau.institutions.models import Institution  # noqa: E402 - after Django is set up
from baqylau.institutions.queries import receptions  # noqa: E402 - after Django is set up
from baqylau.kernel import clock  # noqa: E402 - after Django is set up
from baqylau.kernel.access import Actor  # noqa: E402 - after Django is set up
from baqylau.reception import keyring  # noqa: E402 - after Django is set up
from baqylau.reception.models import Consultation  # noqa: E402 - after Django is set up
from baqylau.reception.rules.numbers import reference  # noqa: E402 - after Django is set up
from baqylau.reception.rules.visit import Visit  # noqa: E402 - after Django is set up
from baqylau.reception.services import record_consultation  # noqa: E402 - after Django is set up
from baqylau.reception.services.printing import print_batch  # noqa: E402 - after Django is set up

ADVISER = Actor("browser-adviser", frozenset({"adviser"}))


def longest() -> str:
    """The service whose card says most: the hardest to fit on paper."""
    texts = CardText.objects.filter(version__in=CardVersion.objects.filter(state="published"))
    rows = texts.filter(version__card__kind="service", language="kk")
    most = max(rows, key=lambda row: len(str(row.answer) + str(row.documents) + row.refused))
    return str(CardVersion.objects.get(pk=most.version_id).card.code)


def main() -> None:
    """One visit with a running case, two with neither case nor card, and six slips in advance."""
    room = receptions(clock.today())[0]
    body = Institution.objects.open_on(clock.today()).filter(kind="akimat").first()
    visit = Visit("kk", "walk_in", room.code, "service_failure", result="case", service=longest())
    helped = record_consultation(actor=ADVISER, idempotency_key="browser:helped", visit=visit)
    case = open_case(
        idempotency_key="browser:case",
        actor=ADVISER,
        source="test",
        kind="service_failure",
        territory=room.district_id,
        body=body.code if body else "",
        opened_on=clock.today(),
    )
    record_step(
        actor=ADVISER, number=case.number, kind="filed", on=clock.today(), procedure="appeal"
    )
    Consultation.objects.filter(pk=helped.pk).update(case=case)
    plain = Visit("ru", "phone", room.code, "information")
    advised = record_consultation(actor=ADVISER, idempotency_key="browser:plain", visit=plain)
    lost = record_consultation(actor=ADVISER, idempotency_key="browser:lost", visit=plain)
    slips = print_batch(actor=ADVISER, batch="browser-batch", room=room.code, count=6)
    found = {
        "helped": _said(helped),
        "advised": _said(advised),
        "lost": _said(lost),
        "blank": {"number": str(slips[0]), "code": keyring.code_of(str(slips[0]), 1)},
    }
    sys.stdout.write(json.dumps(found))


def _said(row: Consultation) -> dict[str, str]:
    return {
        "number": row.number,
        "code": keyring.code_of(row.number, row.issue),
        "reference": reference(row.number),
    }


if __name__ == "__main__":
    with transaction.atomic():
        main()
