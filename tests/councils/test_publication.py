"""A signed document before everybody: a decision of its own, without the name under it."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from baqylau.councils.models import FinalDocument
from baqylau.councils.queries.publication import leaf
from baqylau.councils.services import deliveries
from baqylau.councils.services.publishing import hide_document, publish_document
from baqylau.journal.models import Entry
from baqylau.kernel.errors import ConflictError, DomainError, NotAllowedError
from tests.cast import Cast
from tests.councils.making import AKIMAT, COORDINATOR, POLICE, SECRETARY
from tests.councils.promising import DONE, TEXTS, draft, received, sent, signed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


def published(**changes: object) -> FinalDocument:
    """A document that went to one body and is public."""
    row = sent(**changes).document  # type: ignore[arg-type]  # a day, a body or a document's own fields
    assert row is not None
    row.refresh_from_db()
    return publish_document(actor=COORDINATOR, code=row.code, revision=row.revision)


def page(client: Client, number: str, prefix: str = "", **query: str) -> str:
    answer = client.get(f"{prefix}/promises/documents/{number}/", query)
    assert answer.status_code == 200
    assert not answer.cookies
    return answer.content.decode()


def test_everybody_reads_what_the_law_asks_for_and_not_who_signed(client: Client) -> None:
    row = published()
    found = page(client, row.number)
    for text in (*(TEXTS[f"{part}_kk"] for part in ("title", "place", "tasks", "facts")), AKIMAT):
        assert text in found
    assert "Қоғамдық мониторинг" in found
    assert "04.05.2026" in found, "when it was sent"
    assert f'href="/promises/{row.number}.1/"' in found
    assert "заңгер тексермеген" in found
    assert "<svg" in found
    assert "<script" not in found
    assert row.signer not in found
    assert row.author not in found
    assert TEXTS["facts_ru"] in page(client, row.number, "/ru")


def test_a_draft_and_a_document_that_nobody_published_have_no_page(client: Client) -> None:
    row = received().document
    assert row is not None
    assert client.get(f"/promises/documents/{row.number}/").status_code == 404
    assert client.get("/promises/documents/2026-99/").status_code == 404
    assert "promises/documents" not in client.get(f"/promises/{row.number}.1/").content.decode()
    published()
    assert "promises/documents/2026-2/" in client.get("/promises/2026-2.1/").content.decode()


def test_it_is_published_after_every_body_was_sent_its_own() -> None:
    for row in (draft(), signed(AKIMAT, POLICE)):
        with pytest.raises(DomainError) as error:
            publish_document(actor=COORDINATOR, code=row.code, revision=row.revision)
        assert error.value.code == "unsent"
    deliveries.send(actor=COORDINATOR, document=row.code, body=AKIMAT, on=DONE)
    with pytest.raises(DomainError):
        publish_document(actor=COORDINATOR, code=row.code, revision=row.revision)
    deliveries.send(actor=COORDINATOR, document=row.code, body=POLICE, on=DONE)
    assert publish_document(
        actor=COORDINATOR, code=row.code, revision=row.revision
    ).published_on == date(2026, 7, 1)


def test_only_who_signs_publishes_and_twice_is_once() -> None:
    row = published()
    again = publish_document(actor=COORDINATOR, code=row.code, revision=1)
    assert again.published_on == row.published_on
    assert Entry.objects.filter(action="councils.document_published").count() == 1
    with pytest.raises(NotAllowedError):
        publish_document(actor=SECRETARY, code=row.code, revision=1)
    with pytest.raises(NotAllowedError):
        hide_document(actor=SECRETARY, code=row.code)


def test_who_read_another_version_does_not_publish_this_one() -> None:
    row = sent().document
    assert row is not None
    with pytest.raises(ConflictError):
        publish_document(actor=COORDINATOR, code=row.code, revision=row.revision + 1)


def test_what_was_published_by_mistake_is_taken_away_and_the_recommendations_stay(
    client: Client,
) -> None:
    row = published()
    for _twice in range(2):
        hide_document(actor=COORDINATOR, code=row.code)
    assert client.get(f"/promises/documents/{row.number}/").status_code == 404
    assert client.get(f"/promises/{row.number}.1/").status_code == 200
    assert Entry.objects.filter(action="councils.document_hidden").count() == 1


def test_a_long_document_stands_on_light_pages_and_loses_nothing(client: Client) -> None:
    lines = [f"{place}-факт: " + "кезек қағазға жазылады, " * 20 for place in range(20)]
    row = published(texts={**TEXTS, "facts_kk": "\n\n".join(lines)})
    first = leaf(row, "1")
    assert first.count > 2
    told = [
        each.text
        for number in range(1, first.count + 1)
        for each in leaf(row, str(number)).paragraphs
    ]
    assert told == [TEXTS["tasks_kk"], TEXTS["subjects_kk"], *(line.strip() for line in lines)]
    assert "0-факт" in page(client, row.number)
    assert f"{19}-факт" in page(client, row.number, page="99")


def test_markup_in_a_document_is_text(client: Client) -> None:
    row = published(texts={**TEXTS, "title_kk": "<b>қалың</b>", "facts_kk": "<i>көлбеу</i>"})
    found = page(client, row.number)
    assert "<b>қалың" not in found
    assert "&lt;i&gt;көлбеу" in found


def test_a_coordinator_reads_it_once_more_at_the_desk_and_decides(
    cast: Cast, client: Client
) -> None:
    row = sent().document
    assert row is not None
    desk = cast.coordinator.client
    address = reverse("final_document_publish", args=[row.code])
    assert address in desk.get(reverse("final_document", args=[row.code])).content.decode()
    refused = desk.post(address, {"revision": row.revision})
    assert refused.status_code == 400, "nobody said that it was read"
    assert desk.post(address, {"revision": row.revision, "is_read": "on"}).status_code == 302
    shown = desk.get(reverse("final_document", args=[row.code])).content.decode()
    assert f"/promises/documents/{row.number}/" in shown
    assert desk.post(reverse("final_document_hide", args=[row.code])).status_code == 302
    row.refresh_from_db()
    assert row.published_on is None
    assert cast.secretary.client.get(address).status_code == 403
