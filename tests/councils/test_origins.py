"""Where a recommendation came from leads there, and from there back."""

import pytest
from django.test import Client
from django.urls import reverse

from baqylau.casework.models import Case
from baqylau.councils.models import Council, Recommendation
from baqylau.councils.queries.origins import source_of
from baqylau.councils.services import deliveries, documents
from baqylau.councils.services.planning import save_item
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from tests.cast import Cast
from tests.councils.discussing import discussed, on
from tests.councils.discussing import written as unpublished
from tests.councils.making import (
    AKIMAT,
    COORDINATOR,
    MEETS,
    SECRETARY,
    first_item,
    invited,
    make_item,
    make_meeting,
    published,
)
from tests.councils.promising import ask, draft

pytestmark = pytest.mark.django_db


def out(origin: str, source: str) -> Recommendation:
    """A recommendation with this source that was sent today."""
    row = draft()
    ask(row, origin=origin, source=source)
    today = clock.today()
    documents.sign(actor=COORDINATOR, code=row.code, revision=row.revision)
    deliveries.send(actor=COORDINATOR, document=row.code, body=AKIMAT, on=today)
    return Recommendation.objects.get(document=row)


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_meeting_and_its_recommendations_lead_to_each_other(
    council: Council, client: Client
) -> None:
    with clock.frozen(MEETS):
        made = published(council)
        row = out("meeting", made.code)
    meeting, promise = f"/councils/meetings/{made.code}/", f"/promises/{row.number}/"
    page = read(client, promise)
    assert f'href="{meeting}"' in page
    assert "Аулаларды абаттандыру" in page
    assert f'href="{promise}"' in read(client, meeting)
    assert 'lang="kk"' in read(client, f"/en{promise}")


def test_a_draft_its_recommendations_and_its_meetings_lead_to_each_other(
    council: Council, client: Client, cast: Cast
) -> None:
    text = discussed()
    meeting = invited(council)
    item = first_item(meeting)
    desk = cast.secretary.client
    form = {"title_kk": item.title_kk, "draft": text.code, "is_voted": "on"}
    address = reverse("item_edit", args=[meeting.code, 1])
    assert text.title_kk in desk.get(address).content.decode()
    assert desk.post(address, form).status_code == 302
    with on(text.opens_on):
        row = out("comments", text.code)
        page = read(client, f"/drafts/{text.code}/")
    assert f'href="/promises/{row.number}/"' in page
    assert f'href="/councils/meetings/{meeting.code}/"' in page
    assert f'href="/drafts/{text.code}/"' in read(client, f"/promises/{row.number}/")
    assert f'href="/drafts/{text.code}/"' in read(client, f"/councils/meetings/{meeting.code}/")
    assert (
        f'href="/drafts/{text.code}/"'
        in desk.get(f"/desk/meetings/{meeting.code}/").content.decode()
    )


def test_a_draft_that_is_not_public_yet_is_offered_nowhere(
    council: Council, client: Client
) -> None:
    hidden = unpublished()
    meeting = invited(council)
    save_item(
        actor=SECRETARY,
        meeting=meeting,
        item=first_item(meeting),
        fields={"title_kk": "Мәселе", "draft": hidden},
    )
    assert hidden.code not in read(client, f"/councils/meetings/{meeting.code}/")
    with pytest.raises(DomainError) as error:
        ask(draft(), origin="comments", source=hidden.code)
    assert error.value.field == "source"


def test_the_plan_keeps_an_agenda_to_itself(council: Council, client: Client) -> None:
    text = discussed()
    planned = make_meeting(council)
    make_item(planned, draft=text)
    with on(text.opens_on):
        assert planned.code not in read(client, f"/drafts/{text.code}/")


def test_a_case_leads_to_its_page_at_the_desk_alone(house: None) -> None:
    assert not Case.objects.exists()
    row = Recommendation(origin="case", source="Ж-2026-000012")
    assert source_of(row).url == ""
    assert source_of(row, at_desk=True).url == "/desk/cases/2026-000012/"


def test_a_figure_is_named_in_words_and_leads_to_its_numbers(house: None) -> None:
    found = source_of(Recommendation(origin="figure", source="casework.in_time 2026-Q1"))
    assert found.words.text.endswith(", 2026-Q1")
    assert "casework" not in found.words.text
    assert found.url.endswith("/numbers/casework.in_time/")
    unknown = source_of(Recommendation(origin="figure", source="gone.away 2020"))
    assert (unknown.words.text, unknown.url) == ("gone.away 2020", "")


def test_what_is_gone_is_still_said(house: None) -> None:
    for origin in ("meeting", "comments"):
        found = source_of(Recommendation(origin=origin, source="0a1b2c3d"))
        assert (found.words.text, found.url) == ("0a1b2c3d", "")
