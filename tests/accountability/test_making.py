"""Making the documents takes a moment: the page says how far it is, and what went wrong."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import Settings

from baqylau.accountability.models import Account, AccountDocument
from baqylau.accountability.queries import accounts as queries
from baqylau.accountability.services import making
from baqylau.files import store
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from tests.accountability import reporting
from tests.accountability.reporting import NOW
from tests.cast import Cast
from tests.documents.accounts.test_own_templates import template
from tests.figures.contracts import COORDINATOR

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "sealed"])


@pytest.fixture
def account(house: None, tmp_path: Path, settings: Settings) -> Iterator[Account]:
    """An account that is being written."""
    settings.FILES_ROOT = tmp_path / "files"
    with clock.frozen(NOW):
        yield reporting.make_account()


def made(cast: Cast, account: Account) -> str:
    """What the page says while the documents are being made."""
    answer = cast.coordinator.client.post(reverse("account_make", args=[account.pk]))
    assert answer.streaming
    return b"".join(answer).decode()


def test_a_page_grows_while_the_documents_are_made(account: Account, cast: Cast) -> None:
    page = made(cast, account)
    assert "Құжаттар жасалып жатыр" in page
    assert "<li>6 / 6</li>" in page
    assert reverse("account", args=[account.pk]) in page
    assert AccountDocument.objects.count() == 6
    shown = cast.coordinator.client.get(reverse("account", args=[account.pk])).content.decode()
    assert reverse("account_document", args=[account.pk, "ru", "xlsx"]) in shown
    draft = cast.coordinator.client.get(
        reverse("account_document", args=[account.pk, "kk", "docx"])
    )
    assert "-draft.docx" in draft["Content-Disposition"]
    assert b"".join(draft).startswith(b"PK")


PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
OWN = template(PARAGRAPH.format("Біздің үлгі: {{ title }}, {{ period_label }}"))


def test_a_template_with_an_unknown_field_is_refused_with_its_place(
    account: Account, cast: Cast
) -> None:
    broken = template(PARAGRAPH.format("Аты: {{ visitor.name }}"))
    upload = SimpleUploadedFile("a.docx", broken, "x")
    address = reverse("account_templates")
    answer = cast.coordinator.client.post(address, {"language": "kk", "file": upload})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "visitor.name" in page
    assert "1-абзац" in page
    assert queries.template("kk") is None


def test_a_document_in_the_organisations_template_is_made_anew_when_it_changes(
    account: Account,
) -> None:
    making.make(actor=COORDINATOR, account=account, progress=lambda _d, _t: None)
    making.set_template(actor=COORDINATOR, language="kk", content=OWN)
    assert making.make(actor=COORDINATOR, account=account, progress=lambda _d, _t: None) == 1
    document = queries.document(account, "kk", "docx")
    with store.read(document.file_id) as file, zipfile.ZipFile(io.BytesIO(file.read())) as archive:
        text = archive.read("word/document.xml").decode()
    assert "Біздің үлгі: Тапсырыс берушіге есеп, 2026 жылғы 2-тоқсан" in text
    with pytest.raises(DomainError):
        making.set_template(actor=COORDINATOR, language="en", content=OWN)
    making.drop_template(actor=COORDINATOR, language="kk")
    assert making.make(actor=COORDINATOR, account=account, progress=lambda _d, _t: None) == 1
