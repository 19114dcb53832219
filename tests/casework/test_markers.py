"""A case holds nobody's name: planted ones are refused, and are found nowhere."""

import pytest
from django.apps import apps
from django.db import models

from baqylau.journal.models import Entry
from baqylau.kernel.errors import DomainError
from tests.casework.making import filed, happen, open_one
from tests.cast import Cast

pytestmark = pytest.mark.django_db
MARKER = "Зұлқарнайжанбек Сәрсенқұлов"


def test_no_column_of_a_case_takes_free_text() -> None:
    for name in ("Case", "Step"):
        for field in apps.get_model("casework", name)._meta.get_fields():
            assert not isinstance(field, models.TextField | models.JSONField), field.name
            if isinstance(field, models.CharField) and not field.choices:
                assert field.name in {
                    "number",
                    "idempotency_key",
                    "source",
                    "person",
                    "reference",
                    "actor",
                }


def test_a_planted_name_is_nowhere(house: None, cast: Cast) -> None:
    with pytest.raises(ValueError, match="idempotency"):
        open_one(idempotency_key=MARKER)
    case = filed(reference="ЖТ-77")
    for wrong in ({"reference": MARKER}, {"finding": MARKER}, {"body": MARKER}):
        with pytest.raises(DomainError):
            happen(case, "redirected", case.opened_on, **wrong)
    sent = {"on": "2026-07-01", "seen": 2, "reference": MARKER}
    cast.adviser.client.post(f"/desk/cases/{case.number[2:]}/step/answered/", sent)
    for model in apps.get_app_config("casework").get_models():
        assert MARKER not in repr(list(model._base_manager.values_list()))
    assert not Entry.objects.filter(payload__contains="Зұлқарнайжанбек").exists()
    assert not Entry.objects.filter(payload__contains="ЖТ-77").exists()
