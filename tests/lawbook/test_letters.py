"""Letter templates: versions, refusals, the check."""

from datetime import date

import pytest

from baqylau.journal.models import Entry
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.lawbook.models import LetterTemplateVersion
from baqylau.lawbook.queries.letters import letter, letters, preview, versions
from baqylau.lawbook.services.letters import enter_letter, verify_letter
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def enter(cast: Cast, **changes: object) -> LetterTemplateVersion:
    """Enter the next version of the Kazakh appeal, changed."""
    words = {"title": "Жолданым", "body": "{{ facts }}\r\nҚолы", "base": 1, **changes}
    return enter_letter(code="appeal", language="kk", actor=cast.lawyer.actor, **words)  # type: ignore[arg-type]  # mypy does not follow names into a call


def test_every_letter_is_there_in_both_languages(seeded: None) -> None:
    assert len(letters()) == 10


def test_a_new_version_follows_the_old_which_is_kept(seeded: None, cast: Cast) -> None:
    row = enter(cast)
    assert (row.number, row.body, row.verified_by) == (2, "{{ facts }}\nҚолы", "")
    assert letter("appeal", "kk") == row
    assert [each.number for each in versions("appeal", "kk")] == [2, 1]
    entry = Entry.objects.order_by("-number")[0]
    assert (entry.action, entry.subject) == ("lawbook.letter_entered", "letter:appeal.kk")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"body": "{{ recommendations }}"}, "body"),
        ({"title": "{{ salary }}"}, "title"),
        ({"title": " "}, "title"),
        ({"body": "а" * 10_001}, "body"),
        ({"body": ""}, "body"),
    ],
)
def test_a_letter_that_cannot_be_is_refused(
    seeded: None, cast: Cast, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        enter(cast, **changes)
    assert refused.value.field == field
    assert letter("appeal", "kk").number == 1


def test_an_unknown_place_is_named(seeded: None, cast: Cast) -> None:
    with pytest.raises(DomainError, match=r"\{\{ salary \}\}"):
        enter(cast, body="{{ facts }} {{ salary }}")


def test_the_same_text_is_no_new_version(seeded: None, cast: Cast) -> None:
    enter(cast)
    with pytest.raises(DomainError) as refused:
        enter(cast, base=2)
    assert refused.value.field == "body"


def test_of_two_lawyers_the_second_is_told(seeded: None, cast: Cast) -> None:
    enter(cast)
    with pytest.raises(ConflictError):
        enter(cast, body="{{ request }}")
    assert letter("appeal", "kk").body.startswith("{{ facts }}")


def test_a_check_is_of_the_version_in_use(seeded: None, cast: Cast) -> None:
    words = {"code": "appeal", "language": "kk", "actor": cast.lawyer.actor}
    day = date(2026, 1, 9)
    verify_letter(number=1, verified_by="А. Б.", verified_on=day, **words)  # type: ignore[arg-type]  # mypy does not follow names into a call
    assert letter("appeal", "kk").verified_by == "А. Б."
    enter(cast)
    assert letter("appeal", "kk").verified_by == ""
    with pytest.raises(ConflictError):
        verify_letter(number=1, verified_by="А. Б.", verified_on=day, **words)  # type: ignore[arg-type]  # mypy does not follow names into a call
    with pytest.raises(DomainError):
        verify_letter(number=2, verified_by=" ", verified_on=day, **words)  # type: ignore[arg-type]  # mypy does not follow names into a call
    with pytest.raises(DomainError):
        verify_letter(number=2, verified_by="А.", verified_on=date(2999, 1, 1), **words)  # type: ignore[arg-type]  # mypy does not follow names into a call


def test_an_unknown_letter_is_a_clear_refusal(seeded: None) -> None:
    with pytest.raises(DomainError) as refused:
        letter("poem", "kk")
    assert refused.value.status == 404


def test_a_preview_names_the_places_in_the_language_of_the_letter() -> None:
    assert preview("appeal", "kk", "", "{{ facts }}").body == "[не болды, қашан және қайда]"
    assert preview("appeal", "ru", "", "{{ facts }}").body == "[что произошло, когда и где]"
