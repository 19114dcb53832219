"""File a report and answer it in the database of a running site: `python -m tests.browser.tell`.

Prints the receipt and the answer. The holders of keys are there for that moment alone, so that
other tests meet the keys that they know.
"""

import io
import json

import django

# Django must stand before its models can be imported.
django.setup()

from baqylau.kernel.access import Actor  # noqa: E402 - after Django is set up
from baqylau.reports.models import Keyholder, RecoveryKey, new_id  # noqa: E402 - after Django is set up
from baqylau.reports.rules.contents import FileHead  # noqa: E402 - after Django is set up
from baqylau.reports.services.sealing import add_file  # noqa: E402 - after Django is set up
from tests.reports.making import (  # noqa: E402 - after Django is set up
    file,
    make_holder,
    make_recovery,
)
from tests.reports.talking import officer_opens, officer_says  # noqa: E402 - after Django is set up

ANSWER = (
    "Сәлеметсіз бе! Хабарыңызды оқып шықтық, айтқаныңызға рақмет. "
    "Сол күні кабинетте тағы кім болғанын есіңізге түсіре аласыз ба?"
)
ASKED = "Облыстық денсаулық сақтау басқармасына өз атымыздан хат жазсақ, келісесіз бе?"
PAPER = b"%PDF-1.7 " + b"x" * 20_000


def main() -> None:
    """One report with two letters and a file of an officer."""
    office, known = Keyholder.Office, list(Keyholder.objects.values_list("pk", flat=True))
    is_ready = RecoveryKey.objects.filter(is_living=True).exists()
    officer = make_holder(Actor(f"officer-{new_id()[:8]}"), office.OFFICER)
    make_holder(Actor(f"officer-{new_id()[:8]}"), office.OFFICER)
    make_holder(Actor(f"custodian-{new_id()[:8]}"), office.CUSTODIAN)
    if not is_ready:
        make_recovery()
    filed, report = file()
    officer_says(officer, report, ANSWER)
    opened = officer_opens(officer, report)
    add_file(
        report=report,
        part=opened.part,
        key=opened.key,
        head=FileHead("үлгі.pdf", "application/pdf", len(PAPER)),
        file=io.BytesIO(PAPER),
        actor=officer.actor,
    )
    officer_says(officer, report, ASKED, asks="case")
    Keyholder.objects.exclude(pk__in=known).delete()
    if not is_ready:
        RecoveryKey.objects.all().delete()
    print(json.dumps({"receipt": filed.receipt.printed(), "answer": ANSWER}))  # noqa: T201 - the answer to who asked


if __name__ == "__main__":
    main()
