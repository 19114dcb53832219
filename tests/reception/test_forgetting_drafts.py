"""Who is forgotten goes from what advisers have typed and not saved, too."""

import pytest

from baqylau.contacts.services import erase
from baqylau.contacts.services.erasing import forget as forget_identity
from baqylau.kernel.modules import registry
from baqylau.reception import keyring
from baqylau.reception.models import Draft
from baqylau.reception.services import keep_draft
from baqylau.reception.services.forgetting import forget
from tests.reception.making import ADVISER, COLLEAGUE, COORDINATOR
from tests.reception.sending import FORM
from tests.reception.visitors import PHONE, make_visitor

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
