"""The training year is published: periods closed, offices with numbers, one correction to see."""

import math
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
import pytest_django
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, Sum
from django.test import Client

from baqylau.accountability.models import (
    Account,
    AccountDocument,
    Approval,
    BudgetLine,
    Complaint,
    Post,
    Release,
    Reply,
    Spending,
    Stage,
    State,
)
from baqylau.accountability.queries.releases import archive_of
from baqylau.accountability.rules import answers
from baqylau.accountability.rules.checking import check
from baqylau.accountability.rules.sealing import digest
from baqylau.accountability.rules.tables import plain, spelled
from baqylau.accountability.training import load as publishing
from baqylau.accountability.training.paper import TEXT, sheet
from baqylau.accountability.training.periods import REASONS, due
from baqylau.accountability.training.words import PROMISES
from baqylau.casework import training as cases
from baqylau.casework.models import Case
from baqylau.casework.taxonomy import SOLVING
from baqylau.catalogue.seeds import service_seeds
from baqylau.catalogue.services.seeding import seed_services
from baqylau.contacts import keyring as contact_keys
from baqylau.contacts.services.texts import seed as seed_contacts
from baqylau.figures.models import Cell, Closing, Contract, Correction, Counted, Indicator, Plan
from baqylau.figures.queries import published
from baqylau.figures.queries.closing import to_publish
from baqylau.figures.rules.results import Estimate, Exact, Rounded
from baqylau.files import store
from baqylau.institutions.models import Institution
from baqylau.institutions.training.load import load as load_bodies
from baqylau.kernel import clock
from baqylau.kernel.figures import Span
from baqylau.lawbook.queries.book import shelf
from baqylau.lawbook.services.seed import seed as seed_law
from baqylau.operation.verify import examine
from baqylau.reception import keyring
from baqylau.reception.models import Consultation
from baqylau.reception.training import load as visits
from baqylau.territories.services import seed as seed_territories
from tests.accountability.releasing import validate
from tests.cast import make_user

OFFICES = 20
"""Offices that show numbers, at least."""
NOON = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db(databases=["default", "sealed"])


def silent(_done: int, _total: int) -> None:
    """Nobody watches."""


@pytest.fixture(scope="module")
def year(
    django_db_setup: None,
    django_db_blocker: pytest_django.DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """A year that is over on Friday, 20 November 2026, brought once for all these tests."""
    with (
        pytest.MonkeyPatch.context() as patch,
        django_db_blocker.unblock(),
        _of_all_tests("default"),
        _of_all_tests("sealed"),
    ):
        patch.setattr(settings, "KEYS", tmp_path_factory.mktemp("keys"))
        patch.setattr(settings, "FILES_ROOT", tmp_path_factory.mktemp("files"))
        with clock.frozen(NOON):
            bring()
        yield
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="sealed")


def _of_all_tests(using: str) -> transaction.Atomic:
    """A transaction around tests, which counts as theirs."""
    around = transaction.atomic(using=using)
    around._from_testcase = True  # type: ignore[attr-defined]  # as Django marks its own
    return around


def bring() -> None:
    """All that comes before, and then what is published."""
    shelf.forget()
    seed_law()
    seed_territories()
    with transaction.atomic():
        seed_services(service_seeds())
    contact_keys.make()
    keyring.make()
    seed_contacts()
    load_bodies(2017, 1, silent)
    for role in ("adviser", "lawyer", "coordinator", "official"):
        make_user(role)
    cases.load(2017, 1, silent)
    visits.load(2017, 1, silent)
    assert publishing.load(2017, 1, silent) == Closing.objects.count()


def offices(cells: Iterable[Cell]) -> set[str]:
    """The bodies that show a number in these cells."""
    return {
        number.cell.value
        for number in published.numbers(cells)
        if number.cell.value not in ("", Cell.TOGETHER)
        and isinstance(number.answer, Rounded | Estimate)
    }


def test_every_month_and_quarter_that_is_over_is_closed_in_its_turn(year: None) -> None:
    closed = [(closing.span, closing.first_on) for closing in Closing.objects.order_by("id")]
    quarters = [first for span, first in closed if span == Span.QUARTER]
    assert quarters == [date(2025, 10, 1), *(date(2026, month, 1) for month in (1, 4, 7))]
    months = [first for span, first in closed if span == Span.MONTH]
    assert months == [date(2025, 11, 1), date(2025, 12, 1)] + [
        date(2026, month, 1) for month in range(1, 11)
    ]
    moments = [closing.closed_at for closing in Closing.objects.order_by("id")]
    assert moments == sorted(moments)
    # The late sheet was found before October was closed, and is written down before it as well.
    corrected = [each.made_at for each in Correction.objects.all()]
    assert corrected
    assert all(moments[-2] < made_at < moments[-1] for made_at in corrected)
    assert moments[-1] < NOON


def test_a_day_too_early_closes_nothing() -> None:
    assert [chosen.code for _on, chosen in due(date(2026, 10, 12))][-1] == "2026-09"
    assert [chosen.code for _on, chosen in due(date(2026, 10, 13))][-1] == "2026-Q3"


