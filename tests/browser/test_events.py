"""A lecturer on a telephone and a coordinator at the desk, from the plan to the doubt."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import enter
from tests.browser.pressing import press
from tests.browser.site import ROOT, Site

pytestmark = [pytest.mark.browser, pytest.mark.once]
EVENT = re.compile(r"/desk/events/(?!new/)[^/]+/$")


def test_a_lecturer_plans_and_reports_on_a_small_telephone(chrome: Browser, site: Site) -> None:
    context = chrome.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    enter(context, site, "kk")
    sheet = context.new_page()
    sheet.goto(site.address("/desk/events/new/"))
    sheet.fill("input[name=topic_kk]", "Ауылдағы кездесу")
    sheet.fill("input[name=find]", "мектеп")
    press(sheet, "button[name=add]")
    expect(sheet.locator("input[name=topic_kk]")).to_have_value("Ауылдағы кездесу")
    press(sheet, "button[name=take]")
    expect(sheet.locator("input[name=bodies]")).to_be_checked()
    send(sheet)
    sheet.wait_for_url(EVENT)
    sheet.goto(f"{sheet.url}report/")
    sheet.fill("input[name=total]", "-3")
    send(sheet)
    expect(sheet.locator(".summary")).to_be_visible()
    expect(sheet.locator("input[name=total]")).to_have_value("-3")
    sheet.locator("main summary").first.click()
    sheet.fill("input[name=female-from_18]", "12")
    table = sheet.locator("table.heads").bounding_box()
    assert table
    assert table["x"] + table["width"] <= 360
    sheet.fill("input[name=total]", "27")
    send(sheet)
    sheet.wait_for_url(EVENT)
    expect(sheet.locator(".answer")).to_have_text("27")
    context.close()


@pytest.fixture(scope="module")
def met(site: Site) -> dict[str, str]:
    """A coordinator, a lecturer who speaks, and an event that was held today."""
    words = [sys.executable, "-m", "tests.browser.meet"]
    done = subprocess.run(
        words, cwd=ROOT, env=site.environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


def window(chrome: Browser, session: str) -> Page:
    """A desk on which somebody is signed in."""
    context = chrome.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    cookie = {"name": "desk", "value": session, "domain": "localhost", "path": "/desk/"}
    context.add_cookies([cookie])  # type: ignore[list-item]  # a cookie, as the protocol has it
    return context.new_page()


def send(sheet: Page) -> None:
    """Press the button at the end of the form."""
    press(sheet, sheet.locator("main form button[type=submit]").last)


def test_a_coordinator_goes_where_nobody_was_and_looks_at_a_doubt(
    chrome: Browser, site: Site, met: dict[str, str], tmp_path: Path
) -> None:
    sheet = window(chrome, met["coordinator"])
    sheet.goto(site.address("/desk/coverage/?kind=school"))
    never = sheet.locator("tbody tr").first.locator("th a")
    name = never.inner_text()
    press(sheet, sheet.locator("tbody tr").first.locator("a[href*='institution=']"))
    sheet.fill("input[name=topic_kk]", "Бұрын бармаған жер")
    sheet.fill("input[name=find]", "емхана")
    press(sheet, "button[name=add]")
    press(sheet, "button[name=take]")
    expect(sheet.locator("input[name=bodies]:checked")).to_have_count(2)
    sheet.fill("input[name=starts_at]", "15:30")
    sheet.fill("input[name=ends_at]", "16:30")
    sheet.check(f"input[name=speakers][value='{met['speaker']}']")
    send(sheet)
    address = sheet.url.partition("#")[0]
    assert sheet.url == address

    sheet.goto(f"{address}confirm/")
    sheet.fill("input[name=confirmed_by]", "мектеп хаты № 14")
    send(sheet)
    press(sheet, "form[action$='/held/'] button")
    scan = tmp_path / "sheet.pdf"
    scan.write_bytes(b"%PDF-1.7 names %%EOF")
    sheet.fill("input[name=total]", "31")
    sheet.locator("main summary").first.click()
    sheet.fill("input[name=female-from_18]", "15")
    sheet.fill("input[name=male-from_29]", "12")
    sheet.set_input_files("input[name=sheet]", scan)
    send(sheet)
    expect(sheet.locator(".answer")).to_have_text("31")
    with sheet.expect_download() as taken:
        sheet.locator("form[action*='/sheets/1/'] button").first.click()
    assert taken.value.path().read_bytes() == scan.read_bytes()

    sheet.goto(site.address("/desk/coverage/?kind=school"))
    expect(sheet.locator("tbody th a", has_text=name)).to_have_count(0)
    # Both events were of one speaker at one time: somebody without a part in them looks at it.
    sheet.goto(site.address("/desk/doubts/"))
    press(sheet, "tbody tr a")
    expect(sheet.locator("h1")).to_have_text("Бір дәріскер бір мезгілде екі жерде")
    expect(sheet.locator("main a[href$='/verdict/']")).to_have_count(0)
    sheet.context.close()


def test_a_lecturer_changes_no_event_but_their_own(
    chrome: Browser, site: Site, met: dict[str, str]
) -> None:
    sheet = window(chrome, met["lecturer"])
    own = sheet.goto(site.address(f"/desk/events/{met['event']}/report/"))
    assert own
    assert own.status == 200
    strange = sheet.goto(site.address("/desk/coverage/goals/"))
    assert strange
    assert strange.status == 403
    sheet.goto(site.address("/desk/events/"))
    sheet.select_option("select[name=whose]", "mine")
    press(sheet, "form.tools button")
    expect(sheet.locator("tbody a", has_text="Сынақ дәрісі")).to_have_count(1)
    others = sheet.locator("tbody a").count()
    sheet.goto(site.address("/desk/events/"))
    assert sheet.locator("tbody a").count() > others
    sheet.context.close()
