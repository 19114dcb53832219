"""Give officers of a running site a report to read: `python -m tests.browser.officiate`.

Prints {"sessions": {who: session key}, "report": id, "locators": [of it, of another], "district"}.
"""

import io
import json
import sys

import django

# Django must stand before its models can be imported.
django.setup()

from baqylau.institutions.models import Institution  # noqa: E402 - after Django is set up
from baqylau.kernel import clock  # noqa: E402 - after Django is set up
from baqylau.reports.queries.holders import readiness  # noqa: E402 - after Django is set up
from baqylau.reports.rules.answers import Answers  # noqa: E402 - after Django is set up
from baqylau.reports.rules.contents import FileHead, Kind  # noqa: E402 - after Django is set up
from baqylau.reports.services.drafts import (  # noqa: E402 - after Django is set up
    add_to_draft,
    begin_draft,
)
from tests.cast import make_person  # noqa: E402 - after Django is set up
from tests.reports.making import (  # noqa: E402 - after Django is set up
    STORY,
    file,
    make_holder,
    make_recovery,
)
from tests.reports.officers import reporter_says  # noqa: E402 - after Django is set up
from tests.reports.test_desk_pages import PNG  # noqa: E402 - after Django is set up


def main() -> None:
    """Two officers and a custodian with keys, two reports, the first with a picture and a reply."""
    people = [make_person(role) for role in ("intake_officer", "intake_officer", "custodian")]
    offices = ("officer", "officer", "custodian")
    held = [make_holder(one.actor, office) for one, office in zip(people, offices, strict=True)]
    if readiness(clock.today()).recovery is None:
        make_recovery()
    body = Institution.objects.open_on(clock.today()).select_related("district").earliest("pk")
    draft = begin_draft()
    head = FileHead("жазба.png", "image/png", len(PNG))
    add_to_draft(draft=draft, head=head, file=io.BytesIO(PNG))
    answers = Answers(
        stage="asked",
        conduct="bribe_asked",
        bribe="money",
        amount="to_50",
        district=body.district_id,
        institution=body.code,
        service="операция",
        month="2026-05",
        story=f"{STORY}\nКабинетте екеуіміз ғана болдық.",
    )
    _filed, report = file(answers=answers.dumped(), draft=draft, is_urgent=True)
    _other_filed, other = file()
    reporter_says(report, held[0], Kind.REPORTER, text="Ертең тағы баруым керек, не істейін?")
    reporter_says(report, held[0], Kind.AGREED)
    names = ("officer", "second", "custodian")
    sessions = {
        name: one.client.cookies["desk"].value for name, one in zip(names, people, strict=True)
    }
    found = {
        "sessions": sessions,
        "report": report.pk,
        "locators": [report.locator, other.locator],
        "district": body.district_id,
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
