"""The open channel: what a reporter does in it, once, beside officers, and for nobody else."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.reports import keyring
from baqylau.reports.models import Item, Part, Report, Wrap
from baqylau.reports.queries.contents import open_part, open_wrap
from baqylau.reports.queries.talk import Talk, receipt_report, talk_of
from baqylau.reports.rules.answers import Name
from baqylau.reports.rules.contents import FileHead, Kind
from baqylau.reports.services import channel, passes
from baqylau.reports.services.channel import Sending
from baqylau.reports.services.filing import Filed
from baqylau.reports.services.names import ask_for_name, grant_name, open_name
from baqylau.reports.services.once import Opened, add_once
from baqylau.reports.services.triage import has_agreed
from baqylau.reports.store import all_digests
from baqylau.reports.taxonomy import State
from baqylau.seal import derive, tickets
from baqylau.seal.errors import SealError
from baqylau.seal.wraps import Role
from tests.reports.conftest import TODAY
from tests.reports.making import STORY, House, file
from tests.reports.talking import officer_opens, officer_says

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
SLOW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def opened(filed: Filed) -> Opened:
    """The channel, by its receipt."""
    return channel.open_channel(receipt=filed.receipt, report=channel.found(filed.receipt))


def talk(to: Opened) -> Talk:
    return talk_of(to.report, to.part, to.key)


def sending(name: str = "сурет.jpg", content: bytes = b"content" * 2_000) -> Sending:
    return Sending(FileHead(name, "image/jpeg", len(content)), io.BytesIO(content))


def test_reporter_and_officer_read_each_other(ready: House) -> None:
    filed, report = file()
    to = opened(filed)
    assert channel.write(to=to, text="Тағы бір дәлел бар", mark="a")
    officer_says(ready.officers[0], report, "Рақмет, оқып шықтық")
    said = [(one.kind, one.is_ours, one.text) for one in talk(to).said]
    assert said == [
        (Kind.REPORT, False, STORY),
        (Kind.REPORTER, False, "Тағы бір дәлел бар"),
        (Kind.OFFICER, True, "Рақмет, оқып шықтық"),
    ]
    other = officer_opens(ready.officers[1], report)
    assert [one.text for one in talk(other).said][1:] == [one[2] for one in said][1:]


def test_the_same_message_sent_twice_is_there_once(ready: House) -> None:
    filed, _report = file()
    to = opened(filed)
    assert channel.write(to=to, text="бір рет", mark="m", files=[sending()], seen=1)
    assert not channel.write(to=to, text="бір рет", mark="m", files=[sending()], seen=1)
    assert [one.kind for one in talk(to).said] == [Kind.REPORT, Kind.FILE, Kind.REPORTER]


@pytest.mark.django_db(databases=["default", "sealed"], transaction=True)
def test_a_message_sent_by_many_threads_at_once_is_there_once(ready: House) -> None:
    filed, _report = file()
    to = opened(filed)

    def send(number: int) -> bool:
        try:
            report = Report.objects.get(pk=to.report.pk)
            own = Opened(report, to.part, to.key)
            return channel.write(to=own, text="бір рет", mark="m", files=[sending()], seen=1)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(send, range(4))) == 1
    assert [one.kind for one in talk(to).said] == [Kind.REPORT, Kind.FILE, Kind.REPORTER]
    stored = Item.objects.filter(ciphertext=None).values_list("digest", flat=True)
    assert all_digests() == set(stored)


@pytest.mark.django_db(databases=["default", "sealed"], transaction=True)
def test_officers_and_reporter_writing_at_once_are_all_heard(ready: House) -> None:
    filed, report = file()
    to = opened(filed)

    def say(number: int) -> None:
        try:
            own = Report.objects.get(pk=report.pk)
            if number % 2:
                officer_says(ready.officers[0], own, f"{number} жауап")
            else:
                mine = Opened(own, to.part, to.key)
                channel.write(to=mine, text=f"{number} сұрақ", mark=str(number))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(say, range(8)))
    said = {one.text for one in talk(to).said[1:]}
    assert said == {f"{n} жауап" if n % 2 else f"{n} сұрақ" for n in range(8)}


def test_a_file_arrives_and_the_same_one_is_not_kept_twice(ready: House) -> None:
    filed, _report = file()
    to = opened(filed)
    channel.write(to=to, text="", mark="1", files=[sending(), sending("екінші.jpg")], seen=1)
    # The line broke before the answer came: another page sends one of them again.
    channel.write(to=to, text="", mark="2", files=[sending()], seen=1)
    heads = talk(to).own_files
    assert [head.name for head in heads] == ["сурет.jpg", "екінші.jpg"]
    assert talk(to).file_of_ours(2) is None


def test_a_reporter_who_writes_makes_the_report_unread_again(ready: House) -> None:
    filed, report = file()
    Report.objects.filter(pk=report.pk).update(
        state=State.CLOSED, closed_on=clock.today(), delete_on=clock.today()
    )
    to = opened(filed)
    channel.write(to=to, text="Тағы болды", mark="a")
    report.refresh_from_db()
    assert (report.state, report.closed_on, report.delete_on) == (State.NEW, None, None)


def test_agreement_is_given_only_where_it_was_asked_and_once(ready: House) -> None:
    filed, report = file()
    to = opened(filed)
    assert not channel.agree(to=to, mark="a")
    officer_says(ready.officers[0], report, "Келісесіз бе?", asks="case")
    asked = talk(to).asked
    assert asked is not None
    assert asked.text == "Келісесіз бе?"
    assert channel.agree(to=to, mark="b")
    assert not channel.agree(to=to, mark="c")
    assert talk(to).asked is None


def test_the_last_word_about_a_case_holds(ready: House) -> None:
    filed, report = file()
    to = opened(filed)
    assert not channel.decline(to=to, mark="a"), "nobody asked"
    officer_says(ready.officers[0], report, "Келісесіз бе?", asks="case")
    assert channel.agree(to=to, mark="b")
    assert has_agreed(report, to.items())
    officer_says(ready.officers[0], report, "Басқа мекемеге де жазайық па?", asks="case")
    assert has_agreed(report, to.items()), "asked again, and not answered yet"
    assert channel.decline(to=to, mark="c")
    assert not channel.decline(to=to, mark="d")
    assert not has_agreed(report, to.items())
    assert talk(to).asked is None


def test_a_reporter_cannot_ask_in_an_officer_s_place(ready: House) -> None:
    filed, _report = file()
    to = opened(filed)
    channel._say(to, Kind.REPORTER, {"text": "x", "asks": "case"}, "m")
    assert talk(to).asked is None


def test_an_officer_neither_agrees_nor_ends_nor_is_named_in_a_reporter_s_place(
    ready: House,
) -> None:
    filed, report = file()
    to, officer = opened(filed), ready.officers[0]
    officer_says(officer, report, "Келісесіз бе?", asks="case")
    for kind in (Kind.AGREED, Kind.ENDED, Kind.NAMED):
        values = {"on": "2026-07-01", "sealed": ""}
        there = officer_opens(officer, report)
        assert add_once(to=there, kind=kind, values=values, mark="x", actor=officer.actor)
    seen = talk(to)
    assert seen.asked is not None
    assert (seen.is_ended, seen.has_name) == (False, False)
    key = ready.custodians[0].key
    assert channel.names_told_later(report=report, items=to.items(), name_key=key) == []
    assert channel.agree(to=to, mark="b")
    assert talk(to).asked is None


def test_a_closed_channel_takes_nothing_any_more(ready: House) -> None:
    filed, report = file()
    to = opened(filed)
    assert channel.end(to=to, mark="a")
    assert not channel.end(to=to, mark="b")
    report.refresh_from_db()
    assert report.state == State.NEW
    attempts: list[Callable[[], object]] = [
        lambda: channel.write(to=to, text="x", mark="c"),
        lambda: channel.give_name(to=to, name=Name("А"), mark="d"),
        lambda: channel.agree(to=to, mark="e"),
    ]
    for attempt in attempts:
        with pytest.raises(DomainError) as refused:
            attempt()
        assert refused.value.code == "ended"
    assert len(talk(to).said) == 2


def test_closing_a_report_that_officers_have_closed_does_not_open_it(ready: House) -> None:
    filed, report = file()
    Report.objects.filter(pk=report.pk).update(state=State.CLOSED, delete_on=clock.today())
    channel.end(to=opened(filed), mark="a")
    report.refresh_from_db()
    assert report.state == State.CLOSED
    assert report.delete_on == clock.today()


def test_a_name_told_later_is_closed_to_whoever_holds_the_report(ready: House) -> None:
    filed, report = file()
    to = opened(filed)
    before = set(Item.objects.filter(report=report).values_list("part", "number"))
    told = Name("Айгүл Серікова", "+7 700 000 00 00", "кешке")
    channel.give_name(to=to, name=told, mark="a")
    added = set(Item.objects.filter(report=report).values_list("part", "number")) - before
    # Nothing in clear says that it is a name: one more item of the conversation.
    assert added == {(Part.REPORT, 2)}
    officer = officer_opens(ready.officers[0], report)
    items = officer.items()
    assert items[1].kind == Kind.NAMED
    assert "Айгүл" not in items[1].content.decode()
    assert talk(officer).has_name
    for key in (officer.key, ready.officers[0].key):
        with pytest.raises(SealError):
            channel.names_told_later(report=report, items=items, name_key=key)


def test_a_custodian_s_key_opens_a_name_told_later_and_no_other_report_s(ready: House) -> None:
    filed, report = file()
    _other_filed, other = file()
    to, custodian = opened(filed), ready.custodians[0]
    channel.give_name(to=to, name=Name("Айгүл"), mark="a")
    channel.give_name(to=to, name=Name("Айгүл", "+7 700"), mark="b")
    key = open_wrap(report, Part.NAME, Role.CUSTODIAN, custodian.key, custodian.actor.key)
    names = channel.names_told_later(report=report, items=to.items(), name_key=key)
    assert names == [Name("Айгүл"), Name("Айгүл", "+7 700")]
    foreign = open_wrap(other, Part.NAME, Role.CUSTODIAN, custodian.key, custodian.actor.key)
    with pytest.raises(SealError):
        channel.names_told_later(report=report, items=to.items(), name_key=foreign)


def test_an_asker_reads_the_name_told_later_once_a_custodian_agreed(ready: House) -> None:
    filed, report = file(name=Name().dumped())
    asker, custodian = ready.officers[0], ready.custodians[0]
    channel.give_name(to=opened(filed), name=Name("Айгүл", reach="кешке"), mark="a")
    row = ask_for_name(actor=asker.actor, report=report, reason="wish", note="")
    with pytest.raises(SealError):
        open_name(actor=asker.actor, own=asker.key, report=report)
    grant_name(actor=custodian.actor, own=custodian.key, row=row)
    given = open_name(actor=asker.actor, own=asker.key, report=report)
    assert [(each.get("name"), each.get("reach")) for each in given] == [("Айгүл", "кешке")]
    Wrap.objects.filter(report=report, part=Part.REPORT, holder=asker.actor.key).delete()
    assert open_name(actor=asker.actor, own=asker.key, report=report) == []


def test_a_conversation_has_an_end_for_floods_and_not_for_officers(
    ready: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed, report = file()
    to = opened(filed)
    monkeypatch.setattr(channel, "ITEMS", 2)
    channel.write(to=to, text="1", mark="1")
    with pytest.raises(DomainError) as refused:
        channel.write(to=to, text="2", mark="2")
    assert refused.value.code == "too_many"
    assert officer_says(ready.officers[0], report, "жауап")


def test_files_have_a_limit_together(ready: House, monkeypatch: pytest.MonkeyPatch) -> None:
    filed, _report = file()
    to = opened(filed)
    monkeypatch.setattr(channel, "TOTAL", 20_000)
    channel.write(to=to, text="", mark="1", files=[sending()])
    with pytest.raises(DomainError) as refused:
        channel.write(to=to, text="", mark="2", files=[sending("2.jpg")])
    assert refused.value.code == "too_much"
    assert len(all_digests()) == 1


def test_unknown_and_deleted_locators_have_no_channel(ready: House) -> None:
    filed, report = file()
    begun = derive.started()
    Report.objects.filter(pk=report.pk).update(lock=None)
    assert receipt_report(filed.receipt.locator) is None
    with pytest.raises(SealError) as refused:
        channel.found(filed.receipt)
    assert refused.value.code == "receipt_unknown"
    assert derive.started() == begun


def test_a_pass_is_good_for_a_quarter_of_an_hour(ready: House) -> None:
    filed, report = file()
    text = passes.issue(opened(filed))
    again = passes.redeem(text)
    assert (again.report, again.part) == (report, Part.REPORT)
    assert open_part(again.key, report, Part.REPORT)
    with clock.frozen(TODAY + tickets.LIFETIME - timedelta(seconds=1)):
        passes.redeem(text)
    for wrong in (tickets.LIFETIME, -timedelta(minutes=2)):
        with clock.frozen(TODAY + wrong), pytest.raises(SealError) as refused:
            passes.redeem(text)
        assert refused.value.code == "ticket_over"


def test_a_pass_tells_nothing_and_dies_with_its_report(ready: House) -> None:
    filed, report = file()
    text = passes.issue(opened(filed))
    assert report.pk not in text
    assert filed.receipt.locator not in text
    Report.objects.filter(pk=report.pk).update(public="")
    with pytest.raises(SealError) as refused:
        passes.redeem(text)
    assert refused.value.code == "ticket_over"


@SLOW
@given(data=st.data())
def test_a_pass_that_was_changed_opens_nothing(ready: House, data: st.DataObject) -> None:
    if not Report.objects.exists():
        file()
    report = Report.objects.get()
    key = officer_opens(ready.officers[0], report)
    text = passes.issue(key)
    place = data.draw(st.integers(0, len(text) - 1))
    sign = data.draw(st.sampled_from("ABCabc012-_=é\0 "))
    changed = text[:place] + sign + text[place + 1 :]
    assume(changed != text)
    with pytest.raises(SealError) as refused:
        passes.redeem(changed)
    assert refused.value.code == "ticket_wrong"


@SLOW
@given(st.text(max_size=400))
def test_no_other_text_is_a_pass(folders: object, text: str) -> None:
    with pytest.raises(SealError) as refused:
        passes.redeem(text)
    assert refused.value.code == "ticket_wrong"


def test_the_secret_of_passes_is_made_once_and_anew_when_damaged(folders: object) -> None:
    first = keyring.secret()
    assert keyring.secret() == first
    assert keyring.path().stat().st_mode & 0o777 == 0o600
    for damaged in ("", "nonsense", "ab" * 31):
        keyring.path().write_text(damaged)
        assert len(keyring.secret()) == tickets.SECRET
    assert keyring.secret() != first


def test_the_journal_says_number_and_hash_and_nothing_of_a_message(ready: House) -> None:
    filed, _report = file()
    to = opened(filed)
    channel.write(to=to, text="құпия сөз", mark="mark-of-it")
    channel.give_name(to=to, name=Name("Айгүл"), mark="mark-of-name")
    for entry in Entry.objects.using("sealed").all():
        for word in ("құпия", "Айгүл", "mark-of", filed.receipt.locator, "reporter"):
            assert word not in entry.payload
