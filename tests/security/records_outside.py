"""Real records of councils and of outreach, for the places of their addresses at the desk."""

from collections.abc import Mapping
from datetime import timedelta

from baqylau.contacts import keyring
from baqylau.councils import seeds
from baqylau.councils.models import Recommendation
from baqylau.councils.services import drafting
from baqylau.councils.services.holding import note_attendance
from baqylau.councils.services.materials import Paper, add_material
from baqylau.councils.services.members import declare_interest
from baqylau.councils.services.papers import Uploaded
from baqylau.files import services as files
from baqylau.kernel import clock
from baqylau.outreach.models import Doubt, Stage
from baqylau.outreach.rules.heads import Heads
from baqylau.outreach.services import campaigns, codes, feeds, pictures, quizzes, sheets
from baqylau.outreach.services.reporting import Told, report_event
from tests.accountability import reporting
from tests.casework.papers import PDF
from tests.cast import Cast
from tests.councils import discussing, making, promising
from tests.outreach import making as reaching
from tests.outreach.test_codes import questions

Places = Mapping[str, Mapping[str, str]]


def councils(cast: Cast) -> Places:
    """A council that has met, a draft with a comment, a document with an answered promise."""
    seeds.load()
    council = making.make_council()
    making.make_member(council, "Нұрлан Үлгібаев", is_chair=True)
    member = making.make_member(council, person=cast.member.actor.key)
    tie = declare_interest(
        actor=making.SECRETARY,
        member=member,
        institution=making.body(making.SCHOOL),
        tie="relative",
        first_on=making.SINCE,
    )
    meeting = making.invited_earlier(council, "Жоба туралы")
    note_attendance(actor=making.SECRETARY, meeting=meeting, presence=making.present(meeting))
    paper = add_material(
        actor=making.SECRETARY,
        item=making.first_item(meeting),
        paper=Paper(PDF, "application/pdf", "Жоба"),
    )
    row = discussing.discussed()
    row.file = files.keep(pieces=[b"PK"], media_type=drafting.DOCX)
    row.save(update_fields=["file"])
    comment = discussing.published(row)
    document = promising.signed()
    asked = promising.accepted(scan=Uploaded(PDF, "application/pdf"))
    return {
        "desk/councils/": {"code": council.code, "pk": str(tie.pk)},
        "desk/councils/categories/": {"code": "ngo"},
        "desk/councils/members/": {"code": member.code},
        "desk/meetings/": {
            "code": meeting.code,
            "number": "1",
            "pk": str(paper.pk),
            "language": "kk",
            "form": "pdf",
        },
        "desk/drafts/": {"code": row.code},
        "desk/drafts/comments/": {"code": comment.code},
        "desk/documents/": {
            "code": document.code,
            "body": making.AKIMAT,
            "what": "send",
            "language": "kk",
            "form": "pdf",
            "each": Recommendation.objects.filter(document=document)[0].code,
        },
        "desk/promises/": {"number": asked.number or "", "kind": "executed", "step": "3"},
    }


def outreach(cast: Cast) -> Places:
    """An event of the lecturer, with a sheet, a picture, a link, a test and its codes.

    A shopper and a surveyor are named for it: it is theirs to report.
    """
    keyring.make()
    campaigns.seed()
    lecturer, boss = cast.lecturer.actor, cast.coordinator.actor
    speaker = reaching.make_speaker(lecturer)
    named = [reaching.make_speaker(each.actor) for each in (cast.shopper, cast.surveyor)]
    event = reaching.make_event(
        speaker, *named, on=clock.today(), author=lecturer.key, stage=Stage.HELD
    )
    sheets.add_sheet(actor=lecturer, event=event, scan=sheets.Scan(PDF, "application/pdf"))
    seen = pictures.Pictured(reporting.picture(), "image/jpeg", "Зал", has_consent=True)
    picture = pictures.add_picture(actor=lecturer, event=event, said=seen)
    address = "https://example.org/habar"
    link = pictures.add_link(actor=lecturer, event=event, url=address, title="Хабар")
    campaign = reaching.campaign()
    leaflet = campaigns.Leaflet(PDF, "application/pdf", "Кітапша")
    material = campaigns.add_material(actor=boss, campaign=campaign, leaflet=leaflet)
    quiz = quizzes.write_quiz(actor=boss, titles={"kk": "Пара туралы"}, questions=questions())
    quizzes.give(actor=lecturer, event=event, quiz=quiz)
    codes.print_codes(actor=lecturer, event=event, moment="before", number=2)
    return {
        "desk/events/": {
            "code": event.code,
            "number": "1",
            "moment": "before",
            "token": feeds.make_feed(actor=lecturer, language="kk"),
        },
        "desk/events/<slug:code>/pictures/": {"pk": str(picture.pk)},
        "desk/events/<slug:code>/links/": {"pk": str(link.pk)},
        "desk/campaigns/": {"code": campaign.code, "pk": str(material.pk)},
        "desk/speakers/": {"code": speaker.code},
        "desk/doubts/": {"pk": str(_doubt(cast).pk)},
        "desk/coverage/tests/": {"code": quiz.code},
    }


def _doubt(cast: Cast) -> Doubt:
    """An event of a month ago that was written down today: somebody should look."""
    lecturer = cast.lecturer.actor
    late = clock.today() - timedelta(days=40)
    row = reaching.make_event(on=late, author=lecturer.key, stage=Stage.HELD)
    report_event(actor=lecturer, event=row, told=Told(Heads(23)))
    return Doubt.objects.get(event=row, kind="late")