def test_the_numbers_of_a_closing_are_those_of_the_records(year: None) -> None:
    for closing in Closing.objects.all():
        period = published.chosen_of(closing).period
        assert period
        rows = Consultation.objects.filter(held_on__gte=period.first, held_on__lt=period.until)
        wholes = {each.cell.figure: each.answer for each in published.wholes(closing)}
        assert wholes["reception.visits"] == Exact(rows.exclude(is_struck=True).count())
        opened = Case.objects.filter(opened_on__gte=period.first, opened_on__lt=period.until)
        assert wholes["casework.opened"] == Exact(opened.count())


def test_every_breakdown_of_a_quarter_adds_up_to_the_same_exact_whole(year: None) -> None:
    """On this rests that two breakdowns beside each other tell no more than each alone."""
    compared = 0
    for closing in published.closings(Span.QUARTER):
        rows = Counted.objects.filter(closing=closing).values_list("measure", "dimension")
        added = rows.annotate(added=Sum("amount"))
        found: dict[str, set[int]] = {}
        for measure, _dimension, number in added:
            found.setdefault(measure, set()).add(number)
            compared += 1
        assert all(len(numbers) == 1 for numbers in found.values()), found
        (whole,) = found["reception.visits"]
        shown = published.whole_of(closing, "reception.visits")
        assert shown
        assert shown.answer == Exact(whole)
    assert compared > 20


def test_some_offices_show_numbers_in_a_single_quarter(year: None) -> None:
    for closing in published.closings(Span.QUARTER)[:3]:
        own = Cell.objects.filter(closing=closing, dimension="body", window="own")
        assert len(offices(own)) >= 5


def test_enough_is_about_each_of_many_offices_for_four_quarters(year: None) -> None:
    until = date(2026, 10, 1)
    rows = Consultation.objects.filter(held_on__lt=until, is_struck=False).exclude(body=None)
    many = Counter(rows.values_list("body", flat=True))
    assert sum(count >= 10 for count in many.values()) >= 30
    ended = Case.objects.filter(closed_on__lt=until)
    solved = Counter(ended.filter(outcome__in=SOLVING).values_list("body", flat=True))
    others = Counter(ended.exclude(outcome__in=SOLVING).values_list("body", flat=True))
    assert sum(solved[body] >= 10 and others[body] >= 10 for body in solved) >= 5


def test_a_late_sheet_is_a_correction_that_everybody_sees(year: None) -> None:
    found = list(Correction.objects.select_related("cell__closing").order_by("id"))
    assert {each.cell.closing.first_on for each in found} == {date(2026, 7, 1), date(2026, 9, 1)}
    for each in found:
        assert each.new["number"] == each.old["number"] + 1
        assert (each.reason_kk, each.reason_ru, each.reason_en) == tuple(REASONS.values())
        assert each.made_at > each.cell.closing.closed_at
        (now,) = published.numbers([each.cell])
        assert now.answer == Exact(each.new["number"])


def test_what_is_published_passes_verification(year: None) -> None:
    report = examine()
    assert not any(chain.wrong for chain in report.chains)
    assert not report.differences["figures.tallies"]
    assert not report.differences["casework.list"]


def test_the_contract_has_money_stages_and_a_plan_for_every_quarter(year: None) -> None:
    (contract,) = Contract.objects.all()
    assert contract.first_on == date(2025, 10, 1)
    assert contract.until_on == date(2027, 1, 1)
    planned = {str(plan.period) for plan in Plan.objects.filter(indicator__contract=contract)}
    assert planned == {"2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"}
    counted = Indicator.objects.filter(contract=contract).exclude(figure="")
    assert counted.count() == len(PROMISES) - 1
    assert Stage.objects.exclude(done_on=None).count() == 3
    for line in BudgetLine.objects.all():
        spent = sum(row.amount for row in Spending.objects.filter(line=line))
        assert 0 < spent < line.plan
    for row in Spending.objects.select_related("file"):
        with store.read(row.file_id) as file:
            assert file.read() == sheet()


def test_the_year_is_released_and_nothing_in_the_release_is_later_than_its_day(
    year: None, tmp_path: Path
) -> None:
    (release,) = Release.objects.all()
    assert (release.version, release.published_at) == ("2026.3.1", NOON)
    report = check(archive_of(release))
    assert not report.faults
    told = {row["period"] for row in report.tables["closings"]}
    assert told == {published.chosen_of(each).code for each in Closing.objects.all()}
    assert len(report.tables["corrections"]) == Correction.objects.count() == 2
    with zipfile.ZipFile(BytesIO(archive_of(release))) as archive:
        archive.extractall(tmp_path)
    assert validate(tmp_path / "datapackage.json")["valid"] is True
    assert not Closing.objects.filter(closed_at__gt=NOON).exists()
    assert not Correction.objects.filter(made_at__gt=NOON).exists()


