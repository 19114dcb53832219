"""Inside an installation that is measured: load it, count it, say where its pages are.

Run as `python -m benchmarks._site WORD …` with the installation's environment; answers in JSON.
"""

import json
import re
import sys
from collections import Counter
from time import perf_counter, process_time
from typing import Any
from urllib.parse import quote

import django

SEED = 2017
OF_A_KIND = 2
"""Public pages of one kind that are looked at."""


def load(cases: int, consultations: int) -> dict[str, Any]:
    """Bring accounts and bodies, then that many units of cases and of consultations."""
    from baqylau.kernel.modules import registry  # noqa: PLC0415 - rooms load after Django

    # Nothing is published: closing periods is measured apart, in figures.
    units = {"casework": cases, "reception": consultations, "accountability": 0}
    found: dict[str, Any] = {}
    for part in registry.gather("training"):
        units_of = units.get(part.code, 1)
        if not units_of:
            continue
        there = _written(part.code)
        start, used = perf_counter(), process_time()
        rows = part.load(SEED, units_of, lambda _done, _total: None)
        spent, cpu = perf_counter() - start, process_time() - used
        written = _written(part.code) - there
        found[part.code] = {"rows": rows, "seconds": spent, "cpu": cpu, "written": written}
    found["peak"] = _peak()
    return found


def _written(code: str) -> int:
    """Rows of the room of a part of the training data, and entries of the journal."""
    from django.apps import apps  # noqa: PLC0415 - as above

    from baqylau.journal.models import Entry  # noqa: PLC0415 - as above

    models = apps.get_app_config(code.partition(".")[0]).get_models()
    return Entry.objects.count() + sum(
        model._default_manager.count()  # noqa: SLF001 - the managers of models have other names
        for model in models
        if model._meta.managed
    )


def _peak() -> float:
    import resource  # noqa: PLC0415 - not on every system

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def job(code: str) -> dict[str, Any]:
    """Run one duty at once; its seconds."""
    from baqylau.kernel.modules import registry  # noqa: PLC0415 - rooms load after Django is set up

    start = perf_counter()
    for each in registry.gather("jobs"):
        if each.code == code:
            each.run()
    return {"seconds": perf_counter() - start}


def rebuild() -> dict[str, Any]:
    """Count every figure anew, as the console does; and what reading alone takes.

    `records` are the entries of the journal that a figure rests on, each once however many folds
    read it.
    """
    from baqylau.figures.queries.definitions import folds  # noqa: PLC0415 - rooms load after Django is set up
    from baqylau.figures.queries.telling import last_number, told  # noqa: PLC0415
    from baqylau.figures.services.folding import rebuild as count_anew  # noqa: PLC0415

    actions = frozenset(action for fold in folds() for action in fold.actions)
    begun = perf_counter()
    records = sum(
        len(told(actions, after, after + 20_000)) for after in range(0, last_number(), 20_000)
    )
    read = perf_counter() - begun
    start, used = perf_counter(), process_time()
    sums = sum(count_anew(fold=fold) for fold in folds())
    spent = {"seconds": perf_counter() - start, "cpu": process_time() - used}
    return {"records": records, "sums": sums, "read": read, **spent}


def pages() -> dict[str, Any]:
    """What is looked at: addresses by name."""
    from django.urls import reverse  # noqa: PLC0415 - rooms load after Django is set up

    from baqylau.casework.models import Case  # noqa: PLC0415 - rooms load after Django is set up
    from baqylau.kernel.modules import registry  # noqa: PLC0415 - rooms load after Django is set up
    from baqylau.reception.models import Consultation  # noqa: PLC0415 - rooms load after Django is set up
    from baqylau.reception.rules.numbers import reference  # noqa: PLC0415 - rooms load after Django is set up

    def address(name: str, *parts: object) -> str:
        return reverse(name, args=parts)

    def asked(name: str, query: str) -> str:
        return f"{address(name)}?{quote(query, safe='=')}"

    row = Consultation.objects.filter(case__isnull=False).order_by("-id")[0]
    case = Case.objects.order_by("-id")[0]
    room = row.room.code
    found = {
        "worklist": address("desk"),
        "list of consultations": address("consultations"),
        "list, one room": asked("consultations", f"room={room}"),
        "list, a word of the answer": asked("consultations", "q=нотариус"),
        "consultation": address("consultation", reference(row.number)),
        "list of cases": address("cases"),
        "list of cases, overdue": asked("cases", "due=overdue"),
        "case": address("case", reference(case.number)),
        "search, a number": asked("desk_search", f"q={row.number}"),
        "search, a service": asked("desk_search", "q=куәлік"),
        "search, a word": asked("desk_search", "q=нотариус"),
        "figures": address("figures"),
    }
    for figure in registry.gather("figures"):
        found[f"figure {figure.code}"] = address("figure", figure.code)
    return found


def publish() -> dict[str, Any]:
    """Close the periods that are over and release their data; the seconds, and the cells."""
    from baqylau.accountability.training.load import load as close  # noqa: PLC0415 - rooms load after Django
    from baqylau.figures.models import Cell  # noqa: PLC0415

    start = perf_counter()
    close(SEED, 1, lambda _done, _total: None)
    return {"seconds": perf_counter() - start, "cells": Cell.objects.count()}


