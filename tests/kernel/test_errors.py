"""Refusals that a person can read."""

from django.utils import translation
from django.utils.translation import gettext_lazy

from baqylau.kernel.errors import ConflictError, DomainError


def test_a_refusal_is_worded_in_the_reader_s_language() -> None:
    error = DomainError(gettext_lazy("There is no such page"))
    with translation.override("kk"):
        assert str(error) == "Мұндай бет жоқ"
    with translation.override("ru"):
        assert str(error) == "Такой страницы нет"


def test_a_refusal_fills_its_places_when_it_is_read() -> None:
    error = DomainError("%(count)s rows", params={"count": 3}, field="rows")
    assert (error.message, error.field, error.code) == ("3 rows", "rows", "refused")


def test_each_kind_of_refusal_has_its_own_status() -> None:
    assert (ConflictError("").status, ConflictError("").code) == (409, "conflict")
