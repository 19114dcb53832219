"""A contract and its account at the desk: written, planned, approved, sealed, sent, answered."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from baqylau.accountability.models import Account, BudgetLine, Spending, Stage, State
from baqylau.accountability.queries import accounts as queries
from baqylau.accountability.queries.outline import current
from baqylau.accountability.services import making
from baqylau.documents.accounts import word
from baqylau.figures.models import Contract, Indicator, Plan, TypedFact
from baqylau.figures.services import catch_up
from baqylau.kernel import clock
from tests.accountability import reporting
from tests.accountability.reporting import NOW
from tests.cast import Cast
from tests.figures.contracts import COORDINATOR, QUARTER, TERMS, make_contract, plan
from tests.figures.making import cases

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
TYPED_TERMS = {
    "number": TERMS.number,
    "subject_kk": TERMS.subject_kk,
    "subject_ru": TERMS.subject_ru,
    "customer_kk": TERMS.customer_kk,
    "customer_ru": TERMS.customer_ru,
    "contractor_kk": TERMS.contractor_kk,
    "contractor_ru": TERMS.contractor_ru,
    "signed_on": "2026-03-20",
    "first_on": "2026-04-01",
    "last_on": "2026-12-20",
}
LABELS = {"label_kk": "Ашылған істер", "label_ru": "Открытые дела"}
PROMISE = {**LABELS, "order": "1", "code": "1.1", "unit_kk": "іс", "unit_ru": "дело"}


@pytest.fixture(autouse=True)
def _house(house: None, tmp_path: Path, settings: LazySettings) -> Iterator[None]:
    settings.FILES_ROOT = tmp_path / "files"
    with clock.frozen(NOW):
        yield


def paper(name: str = "Айгүл Серікова чек.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7 act %%EOF", "application/pdf")


def send(client: Client, name: str, *args: object, **data: object) -> str:
    """Send a form that is taken; the page that it leads to."""
    answer = client.post(reverse(name, args=args), data, follow=True)
    assert answer.status_code == 200, answer.content.decode()
    return str(answer.content.decode())


def test_a_contract_is_written_down_at_the_desk(cast: Cast) -> None:
    desk = cast.coordinator.client
    send(desk, "contract_new", **TYPED_TERMS)
    contract = Contract.objects.get()
    send(desk, "indicator_new", contract.pk, **PROMISE, source="casework.opened")
    more = {**PROMISE, "code": "2.1", "order": "2"}
    send(desk, "indicator_new", contract.pk, **more, source="typed")
    part = {**PROMISE, "code": "1.2", "source": "casework.closed|outcome|solved"}
    send(desk, "indicator_new", contract.pk, **part)
    first, second, third = Indicator.objects.order_by("code")
    assert (second.figure, second.dimension, second.value) == (
        "casework.closed",
        "outcome",
        "solved",
    )
    amounts = {f"amount_{first.pk}": "40", f"amount_{third.pk}": "4", f"amount_{second.pk}": ""}
    page = send(desk, "contract_plan", contract.pk, period=QUARTER, **amounts)
    assert Plan.objects.count() == 2
    assert "1.1" in page
    fact = {"period": QUARTER, "amount": "3", "document": "№ 5 акт", "file": paper()}
    send(desk, "fact_new", contract.pk, third.pk, **fact)
    assert "№ 5 акт" in desk.get(reverse("facts", args=[contract.pk, third.pk])).content.decode()
    kept = TypedFact.objects.get()
    taken = desk.get(reverse("fact_document", args=[contract.pk, kept.pk]))
    assert b"".join(taken) == b"%PDF-1.7 act %%EOF"
    assert "Серікова" not in taken["Content-Disposition"]
    edited = desk.get(reverse("indicator", args=[contract.pk, second.pk])).content.decode()
    assert 'value="casework.closed|outcome|solved" selected' in edited


def test_money_and_stages_are_written_down_at_the_desk(cast: Cast) -> None:
    desk = cast.coordinator.client
    send(desk, "contract_new", **TYPED_TERMS)
    contract = Contract.objects.get()
    send(desk, "line_new", contract.pk, **LABELS, code="01", plan="1000")
    line = BudgetLine.objects.get()
    spent = {"on": "2026-05-20", "amount": "1200.50", "document": "Чек 1", "file": paper()}
    page = send(desk, "spend", contract.pk, line.pk, **spent)
    assert 'class="late"' in page
    spending = Spending.objects.get()
    document = desk.get(reverse("spent_document", args=[contract.pk, spending.pk]))
    assert b"".join(document).startswith(b"%PDF")
    page = send(desk, "spent_strike", contract.pk, spending.pk)
    assert "<del>" in page
    assert 'class="late"' not in page
    send(desk, "stage_new", contract.pk, **LABELS, due_on="2026-04-30", done_on="")
    stage = Stage.objects.get()
    send(desk, "stage", contract.pk, stage.pk, **LABELS, due_on="2026-04-30", done_on="2026-04-29")
    stage.refresh_from_db()
    assert str(stage.done_on) == "2026-04-29"


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("indicator_new", {**PROMISE, "source": ""}, "Неден есептелетінін таңдаңыз"),
        ("indicator_new", {**PROMISE, "source": "x.y"}, "Мұндай жарияланатын көрсеткіш жоқ"),
        ("contract_edit", {**TYPED_TERMS, "last_on": "2026-03-31"}, "басталмай тұрып"),
        ("stage_new", {**LABELS, "due_on": "2027-05-05"}, "шарт мерзіміне кірмейді"),
    ],
)
def test_what_is_refused_is_said_in_kazakh_and_what_was_typed_stays(
    cast: Cast, name: str, data: dict[str, str], says: str
) -> None:
    desk = cast.coordinator.client
    send(desk, "contract_new", **TYPED_TERMS)
    contract = Contract.objects.get()
    answer = desk.post(reverse(name, args=[contract.pk]), data)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert says in page
    assert next(iter(data.values())) in page


def test_an_account_goes_all_its_way_at_the_desk(cast: Cast) -> None:
    cases(40)
    account = reporting.make_account()
    catch_up()
    desk, lawyer, official = cast.coordinator.client, cast.lawyer.client, cast.official.client
    page = desk.get(reverse("account", args=[account.pk])).content.decode()
    assert "Бұл алдын ала көрініс" in page
    assert reverse("account_approve", args=[account.pk]) not in page
    assert desk.post(reverse("account_seal", args=[account.pk])).status_code == 409
    reporting.close_quarter()
    for client in (desk, lawyer):
        seen = client.get(reverse("account", args=[account.pk])).context["digest"]
        page = send(client, "account_approve", account.pk, digest=seen)
    assert "Мөрмен бекіту" not in page
    page = send(desk, "account_seal", account.pk)
    assert "Тапсырыс берушіге жіберу" not in page
    assert official.get(reverse("received_account", args=[account.pk])).status_code == 404
    row = queries.account(account.pk)
    making.make(actor=COORDINATOR, account=row, progress=lambda _done, _total: None)
    send(desk, "account_send", account.pk)
    page = official.get(reverse("received_account", args=[account.pk])).content.decode()
    assert "Ашылған істер" in page
    for name in ("received_document", "account_document"):
        client = official if name.startswith("received") else desk
        answer = client.get(reverse(name, args=[account.pk, "kk", "pdf"]))
        assert b"".join(answer).startswith(b"%PDF-")
    told = official.get(reverse("received_content", args=[account.pk])).json()
    assert told["digest"] == queries.account(account.pk).digest
    address = reverse("received_account", args=[account.pk])
    answer = official.post(address, {"answer": "return", "remarks": ""})
    assert answer.status_code == 400
    remarks = "<b>Түсініктеме</b> қосыңыз"
    page = send(official, "received_account", account.pk, answer="return", remarks=remarks)
    assert "&lt;b&gt;Түсініктеме" in page
    page = send(desk, "account_again", account.pk)
    assert Account.objects.get(version=2).state == State.DRAFT
    # What came back with the version before is before whoever mends it.
    assert "&lt;b&gt;Түсініктеме" in page


def test_what_is_begun_is_opened_and_its_lists_name_each_column(cast: Cast) -> None:
    cases(12)
    contract = make_contract()
    plan(contract, opened=12)
    address = reverse("account_new", args=[contract.pk])
    answer = cast.coordinator.client.post(address, {"period": QUARTER})
    account = Account.objects.get()
    assert answer["Location"] == reverse("account", args=[account.pk])
    reporting.make_money(contract)
    page = cast.coordinator.client.get(answer["Location"])
    (stages,) = (each for each in page.context["annexes"] if each["heading"] == "Шарттың кезеңдері")
    assert [[column for column, _cell in row] for row in stages["rows"]] == [stages["columns"]]
    assert f'data-label="{stages["columns"][0]}"' in page.content.decode()


def test_markup_in_a_narrative_stays_text_and_an_enormous_one_is_refused(cast: Cast) -> None:
    account = reporting.make_account()
    desk = cast.coordinator.client
    address = reverse("account_write", args=[account.pk])
    marked = '<script>alert(1)</script> #import "x" {{ 7*7 }} *жуан* $x$'
    data = {"summary_kk": marked, "summary_ru": marked, "seen": str(account.edition)}
    answer = desk.post(address, data, follow=True)
    page = answer.content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; #import" in page
    assert "<script>alert" not in page
    edition = str(queries.account(account.pk).edition)
    answer = desk.post(address, {"summary_kk": "ы" * 30_000, "seen": edition})
    assert answer.status_code == 400
    assert "Мәтін тым ұзын" in answer.content.decode()
    answer = desk.post(address, {"summary_kk": "Тел. 8 701 222 33 44", "seen": edition})
    assert "8 701 222 33 44" in answer.content.decode()
    assert queries.narratives_of(account)["summary", "kk"] == marked


def test_each_section_says_whether_approval_waits_for_it(cast: Cast) -> None:
    account = reporting.make_account()
    desk = cast.coordinator.client
    address = reverse("account_write", args=[account.pk])
    form = desk.get(address).context["form"]
    for part in current().sections:
        for language in queries.LANGUAGES:
            label = form[f"{part.code}_{language}"].as_field_group().split("</label>")[0]
            assert ("мақұлдау алдында қажет" in label) is part.is_required
            assert ("міндетті емес" in label) is not part.is_required
    # A draft may be saved with whatever is there.
    assert desk.post(address, {"gaps_kk": "Қар", "seen": str(account.edition)}).status_code == 302


def test_a_picture_is_added_and_what_is_none_is_refused(cast: Cast) -> None:
    account = reporting.make_account()
    desk = cast.coordinator.client
    words = dict.fromkeys(("caption_kk", "caption_ru", "alt_kk", "alt_ru"), "Кездесу")
    address = reverse("account_picture_new", args=[account.pk])
    for content in (b"GIF89a", b"\xff\xd8\xff\xe0 broken"):
        upload = SimpleUploadedFile("a.jpg", content, "image/jpeg")
        assert desk.post(address, {**words, "file": upload}).status_code == 400
    upload = SimpleUploadedFile("a.jpg", reporting.picture(), "image/jpeg")
    page = send(desk, "account_picture_new", account.pk, **words, file=upload)
    (picture,) = queries.pictures_of(account)
    assert 'alt="Кездесу"' in page
    shown = desk.get(reverse("account_picture", args=[account.pk, picture.pk]))
    assert shown["Content-Type"] == "image/jpeg"
    send(desk, "account_picture_remove", account.pk, picture.pk)
    assert queries.pictures_of(account) == []


def test_a_template_of_the_organisation_is_checked_before_it_is_taken(cast: Cast) -> None:
    desk = cast.coordinator.client
    ours = desk.get(reverse("account_template_ours"))
    upload = SimpleUploadedFile("a.docx", ours.content, "x")
    page = send(desk, "account_templates", language="kk", file=upload)
    assert queries.template("kk")
    assert "Өзіміздің үлгіге оралу" in page
    address = reverse("account_templates")
    broken = SimpleUploadedFile("b.docx", b"PK\x03\x04 nothing", "x")
    assert desk.post(address, {"language": "kk", "file": broken}).status_code == 400
    send(desk, "account_template_drop", "kk")
    assert queries.template("kk") is None
    assert word.default_template() == ours.content


def test_plan_and_fact_stand_on_one_page(cast: Cast) -> None:
    cases(40)
    account = reporting.make_account(planned=0)
    for person in (cast.coordinator, cast.official):
        page = person.client.get(reverse("progress", args=[account.contract_id]))
        text = page.content.decode()
        assert page.status_code == 200
        assert "№ 5 акт" in text
        assert "қайта есептелмейді" in text
    listed = cast.official.client.get(reverse("progress_list")).content.decode()
    assert account.contract.number in listed
