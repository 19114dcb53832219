"""Consultations taken out: what one may read, no person, no formula, and read again at once."""

import csv
import io
import json
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from baqylau.documents.tables import read_table, save_xlsx
from baqylau.imports import services as imports
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError, NotAllowedError
from baqylau.reception.importing import IMPORTER
from baqylau.reception.models import Consultation
from baqylau.reception.queries.listing import Wanted
from baqylau.reception.queries.rights import at_the_desk
from baqylau.reception.services import exporting, strike_consultation
from tests.cast import make_user
from tests.reception.making import ADVISER, COLLEAGUE, COORDINATOR, MERKE, record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
HEADINGS = (("number", "Кеңестің нөмірі"), ("answer", "Не жауап берілді"), ("room", "Бөлме"))


def taken(
    actor: Actor = ADVISER, wanted: Wanted | None = None, words: str = "", form: str = "csv"
) -> list[list[str]]:
    """The rows of the CSV."""
    file = exporting.export_consultations(
        actor=at_the_desk(actor, clock.today()),
        wanted=wanted or Wanted(),
        words=words,
        form=form,
        headings=HEADINGS,
        title="Кеңестер",
    )
    with file:
        return list(csv.reader(io.StringIO(file.read().decode("utf-8-sig"))))


def test_one_takes_out_what_one_may_read() -> None:
    mine = record(answer="Айттым")
    other = record(actor=COLLEAGUE, room=MERKE)
    assert [row[0] for row in taken()[1:]] == [mine.number]
    assert {row[0] for row in taken(COORDINATOR)[1:]} == {mine.number, other.number}


def test_the_filters_of_the_list_hold_and_what_was_struck_out_stays_away() -> None:
    kept = record(answer="нотариус керек емес", channel="phone")
    record(channel="walk_in")
    struck = record(channel="phone")
    strike_consultation(actor=ADVISER, number=struck.number, reason="twice")
    assert [row[0] for row in taken(wanted=Wanted(channel="phone"))[1:]] == [kept.number]
    assert [row[0] for row in taken(words="нотариус")[1:]] == [kept.number]
    assert taken(wanted=Wanted(until=date(2026, 6, 1)))[1:] == []


def test_the_journal_keeps_who_took_how_many_and_by_which_filter_but_no_words() -> None:
    record(answer="құпия сөз")
    taken(wanted=Wanted(channel="walk_in", first=date(2026, 6, 1)), words="құпия")
    entry = Entry.objects.get(action="reception.exported")
    assert entry.actor == ADVISER.key
    assert json.loads(entry.payload) == {
        "rows": 1,
        "format": "csv",
        "channel": "walk_in",
        "from": "2026-06-01",
        "words": True,
    }


def test_no_cell_is_taken_for_a_formula() -> None:
    record(answer="=1+1")
    assert taken()[1][1] == "'=1+1"


def test_too_many_are_refused_in_words_and_nothing_is_journalled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exporting, "MOST", 2)
    for _one in range(3):
        record()
    for form in exporting.FORMATS:
        with pytest.raises(DomainError, match="2") as refused:
            taken(form=form)
        assert refused.value.code == "too_many"
    assert not Entry.objects.filter(action="reception.exported").exists()


def test_whoever_may_not_is_refused() -> None:
    with pytest.raises(NotAllowedError):
        taken(Actor("official-1", frozenset({"official"})))


@pytest.fixture
def signed_in(client: Client) -> Client:
    client.force_login(make_user("coordinator"))
    return client


@pytest.mark.parametrize("form", exporting.FORMATS)
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_what_was_taken_out_is_read_again_and_changes_nothing(
    signed_in: Client, form: str, language: str
) -> None:
    record(service="s901", body="0000000a", answer="Құжаттар\nмерзімі", language="ru")
    record(contact="00ff00ff00ff00ff", agreed_to_call=True)
    signed_in.post(reverse("desk_language"), {"language": language})
    answer = signed_in.post(reverse("consultations_export"), {"format": form})
    assert answer.status_code == 200
    assert f".{form}" in answer["Content-Disposition"]
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # an answer that is written as it is read
    assert b"00ff00ff00ff00ff" not in data
    outcome = imports.look(IMPORTER, data)
    assert outcome.plan is not None, outcome.refusal
    assert outcome.plan.counts == {"new": 0, "changed": 0, "unchanged": 2, "problem": 0}
    texts = [text for row in read_table(data).rows for text in row.cells.values()]
    assert "00ff00ff00ff00ff" not in texts
    assert Consultation.objects.count() == 2


def test_the_page_carries_the_filters_of_the_list_on(signed_in: Client) -> None:
    page = signed_in.get(reverse("consultations_export"), {"channel": "phone", "service": "s901"})
    assert page.status_code == 200
    assert 'name="service" value="s901"' in page.text
    listed = signed_in.get(reverse("consultations"), {"channel": "phone"})
    assert reverse("consultations_export") + "?channel=phone" in listed.text


def test_the_last_day_of_the_filter_is_taken_out_too(signed_in: Client) -> None:
    days = [date(2026, 6, day) for day in (29, 30)] + [date(2026, 7, 1)]
    numbers = [record(held_on=day).number for day in days]
    asked = {"from": "2026-06-30", "until": "2026-06-30", "format": "csv"}
    answer = signed_in.post(reverse("consultations_export"), asked)
    data = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined] # a file
    assert [number for number in numbers if number in data] == [numbers[1]]
    told = json.loads(Entry.objects.get(action="reception.exported").payload)
    assert (told["from"], told["until"]) == ("2026-06-30", "2026-07-01")


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        with (tmp_path / "table.xlsx").open("wb") as file:
            save_xlsx(file, "Кеңестер", ["a", "b"], ([f"жол {n}", "мәтін"] for n in range(count)))
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(10)
    assert peak(8_000) < 1.5 * peak(1_000) + 200_000
