"""The registry: one place where rooms show themselves."""

import pytest

from baqylau.kernel.access import Actor
from baqylau.kernel.errors import NotAllowedError
from baqylau.kernel.modules import Action, Door, Module, Registry
from baqylau.kernel.permissions import may, require, require_role
from baqylau.kernel.roles import Role

ADVISER = Actor("a1", frozenset({Role.ADVISER}))
OFFICIAL = Actor("o1", frozenset({Role.OFFICIAL}))


def _own(actor: Actor, subject: object) -> bool:
    return subject == actor.key


@pytest.fixture
def rooms() -> Registry:
    rooms = Registry()
    rooms.register(
        Module(
            code="one",
            label="One",
            doors=(Door("late", "Late", "", order=9), Door("early", "Early", "", order=1)),
            actions=(
                Action("one.see", "See", frozenset({Role.ADVISER})),
                Action("one.own", "Own", frozenset({Role.ADVISER}), applies=_own),
            ),
        )
    )
    return rooms


def test_a_room_registers_once(rooms: Registry) -> None:
    with pytest.raises(ValueError, match="twice"):
        rooms.register(Module(code="one", label="One again"))


def test_two_rooms_cannot_claim_one_action(rooms: Registry) -> None:
    with pytest.raises(ValueError, match=r"one\.see"):
        rooms.register(
            Module(code="two", label="Two", actions=(Action("one.see", "", frozenset()),))
        )


def test_entries_are_gathered_in_their_order(rooms: Registry) -> None:
    assert [door.url_name for door in rooms.gather("doors")] == ["early", "late"]


def test_a_role_outside_the_row_may_not(rooms: Registry) -> None:
    assert may(ADVISER, "one.see", rooms=rooms)
    assert not may(OFFICIAL, "one.see", rooms=rooms)


def test_a_predicate_narrows_a_row_to_its_subjects(rooms: Registry) -> None:
    assert may(ADVISER, "one.own", "a1", rooms=rooms)
    assert not may(ADVISER, "one.own", "someone else", rooms=rooms)
    require_role(ADVISER, "one.own", rooms=rooms)
    with pytest.raises(NotAllowedError):
        require(ADVISER, "one.own", "someone else", rooms=rooms)


def test_an_action_that_nobody_registered_never_passes_quietly(rooms: Registry) -> None:
    with pytest.raises(KeyError):
        may(ADVISER, "one.typo", rooms=rooms)
