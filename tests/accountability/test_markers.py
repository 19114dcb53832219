"""No name, telephone or word of a person reaches an account, however it is read."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from django.urls import reverse
from pytest_django import Settings

from baqylau.accountability.models import Account
from baqylau.accountability.queries import accounts as queries
from baqylau.accountability.queries.content import content_of
from baqylau.accountability.services import making, sealing
from baqylau.councils.models import Comment
from baqylau.figures.services import catch_up
from baqylau.files import store
from baqylau.kernel import clock
from tests.accountability import peopling, reporting
from tests.accountability.reporting import NOW
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
MARKED = '<b>қою</b> #import "x" $x^2$ *жұлдыз* {{ 7*7 }} [сілтеме](http://x)'
"""Signs that HTML, typst, Word's templates and others would read as markup."""


def spoken(form: str, content: bytes) -> str:
    """All the text that a document holds, its hidden parts as well."""
    if form == "pdf":
        document = pypdfium2.PdfDocument(content)
        told = [page.get_textpage().get_text_range() for page in document]
        return " ".join([*told, *document.get_metadata_dict().values()])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return " ".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


@pytest.fixture
def account(desk: None, cast: Cast, tmp_path: Path, settings: Settings) -> Iterator[Account]:
    """A sealed account in a programme full of people, with its documents."""
    settings.FILES_ROOT = tmp_path / "files"
    with clock.frozen(NOW):
        row = peopling.plant(cast)
        reporting.write(row, MARKED)
        reporting.close_quarter()
        row = queries.account(row.pk)
        for person in (cast.coordinator, cast.lawyer):
            seen = reporting.seen(row, person.actor)
            sealing.approve(actor=person.actor, account=row, seen=seen)
        sealing.seal(actor=cast.coordinator.actor, account=row)
        row = queries.account(row.pk)
        making.make(actor=cast.coordinator.actor, account=row, progress=lambda _d, _t: None)
        catch_up()
        yield row


def documents(row: Account) -> Iterator[tuple[str, str, str]]:
    """Language, form and text of each document."""
    for each in queries.documents_of(row):
        with store.read(each.file_id) as file:
            yield each.language, each.form, spoken(each.form, file.read())


def test_the_markers_are_planted(account: Account, cast: Cast) -> None:
    """A search that finds nothing proves something only where there is something to be found."""
    page = cast.adviser.client.get("/desk/cases/").content.decode()
    assert "2026" in page
    assert peopling.found(peopling.paper().content.decode())
    contents = [
        path.read_bytes()
        for path in Path(store.path_of("0" * 64)).parent.parent.rglob("*")
        if path.is_file()
    ]
    assert any(peopling.PAPER.encode() in content for content in contents)
    assert peopling.found(cast.coordinator.client.get("/desk/").content.decode())
    speakers = cast.coordinator.client.get(reverse("speakers_desk")).content.decode()
    assert peopling.SPEAKER in speakers
    assert Comment.objects.filter(text=peopling.COMMENT).exists()
    # The event that they spoke at is in the account, and they are not.
    annexes = json.dumps(account.content["annexes"])
    assert "2026-06-10" in annexes


def test_no_document_names_anybody_and_all_of_them_say_something(account: Account) -> None:
    told = {(code, form): text for code, form, text in documents(account)}
    assert len(told) == 6
    for (code, form), text in told.items():
        assert peopling.found(text) == [], (code, form)
        assert "1.1" in text
    assert "Ашылған істер" in told["kk", "docx"]
    assert "Открытые дела" in told["ru", "xlsx"]


def test_the_frozen_content_names_nobody(account: Account) -> None:
    text = json.dumps(account.content, ensure_ascii=False)
    assert peopling.found(text) == []
    assert "person" not in text


def test_no_page_of_an_account_names_anybody_but_who_reads_it(account: Account, cast: Cast) -> None:
    cast.coordinator.user.name = "Өзім"
    cast.coordinator.user.save(update_fields=["name"])
    browser = cast.coordinator.client
    pages = [
        reverse("accounts"),
        reverse("account", args=[account.pk]),
        reverse("account_content", args=[account.pk]),
        reverse("contracts"),
        reverse("contract", args=[account.contract_id]),
        reverse("progress", args=[account.contract_id]),
    ]
    for address in pages:
        for language in ("kk", "ru"):
            session = browser.session
            session["language"] = language
            session.save()
            answer = browser.get(address)
            assert answer.status_code == 200
            assert peopling.found(answer.content.decode()) == [], address


def test_a_draft_names_nobody_either(account: Account, cast: Cast) -> None:
    Account.objects.filter(pk=account.pk).update(
        state="draft", content={}, digest="", sealed_at=None, signature=""
    )
    row = queries.account(account.pk)
    text = json.dumps(content_of(row, cast.coordinator.actor, clock.today()), ensure_ascii=False)
    assert peopling.found(text) == []
    making.make(actor=cast.coordinator.actor, account=row, progress=lambda _d, _t: None)
    for code, form, said in documents(row):
        assert peopling.found(said) == [], (code, form)


def test_markup_in_a_narrative_is_never_interpreted(account: Account, cast: Cast) -> None:
    forms = set()
    for _code, form, text in documents(account):
        plain = " ".join(text.split())
        forms.add(form)
        shown = MARKED if form == "pdf" else MARKED.replace("<", "&lt;").replace(">", "&gt;")
        quoted = shown.replace('"', "&quot;")
        assert shown in plain or quoted in plain, form
        assert "{{" in plain
    assert forms == {"pdf", "docx", "xlsx"}
    page = cast.coordinator.client.get(reverse("account", args=[account.pk])).content.decode()
    assert "&lt;b&gt;қою&lt;/b&gt;" in page
    assert "<b>қою</b>" not in page
