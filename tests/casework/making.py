"""Bodies, a service, and cases in whatever state a test needs."""

import itertools
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from baqylau.casework.models import Case
from baqylau.casework.services import open_case, record_step
from baqylau.catalogue.models import PublicService
from baqylau.institutions import services as institutions
from baqylau.institutions.models import Institution
from baqylau.kernel.access import SYSTEM, Actor

TARAZ = "311000000"
AKIMAT, POLICE, SCHOOL = "0000000a", "0000000b", "0000000c"
ADVISER = Actor("adviser-1", frozenset({"adviser"}))
FILED = date(2026, 5, 4)
"""A Monday; an answer to an appeal is due on 28 May, for the holidays of May."""
_keys = itertools.count(1)


def make_bodies() -> None:
    """An akimat, a police department and a school in Taraz, and one service."""
    for code, name, kind in (
        (AKIMAT, "Тараз қаласының әкімдігі", "akimat"),
        (POLICE, "Полиция департаменті", "police"),
        (SCHOOL, "№ 905 мектеп", "school"),
    ):
        fields = {"name_kk": name, "kind": kind, "ownership": "state", "district_id": TARAZ}
        with transaction.atomic():
            institutions.write_institution(Institution(code=code), SYSTEM, fields)
    PublicService.objects.create(
        code="s901",
        slug="s901",
        name_kk="Жүргізуші куәлігін беру",
        name_ru="Выдача водительского удостоверения",
        skeleton=" zhurgizushi",
        sort_kk="a",
        sort_ru="a",
        sort_en="a",
        group="transport",
    )


def make_more(name: str) -> Institution:
    """Another school."""
    fields = {"name_kk": name, "kind": "school", "ownership": "state", "district_id": TARAZ}
    return institutions.create(actor=SYSTEM, fields=fields)


def open_one(**changes: Any) -> Case:  # noqa: ANN401 - of many kinds
    """A case about the akimat, opened today."""
    given: dict[str, Any] = {
        "idempotency_key": f"test:{next(_keys):08}",
        "actor": ADVISER,
        "source": "test",
        "kind": "service_failure",
        "territory": TARAZ,
        "body": AKIMAT,
    }
    return open_case(**{**given, **changes})


def happen(case: Case, kind: str, on: date, **details: Any) -> Case:  # noqa: ANN401 - of many kinds
    """One more step of a case."""
    return record_step(actor=ADVISER, number=case.number, kind=kind, on=on, **details)


def filed(on: date = FILED, **details: Any) -> Case:  # noqa: ANN401 - of many kinds
    """A case whose appeal was filed on the day."""
    case = open_one(opened_on=on)
    return happen(case, "filed", on, **{"procedure": "appeal", **details})


def silent() -> Case:
    """A case whose appeal found no answer."""
    return happen(filed(), "silence", FILED + timedelta(days=30))


def closed(**details: Any) -> Case:  # noqa: ANN401 - of many kinds
    """A case that ended well."""
    case = happen(filed(), "answered", FILED + timedelta(days=10))
    case = happen(case, "reviewed", FILED + timedelta(days=11), finding="granted")
    given = {"outcome": "appeal_won", "evidence": "letter", **details}
    return happen(case, "closed", FILED + timedelta(days=12), **given)
