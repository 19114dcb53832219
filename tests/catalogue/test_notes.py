"""Where a card comes from, in the reader's language: one note, or a line for each."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from baqylau.catalogue.models import CardVersion
from baqylau.catalogue.rules.notes import by_language, note_in
from tests.catalogue.making import make_published

THREE = "kk: Заңнан оқылды.\nru: Прочитано в законе.\nen: Read in the act."
WORDS = st.text("абвәі xyz.,;()0123456789", min_size=1, max_size=40).map(str.strip).filter(bool)


@pytest.mark.parametrize(
    ("note", "language", "expected"),
    [
        (THREE, "kk", ("Заңнан оқылды.", "kk")),
        (THREE, "ru", ("Прочитано в законе.", "ru")),
        (THREE, "en", ("Read in the act.", "en")),
        ("ru: Прочитано.", "kk", ("Прочитано.", "ru")),
        ("en: Read.\nkk: Оқылды.", "ru", ("Оқылды.", "kk")),
        ("Read in the act.", "ru", ("Read in the act.", "en")),
        ("Заңнан оқылды.", "ru", ("Заңнан оқылды.", "")),
        ("kk: бірінші жол\nекінші жол\nru: одна", "kk", ("бірінші жол\nекінші жол", "kk")),
        ("Қараңыз:\nkk: бұл тіл емес", "kk", ("Қараңыз:\nkk: бұл тіл емес", "")),
        ("ru:", "ru", ("ru:", "en")),
        ("", "kk", ("", "en")),
    ],
)
def test_a_note_is_read_in_the_readers_language_or_the_next_best(
    note: str, language: str, expected: tuple[str, str]
) -> None:
    assert note_in(note, language) == expected


@given(st.dictionaries(st.sampled_from(["kk", "ru", "en"]), WORDS, min_size=1))
def test_lines_come_back_as_they_were_written(lines: dict[str, str]) -> None:
    note = "\n".join(f"{language}: {text}" for language, text in lines.items())
    assert by_language(note) == lines


@given(st.text(max_size=200), st.sampled_from(["kk", "ru", "en"]))
def test_any_text_has_a_reading_and_nothing_is_invented(note: str, language: str) -> None:
    text, _said = note_in(note, language)
    assert text in note


@pytest.mark.django_db
def test_a_page_shows_its_own_line_and_marks_only_a_foreign_one(client: Client) -> None:
    card = make_published()
    assert card.service is not None
    address = f"/services/{card.service.slug}/"
    CardVersion.objects.filter(card=card).update(source=THREE)
    for prefix, line in (("", "Заңнан оқылды."), ("/ru", "Прочитано в законе.")):
        page = client.get(prefix + address).text
        assert f"<p>{line}</p>" in page
        assert "Read in the act." not in page
    CardVersion.objects.filter(card=card).update(source="en: Read in the act.")
    page = client.get(address).text
    assert '<p lang="en">Read in the act.</p>' in page