def public() -> dict[str, Any]:
    """Pages about published numbers, as links lead to them: a few of each kind."""
    from django.test import Client  # noqa: PLC0415 - only once the settings stand

    client, found, kinds = Client(), list[str](), Counter[str]()
    left = ["/", "/numbers/", "/data/", "/data/v1/cells.csv", "/data/releases.json"]
    while left:
        address = left.pop(0)
        kind = re.sub(r"[0-9A-Za-z.-]*[0-9.][0-9A-Za-z.-]*", "*", address)
        if address in found or kinds[kind] >= OF_A_KIND:
            continue
        answer = client.get(address, headers={"host": "localhost"})
        if answer.status_code != 200 or answer["Content-Type"] == "application/zip":
            continue
        kinds[kind] += 1
        found.append(address)
        if answer["Content-Type"].startswith("text/html"):
            left += re.findall(
                r'href="(/(?:numbers|districts|institutions|data)/[^"#?]*)"', answer.text
            )
    return {"pages": found}


def slip() -> dict[str, Any]:
    """A number and the code on its slip."""
    from baqylau.reception.keyring import code_of  # noqa: PLC0415 - rooms load after Django is set up
    from baqylau.reception.models import Consultation  # noqa: PLC0415 - rooms load after Django is set up

    row = Consultation.objects.filter(case__isnull=False, is_struck=False).order_by("-id")[0]
    return {"number": row.number, "code": code_of(row.number, row.issue)}


def account(role: str) -> dict[str, Any]:
    """How somebody with the role signs in."""
    from baqylau.staff.training import DOMAIN, PASSPHRASE  # noqa: PLC0415 - rooms load after Django is set up

    return {"login": f"{role}@{DOMAIN}", "password": PASSPHRASE}


def keys() -> dict[str, Any]:
    """Enough keys for the form of reports to be open; their secrets are forgotten at once."""
    from baqylau.kernel import clock  # noqa: PLC0415 - rooms load after Django is set up
    from baqylau.reports.models import Keyholder, RecoveryKey  # noqa: PLC0415 - rooms load after Django is set up
    from baqylau.seal import keys as pairs  # noqa: PLC0415 - rooms load after Django is set up
    from baqylau.seal.keys import Use  # noqa: PLC0415 - rooms load after Django is set up

    today = clock.today()
    for number, office in enumerate(("officer", "officer", "officer", "custodian", "custodian")):
        Keyholder.objects.create(
            holder=f"bench-{number}",
            office=office,
            public=pairs.generate(Use.PERSON).public,
            by_passphrase=b"forgotten",
            since_on=today,
            seen_on=today,
            trusted_on=today,
        )
        _account(f"bench-{number}", office)
    RecoveryKey.objects.create(public=pairs.generate(Use.RECOVERY).public, since_on=today)
    return {}


def _account(key: str, office: str) -> None:
    """Without an account that has the role, no report is sealed to a key."""
    from baqylau.kernel.access import Actor  # noqa: PLC0415 - rooms load after Django is set up
    from baqylau.reports.models import Keyholder  # noqa: PLC0415 - rooms load after Django is set up
    from baqylau.reports.queries.standing import ROLES  # noqa: PLC0415 - rooms load after Django is set up
    from baqylau.staff.models import User  # noqa: PLC0415 - rooms load after Django is set up
    from baqylau.staff.services import grant_role  # noqa: PLC0415 - rooms load after Django is set up

    user = User.objects.create_user(f"{key}@bench.test", key=key, name=key)
    grant_role(user=user, role=ROLES[Keyholder.Office(office)], actor=Actor("system"))


def reports() -> dict[str, Any]:
    """Locators of the reports that are there, and how many are not whole."""
    from baqylau.reports.models import Item, Report  # noqa: PLC0415 - rooms load after Django is set up
    from baqylau.reports.verification import differences  # noqa: PLC0415 - rooms load after Django is set up

    return {
        "locators": list(Report.objects.values_list("locator", flat=True)),
        "items": Item.objects.count(),
        "differences": list(differences()),
    }


def written(prefix: str) -> dict[str, Any]:
    """Consultations under tokens of the benchmark, whether verification objects, what is there."""
    from baqylau.casework.models import Case  # noqa: PLC0415 - rooms load after Django is set up
    from baqylau.reception import verification  # noqa: PLC0415 - rooms load after Django is set up
    from baqylau.reception.models import Consultation  # noqa: PLC0415 - rooms load after Django is set up

    own = Consultation.objects.filter(idempotency_key__startswith=prefix)
    return {
        "keys": list(own.values_list("idempotency_key", flat=True)),
        "differences": list(verification.differences()),
        "cases": Case.objects.count(),
    }


def main(words: list[str]) -> int:
    """Do what the first word says with the others."""
    django.setup()
    does: dict[str, Any] = {
        "load": lambda cases, consultations: load(int(cases), int(consultations)),
        "job": job,
        "rebuild": rebuild,
        "pages": pages,
        "publish": publish,
        "public": public,
        "slip": slip,
        "account": account,
        "written": written,
        "keys": keys,
        "reports": reports,
    }
    print(json.dumps(does[words[0]](*words[1:])))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
