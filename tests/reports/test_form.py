"""The form as a reporter meets it: through the real addresses, in three languages."""

import pytest

from baqylau.reports.models import Report
from tests.reports.browsing import Reporter
from tests.reports.making import House

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
PAGES = ("/report/", "/report/asked/", "/report/paid/", "/report/guard/", "/report/slips/")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_from_the_start_page_to_the_receipt(ready: House, language: str) -> None:
    reporter = Reporter(language).open("/report/asked/")
    reporter.press("begin-steps")
    for _step in range(6):
        assert reporter.answer.status_code == 200, reporter.words
        reporter.press("next")
    assert "send" in reporter.buttons, reporter.words
    reporter.press("send")
    assert reporter.answer.status_code == 200
    assert len(reporter.digits.replace(" ", "")) == 28
    assert Report.objects.count() == 1