def test_one_account_is_accepted_and_the_next_is_sealed(year: None) -> None:
    first, second = Account.objects.order_by("id")
    assert (first.period, first.state) == ("2026-Q2", State.ACCEPTED)
    assert (second.period, second.state) == ("2026-Q3", State.SEALED)
    assert AccountDocument.objects.filter(account=first).count() == 6
    for account in (first, second):
        assert digest(account.content) == account.digest
        assert Approval.objects.filter(account=account).values("person").distinct().count() == 2
    visits = published.last_closing()
    assert visits
    (whole,) = [
        each.answer for each in published.wholes(visits) if each.cell.figure == "reception.visits"
    ]
    (told,) = [each for each in second.content["indicators"] if each["code"] == "1.1"]
    assert isinstance(whole, Exact)
    assert told["answer"]["number"] == whole.number


def test_news_replies_and_complaints_are_there_to_be_read(year: None) -> None:
    with clock.frozen(NOON):
        assert Post.objects.exclude(published_at=None).filter(published_at__lt=NOON).count() == 3
        assert not Post.objects.filter(Q(title_ru="") | Q(title_en="")).exists()
        last = published.last_closing()
        assert last
        shown = {each.cell.value for each in published.table(last, "reception.visits", "body")}
        replied = set(Reply.objects.values_list("institution__code", flat=True))
        assert len(replied) == 2
        assert replied <= shown
        answered = Complaint.objects.exclude(answered_on=None)
        assert (answered.count(), Complaint.objects.count()) == (2, 3)
        assert not answered.filter(answered_by=F("noted_by")).exists()


def test_the_invented_paper_is_a_pdf_of_one_page_that_says_so() -> None:
    pages = pypdf.PdfReader(BytesIO(sheet()), strict=True).pages
    assert len(pages) == 1
    assert pages[0].extract_text().strip() == TEXT


def test_nothing_is_published_twice_nor_without_a_coordinator(year: None) -> None:
    before = Closing.objects.count()
    assert publishing.is_there()
    assert publishing.load(1, 1, silent) == 0
    assert Closing.objects.count() == before


def test_at_least_twenty_pages_of_offices_show_numbers(year: None, client: Client) -> None:
    public = [each.code for each in to_publish() if each.has_public_records]
    quarters = list(published.closings(Span.QUARTER)[:4])
    cells = Cell.objects.filter(closing__in=quarters, dimension="body").exclude(figure__in=public)
    shown = set()
    with clock.frozen(NOON):
        for code in offices(cells):
            page = client.get(f"/en/institutions/{code}/")
            numbers = re.findall(r'<td class="num"[^>]*>\s*(?:about )?([1-9]\d*)', page.text)
            if page.status_code == 200 and numbers:
                shown.add(code)
        nothing = Institution.objects.exclude(code__in=offices(cells)).order_by("code")[0]
        empty = client.get(f"/en/institutions/{nothing.code}/")
    assert len(shown) >= OFFICES
    assert not re.search(r'<td class="num"[^>]*>\s*(?:about )?[1-9]', empty.text)


def test_every_number_of_every_page_and_file_follows_from_the_released_package(
    year: None, client: Client
) -> None:
    """The last release alone is read; what pages and files say must be a query over it."""
    release = Release.objects.order_by("-id")[0]
    report = check(archive_of(release))
    by_number: dict[tuple[str, str], dict[tuple[str, ...], dict[str, str]]] = {}
    for row in report.tables["cells"]:
        found = by_number.setdefault((row["figure"], row["period"]), {})
        found[row["window"], row["dimension"], row["value"]] = row
    compared = 0
    with clock.frozen(NOON):
        for (figure, period), rows in by_number.items():
            told = client.get(f"/numbers/{figure}/{period}.json").json()
            said = {("own", "", ""): told["number"]} | {
                (table["window"], table["dimension"], each["value"]): each["answer"]
                for table in told["tables"]
                for each in table["rows"]
            }
            assert said.keys() == rows.keys(), (figure, period)
            for place, answer in said.items():
                recomputed = [spelled(plain(value)) for value in answers.columns(answer)]
                assert [rows[place][name] for name in answers.COLUMNS] == recomputed
                compared += 1
            _shares_follow_from_their_counts(rows.values())
    assert compared == len(report.tables["cells"]) > 1_000
    closed = {row["period"] for row in report.tables["closings"]}
    assert closed == {published.chosen_of(each).code for each in Closing.objects.all()}


def _shares_follow_from_their_counts(rows: Iterable[dict[str, str]]) -> None:
    """Wilson's interval, written apart. Source: Wilson, JASA 22 (1927), 209-212."""
    for row in rows:
        if row["kind"] != "share":
            continue
        part, n, z = int(row["part"]), int(row["n"]), 1.959963984540054
        middle = (part + z * z / 2) / (n + z * z)
        half = z / (n + z * z) * math.sqrt(part * (n - part) / n + z * z / 4)
        assert float(row["number"]) == pytest.approx(part / n, abs=1e-4)
        assert float(row["low"]) == pytest.approx(max(0, middle - half), abs=1e-4)
        assert float(row["high"]) == pytest.approx(min(1, middle + half), abs=1e-4)
