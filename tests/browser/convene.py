"""Seat a member and call a meeting for this hour: `python -m tests.browser.convene`.

Prints the meeting's code and the sessions of a secretary and of the member.
"""

import json
import sys
from datetime import timedelta

import django

# Django must stand before its models can be imported.
django.setup()

from baqylau.councils.models import Category, CouncilKind  # noqa: E402 - after Django is set up
from baqylau.councils.services.councils import save_council  # noqa: E402 - after Django is set up
from baqylau.councils.services.inviting import Call, invite  # noqa: E402 - after Django is set up
from baqylau.councils.services.members import save_member  # noqa: E402 - after Django is set up
from baqylau.councils.services.planning import plan_meeting, save_item  # noqa: E402 - after Django is set up
from baqylau.kernel import clock  # noqa: E402 - after Django is set up
from tests.cast import make_person  # noqa: E402 - after Django is set up


def main() -> None:
    """A group of three; the meeting is today, two items are on its agenda."""
    secretary, member = make_person("secretary"), make_person("member")
    today = clock.today()
    group = {
        "kind": CouncilKind.CONTROL,
        "name_kk": "Сынақ тобы",
        "institution": None,
        "first_on": today - timedelta(days=30),
        "until_on": None,
    }
    council = save_council(actor=secretary.actor, fields=group)
    for name, person in (
        ("Үлгі Бірінші", member.actor.key),
        ("Үлгі Екінші", ""),
        ("Үлгі Үшінші", ""),
    ):
        term = {
            "name": name,
            "person": person,
            "category": Category.objects.get(code="ngo"),
            "organisation_kk": "",
            "organisation_ru": "",
            "is_chair": not person and name.endswith("Екінші"),
            "is_civil_servant": False,
            "first_on": today - timedelta(days=30),
            "until_on": None,
        }
        save_member(actor=secretary.actor, council=council, fields=term)
    plan = {"kind": "meeting", "topic_kk": "Сынақ отырысы", "topic_ru": "", "planned_on": today}
    meeting = plan_meeting(actor=secretary.actor, council=council, fields=plan)
    for title in ("Бірінші мәселе", "Екінші мәселе"):
        fields = {"title_kk": title, "title_ru": "", "institution": None, "is_voted": True}
        save_item(actor=secretary.actor, meeting=meeting, fields=fields)
    # A second ahead, so that the call is for a moment to come and the day is today's.
    call = Call(clock.now() + timedelta(seconds=1), 60, "Сынақ залы")
    invite(actor=secretary.actor, meeting=meeting, call=call, seen=0)
    keys = {
        "meeting": meeting.code,
        "secretary": secretary.client.cookies["desk"].value,
        "member": member.client.cookies["desk"].value,
    }
    sys.stdout.write(json.dumps(keys))


if __name__ == "__main__":
    main()
