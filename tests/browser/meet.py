"""Bring a coordinator and a lecturer who speaks: `python -m tests.browser.meet`.

Prints their sessions, and the codes of a speaker and of an event of the coordinator's that was held
at three in the afternoon by that speaker.
"""

import json
import sys
from datetime import time

import django

# Django must stand before its models can be imported.
django.setup()

from baqylau.institutions.models import Institution  # noqa: E402 - after Django is set up
from baqylau.kernel import clock  # noqa: E402 - after Django is set up
from baqylau.outreach.rules.heads import Heads  # noqa: E402 - after Django is set up
from baqylau.outreach.services.events import Planned, plan_event  # noqa: E402 - after Django is set up
from baqylau.outreach.services.reporting import Told, report_event  # noqa: E402 - after Django is set up
from baqylau.outreach.services.speakers import write_speaker  # noqa: E402 - after Django is set up
from tests.cast import make_person  # noqa: E402 - after Django is set up


def main() -> None:
    """The event is today, at a school; nobody doubts it yet."""
    boss, other, lecturer = (
        make_person(role) for role in ("coordinator", "coordinator", "lecturer")
    )
    speaker = write_speaker(
        actor=boss.actor,
        fields={"name": "Үлгі Дәріскер", "person": lecturer.actor.key, "first_on": clock.today()},
    )
    school = Institution.objects.filter(kind="school", until_on=None).order_by("pk").first()
    if school is None:
        raise SystemExit("no school in the register")
    row = plan_event(
        actor=other.actor,
        said=Planned(
            kind="lecture",
            topic_kk="Сынақ дәрісі",
            on=clock.today(),
            district=school.district_id,
            institutions=[school],
            speakers=[speaker],
            starts_at=time(15),
            ends_at=time(16),
        ),
    )
    report_event(actor=other.actor, event=row, told=Told(Heads(23)))
    json.dump(
        {
            "coordinator": boss.client.cookies["desk"].value,
            "lecturer": lecturer.client.cookies["desk"].value,
            "speaker": speaker.code,
            "event": row.code,
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
