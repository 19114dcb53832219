"""A resident answers with a one-time code; a coordinator plans where nobody was.

The resident has a telephone 360 pixels wide, Kazakh, and no script.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.browser.conftest import enter
from tests.browser.pressing import press
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.once]
PHONE = ViewportSize(width=360, height=740)
MADE = """
import django, json
django.setup()
from django.db import transaction
from baqylau.institutions.models import Institution
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM, Actor
from baqylau.outreach.models import Event, Quiz, Visited
from baqylau.outreach.services.codes import print_codes
from baqylau.outreach.services.quizzes import give
from baqylau.outreach.services.reaching import follow

boss = Actor("browser", frozenset({"coordinator"}))
body = Institution.objects.filter(kind="school").order_by("pk").first()
with transaction.atomic():
    event = Event.objects.create(
        kind="lecture", topic_kk="Пара және құқық", district_id=body.district_id,
        on=clock.today(), stage="held", people=30, author="browser",
    )
    Visited.objects.create(event=event, institution=body)
    follow(event=event, actor=SYSTEM)
give(actor=boss, event=event, quiz=Quiz.objects.filter(until_on=None).first())
(code,) = print_codes(actor=boss, event=event, moment="before", number=1)
print(json.dumps({"event": event.code, "code": code, "body": body.code}))
"""


@pytest.fixture(scope="module")
def made(site: Site) -> dict[str, str]:
    """An event of today at a school, with a test and one code."""
    done = subprocess.run(
        [sys.executable, "-c", MADE],
        env=site.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.fixture
def telephone(chrome: Browser) -> Iterator[Page]:
    """A resident's telephone; scripts are switched off."""
    context = chrome.new_context(viewport=PHONE, java_script_enabled=False, locale="kk-KZ")
    yield context.new_page()
    assert context.cookies() == []
    context.close()


def fits(page: Page) -> bool:
    """Whether nothing is wider than the screen."""
    box = page.locator("html").bounding_box()
    main = page.locator("main").bounding_box()
    return bool(box and main and main["x"] + main["width"] <= PHONE["width"])


def test_a_resident_sends_the_five_questions_once(
    telephone: Page, site: Site, made: dict[str, str]
) -> None:
    telephone.goto(site.address("/test/"))
    telephone.get_by_label("Код").fill(made["code"].lower())
    press(telephone, telephone.get_by_role("button").last)
    expect(telephone.locator("fieldset")).to_have_count(5)
    assert fits(telephone)
    for number in range(1, 6):
        telephone.locator(f"input[name=q{number}]").first.check()
    press(telephone, telephone.get_by_role("button", name="Жіберу"))
    expect(telephone.get_by_role("heading", level=1)).to_have_text("Рақмет")
    telephone.go_back()
    expect(telephone.get_by_role("heading", level=1)).to_have_text("Есепке алынған")


def test_a_wrong_code_is_said_kindly(telephone: Page, site: Site) -> None:
    telephone.goto(site.address("/test/"))
    telephone.get_by_label("Код").fill("ZZZZ-ZZZZ")
    press(telephone, telephone.get_by_role("button").last)
    expect(telephone.get_by_role("alert")).to_contain_text("ешбір сынама ашылмайды")


def test_a_resident_sees_where_the_programme_was(
    telephone: Page, site: Site, made: dict[str, str]
) -> None:
    telephone.goto(site.address(f"/reached/?year={datetime.now(UTC).year}"))
    expect(telephone.locator(".answer")).to_be_visible()
    assert fits(telephone)
    telephone.goto(site.address(f"/reached/events/{made['event']}/"))
    expect(telephone.locator(f"main a[href='/institutions/{made['body']}/']")).to_be_visible()
    assert fits(telephone)


@pytest.fixture
def coordinator(chrome: Browser, site: Site) -> Iterator[BrowserContext]:
    """The window of somebody who coordinates."""
    context = chrome.new_context(viewport={"width": 1280, "height": 800})
    enter(context, site, "kk")
    yield context
    context.close()


def test_a_coordinator_plans_an_event_where_nobody_was(
    coordinator: BrowserContext, site: Site
) -> None:
    page = coordinator.new_page()
    page.goto(site.address("/desk/coverage/?kind=school"))
    row = page.locator("tbody tr").first
    code = (row.locator("th a").get_attribute("href") or "").rstrip("/").rpartition("/")[2]
    press(page, row.get_by_role("link", name="Осында іс-шара жоспарлау"))
    assert code in page.content()
    assert f"institution={code}" in page.url
