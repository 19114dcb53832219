"""The page on which an event is planned: institutions found, speakers offered, nothing lost."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from baqylau.institutions import services as institutions
from baqylau.kernel.access import SYSTEM
from baqylau.kernel.errors import NotAllowedError, RefusalsError
from baqylau.outreach.forms.days import LastDayField
from baqylau.outreach.forms.events import SHOWN, found_bodies
from baqylau.outreach.models import Campaign, Event, Goal, SpeakerNote
from baqylau.outreach.services.events import change_event
from baqylau.outreach.services.goals import set_goals
from tests.cast import Cast
from tests.outreach.making import (
    BOSS,
    LECTURER,
    SCHOOL,
    TARAZ,
    TODAY,
    campaign,
    make_event,
    make_school,
    make_speaker,
)
from tests.outreach.test_desk_pages import planned, sent, shown
from tests.outreach.test_events import plan


@given(st.dates(max_value=date(9999, 12, 30)))
def test_a_last_day_comes_back_as_it_was_typed(last: date) -> None:
    field = LastDayField()
    until = field.clean(last.isoformat())
    assert until == last + timedelta(days=1)
    assert field.prepare_value(until) == last


def test_no_last_day_is_no_end_and_the_calendars_last_one_is_refused_in_words() -> None:
    assert LastDayField(required=False).clean("") is None
    with pytest.raises(Exception, match="күн"):
        LastDayField().clean("9999-12-31")
    assert LastDayField().prepare_value("31.02.2026") == "31.02.2026"


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reach")]


def test_those_so_named_come_before_those_that_stand_in_a_street_of_that_name() -> None:
    make_school(name_kk="№ 1 емхана", kind="polyclinic", address_kk="Мектеп көшесі, 4")
    make_school(name_kk="№ 777 «Самал» мектебі")
    found = [row.name_kk for row in found_bodies("мектеп")]
    assert found.index("№ 777 «Самал» мектебі") < found.index("№ 1 емхана")


def test_a_handful_is_offered_and_nothing_for_nothing() -> None:
    for number in range(SHOWN + 3):
        make_school(name_kk=f"Атқарушы {number}")
    assert len(found_bodies("атқарушы")) == SHOWN
    assert found_bodies("  ") == []
    assert [row.code for row in found_bodies(f" {SCHOOL} ")] == [SCHOOL]


def test_two_of_one_name_are_told_apart_by_district_and_street(cast: Cast) -> None:
    make_school(name_kk="Абай мектебі", address_kk="Сулутөр, 8")
    make_school(name_kk="Абай мектебі", district="314800000")
    page = sent(
        cast.lecturer.client, "event_new", data=planned(bodies=[], find="абай", add="1"), status=200
    )
    assert "Сулутөр, 8" in page
    assert "Қордай ауданы" in page
    assert page.count('formaction="#where"') == 3


def test_an_institution_is_asked_for_where_none_is_chosen_yet(cast: Cast) -> None:
    browser = cast.lecturer.client
    page = sent(browser, "event_new", data=planned(bodies=[], topic_kk=""), status=400)
    assert {"#id_find", "#id_topic_kk"} <= set(re.findall(r'href="(#id_\w+)"', page))
    assert "(міндетті емес)" not in label_of(page, "id_find")
    with_one = shown_with_one(browser)
    assert "(міндетті емес)" in label_of(with_one, "id_find")


def label_of(page: str, control: str) -> str:
    """The label of a control."""
    found = re.search(rf'<label for="{control}">(.*?)</label>', page, re.DOTALL)
    assert found
    return found[1]


def shown_with_one(browser: Client) -> str:
    """The page with an institution taken from the list of those never reached."""
    answer = browser.get(f"/desk/events/new/?institution={SCHOOL}")
    return answer.content.decode()


def test_who_is_not_trained_or_pauses_is_offered_with_that_word(cast: Cast) -> None:
    ready, pausing = make_speaker(name="Дайын"), make_speaker(name="Үзілісте жүрген")
    make_speaker(name="Жаңадан келген")
    for row, kind in ((ready, "trained"), (pausing, "trained"), (pausing, "paused")):
        SpeakerNote.objects.create(speaker=row, kind=kind, on=TODAY, author="boss")
    page = shown(cast.lecturer.client, "event_new")
    assert re.search(r"Дайын\s*<", page)
    assert "Үзілісте жүрген (үзілісте)" in page
    assert "Жаңадан келген (әлі оқудан өтпеген)" in page


def test_an_event_is_not_moved_to_a_day_after_its_institution_has_gone() -> None:
    gone = make_school()
    row = make_event(at=(gone,))
    until = TODAY + timedelta(days=5)
    institutions.close(actor=SYSTEM, code=gone.code, until_on=until, successor="")
    gone.refresh_from_db()
    same = plan([gone], on=row.on, topic_kk="Басқа")
    row = change_event(actor=LECTURER, event=row, said=same, revision=1)
    with pytest.raises(RefusalsError) as caught:
        change_event(actor=LECTURER, event=row, said=plan([gone], on=until), revision=2)
    assert [each.code for each in caught.value.refusals] == ["closed"]
    assert Event.objects.get().on == TODAY


def test_a_lecturer_keeps_no_campaign_no_leaflet_and_no_goal(cast: Cast) -> None:
    row, browser = campaign(), cast.lecturer.client
    for name, args in (
        ("campaign_new", ()),
        ("campaign_change", (row.code,)),
        ("material_new", (row.code,)),
        ("coverage_goals", ()),
    ):
        shown(browser, name, *args, status=403)
    for name in ("campaigns_desk", "coverage_plan"):
        page = shown(browser, name)
        assert "/new/" not in page
        assert "/goals/" not in page
    with pytest.raises(NotAllowedError):
        set_goals(actor=LECTURER, year=2026, kind="", campaign=None, numbers={TARAZ: 3})
    assert not Goal.objects.exists()


def test_a_campaign_ends_with_the_day_that_was_typed(cast: Cast) -> None:
    browser, row = cast.coordinator.client, campaign()
    data: dict[str, object] = {
        "name_kk": "Парасыз болашаққа",
        "first_on": "2026-07-01",
        "until_on": "2026-07-01",
        "seen": row.revision,
    }
    sent(browser, "campaign_change", row.code, data=data)
    row.refresh_from_db()
    assert row.until_on == date(2026, 7, 2)
    assert 'value="2026-07-01"' in shown(browser, "campaign_change", row.code)
    data |= {"until_on": "2026-06-30", "seen": row.revision}
    assert "2026-06-30" in sent(browser, "campaign_change", row.code, data=data, status=400)


def test_nobodys_telephone_stands_in_a_campaigns_public_words(cast: Cast) -> None:
    data: dict[str, object] = {
        "name_kk": "Адал сауда",
        "aim_kk": "Айгүл, 8 701 123 45 67",
        "first_on": "2026-07-01",
    }
    page = sent(cast.coordinator.client, "campaign_new", data=data, status=400)
    assert "Айгүл, 8 701 123 45 67" in page
    assert not Campaign.objects.filter(name_kk="Адал сауда").exists()
    assert BOSS.key not in page
