"""Who is forgotten goes from what advisers have typed and not saved, too."""

from datetime import date

import pytest

from baqylau.contacts.services import erase
from baqylau.contacts.services.erasing import forget as forget_identity
from baqylau.kernel.modules import registry
from baqylau.reception import keyring
from baqylau.reception.models import Draft
from baqylau.reception.queries.letters import contents, letter
from baqylau.reception.services import keep_draft
from baqylau.reception.services.forgetting import forget
from tests.reception.lettering import APPEAL, begun, save
from tests.reception.making import ADVISER, COLLEAGUE, COORDINATOR, record
from tests.reception.sending import FORM
from tests.reception.visitors import PHONE, make_visitor, visited

pytestmark = pytest.mark.usefixtures("desk")
STORY = {**FORM, "answer": "Айтылған сөз"}


def tokens() -> set[str]:
    """Drafts that are there."""
    return set(Draft.objects.values_list("token", flat=True))


def test_an_unsaved_draft_that_chose_the_person_goes_and_others_stay() -> None:
    gone, stays = make_visitor(), make_visitor("+7 702 000 00 00")
    keep_draft(actor=ADVISER, token="token:0001", fields={**STORY, "contact": gone.key})
    keep_draft(actor=COLLEAGUE, token="token:0002", fields={**STORY, "contact": stays.key})
    keep_draft(actor=COLLEAGUE, token="token:0003", fields=STORY)
    erase(actor=COORDINATOR, key=gone.key)
    assert tokens() == {"token:0002", "token:0003"}


def typed(token: str, phone: str) -> None:
    """A draft of somebody who agreed and whose visit is not saved."""
    named = {**STORY, "agreed": "on", "name": "Әлия Серікқызы", "phone": phone}
    assert keep_draft(actor=ADVISER, token=token, fields=named)


@pytest.mark.parametrize("phone", [PHONE, "8 (701) 123-45-67", "87011234567"])
def test_a_draft_with_the_phone_of_the_person_goes_however_it_was_typed(phone: str) -> None:
    person = make_visitor()
    typed("token:0001", phone)
    typed("token:0002", "+7 702 000 00 00")
    typed("token:0003", "телефоны жоқ")
    erase(actor=COORDINATOR, key=person.key)
    assert tokens() == {"token:0002", "token:0003"}


@pytest.mark.parametrize("field", ["earlier", "slip"])
@pytest.mark.parametrize("spelling", ["{}", "2026-{:06}", "к2026/{}"])
def test_a_draft_that_goes_on_with_a_visit_of_the_person_goes(field: str, spelling: str) -> None:
    row, other = visited(), record()
    typed_as = {"token:0001": row.serial, "token:0002": other.serial, "token:0003": 900}
    for token, serial in typed_as.items():
        fields = {**STORY, field: spelling.format(serial)}
        assert keep_draft(actor=ADVISER, token=token, fields=fields)
    erase(actor=COORDINATOR, key=row.contact)
    assert tokens() == {"token:0002", "token:0003"}


def test_a_number_without_its_year_means_the_newest_one() -> None:
    row = visited(held_on=date(2025, 12, 30), origin="sheet")
    assert (row.year, row.serial) == (2025, 1)
    assert record().serial == 1
    keep_draft(actor=ADVISER, token="token:0001", fields={**STORY, "earlier": "1"})
    keep_draft(actor=ADVISER, token="token:0002", fields={**STORY, "earlier": "2025-1"})
    erase(actor=COORDINATOR, key=row.contact)
    assert tokens() == {"token:0001"}


def test_a_letter_of_a_nameless_visit_about_the_same_problem_is_emptied() -> None:
    first = visited()
    again, of_another, apart = (
        record(continues=first.number),
        record(continues=first.number, contact=make_visitor("+7 702 000 00 00").key),
        record(),
    )
    letters = [save(begun(row=row), APPEAL) for row in (again, of_another, apart)]
    erase(actor=COORDINATOR, key=first.contact)
    assert [bool(contents(letter(each.key))) for each in letters] == [False, True, True]


def test_a_nameless_first_visit_loses_its_letter_with_the_person_who_came_again() -> None:
    first = record()
    of = save(begun(row=first), APPEAL)
    second = visited(continues=first.number)
    erase(actor=COORDINATOR, key=second.contact)
    assert contents(letter(of.key)) == {}
    first.refresh_from_db()
    assert first.contact == ""


def test_upper_rooms_are_asked_before_the_identity_goes() -> None:
    codes = [each.run for each in reversed(registry.gather("erase"))]
    assert codes.index(forget) < codes.index(forget_identity)


def test_a_draft_that_does_not_open_goes_too() -> None:
    person = make_visitor()
    keep_draft(actor=ADVISER, token="token:0001", fields=STORY)
    keep_draft(actor=ADVISER, token="token:0002", fields=STORY)
    Draft.objects.filter(token="token:0001").update(sealed=keyring.seal("{}", "draft:other"))
    assert forget(person.key) == 1
    assert tokens() == {"token:0002"}
