"""Plans and old meetings as a table: what is planned, what was held with whom, what is refused."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from baqylau.councils.datasets_councils import MEETINGS
from baqylau.councils.importing_meetings import IMPORTER, read_moment
from baqylau.councils.models import Attendance, Council, Invitation, Meeting, MeetingStage
from baqylau.councils.queries.meeting_work import minutes
from baqylau.councils.queries.meetings import came, quorum
from baqylau.documents.tables import CellError, Sheet, Value, write_csv, write_xlsx
from baqylau.imports import exports, rules, services
from baqylau.imports.sentences import sentence
from baqylau.jobs.models import Letter
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.kernel.work import Asked
from tests.councils.making import (
    MEETS,
    SECRETARY,
    invited,
    make_council,
    make_meeting,
    make_member,
    published,
)

pytestmark = pytest.mark.django_db
NAME = "Тараз қаласының қоғамдық кеңесі"
KK: list[Value] = [
    "Кеңес",
    "Жоспардағы күні",
    "Тақырыбы",
    "Өткен күні мен уақыты",
    "Өткен жері",
    "Қатысқандар",
    "Себебін айтқандар",
    "Неге өтпеді",
]
HELD: list[Value] = [
    NAME,
    "15.03.2025",
    "Су құбыры туралы есеп",
    "17.03.2025 15:00",
    "Мәжіліс залы",
    "Нұрлан Үлгібаев; Серік Сынақов; Гүлмира Мысалова; Бақыт Жаттығуов",
    "Айдана Үлгітай",
    "",
]
PLANNED: list[Value] = [NAME, "15.09.2026", "Жылу маусымы", "", "", "", "", ""]
OFF: list[Value] = [NAME, "15.06.2025", "Жазғы отырыс", "", "", "", "", "Кворум жиналмады."]


def looked(*rows: list[Value], headings: list[Value] | None = None) -> rules.Plan:
    """What a table would do."""
    outcome = services.look(IMPORTER, write_csv([headings or KK, *rows]))
    assert outcome.plan is not None, outcome.refusal
    return outcome.plan


def taken(*rows: list[Value], headings: list[Value] | None = None) -> int:
    """Write a table; how many rows it wrote."""
    plan = looked(*rows, headings=headings)
    assert not plan.problems, plan.problems
    return services.import_now(importer=IMPORTER, plan=plan, actor=SECRETARY)


def test_an_old_meeting_comes_with_who_was_there_and_nobody_is_written_to(
    council: Council,
) -> None:
    assert taken(HELD) == 1
    row = Meeting.objects.get()
    assert (row.stage, row.is_imported, row.published_at) == (MeetingStage.HELD, True, None)
    assert row.starts_at == datetime(2025, 3, 17, 10, 0, tzinfo=UTC)
    assert (row.planned_on, row.place_kk) == (date(2025, 3, 15), "Мәжіліс залы")
    presence = {each.member.name: each.presence for each in came(row)}
    assert presence["Серік Сынақов"] == "present"
    assert presence["Айдана Үлгітай"] == "excused"
    assert quorum(came(row)).is_there
    assert not Invitation.objects.exists()
    assert not Letter.objects.exists()
    actions = Entry.objects.filter(subject=f"meeting:{row.code}").order_by("number")
    assert [entry.action for entry in actions] == [
        "councils.meeting_planned",
        "councils.held",
        "councils.meeting_taken_over",
    ]


def test_a_plan_of_the_year_is_a_plan_and_what_was_called_off_says_why(council: Council) -> None:
    assert taken(PLANNED, OFF) == 2
    plan, off = Meeting.objects.order_by("-planned_on")
    assert (plan.stage, plan.is_imported, plan.starts_at) == (MeetingStage.PLANNED, False, None)
    assert (off.stage, off.reason_kk) == (MeetingStage.CANCELLED, "Кворум жиналмады.")
    assert taken(PLANNED, OFF) == 0, "the same again changes nothing"


def test_a_row_of_the_plan_changes_until_people_are_invited(council: Council) -> None:
    made = make_meeting(council)
    headings: list[Value] = ["Коды", *KK[:3]]
    row: list[Value] = [made.code, NAME, "20.07.2026", "Басқа тақырып"]
    assert taken(row, headings=headings) == 1
    made.refresh_from_db()
    assert (made.planned_on, made.topic_kk) == (date(2026, 7, 20), "Басқа тақырып")
    assert made.topic_ru == "Благоустройство дворов", "what has no column stays as it is"
    called = invited(council)
    assert len(looked([called.code, *row[1:]], headings=headings).problems) == 1


def test_a_meeting_of_the_plan_that_was_held_on_paper_is_told_by_a_table(council: Council) -> None:
    made = make_meeting(council, planned_on=date(2025, 3, 15), topic_kk=str(HELD[2]))
    assert taken(HELD) == 1
    made.refresh_from_db()
    assert (made.stage, Meeting.objects.count()) == (MeetingStage.HELD, 1)
    other = [*HELD[:5], "Нұрлан Үлгібаев", "", ""]
    assert len(looked(other).problems) == 1, "who came is mended at the desk, not by a table"


def test_an_old_meeting_says_so_and_waits_in_nobodys_worklist(
    council: Council, client: Client
) -> None:
    taken(HELD)
    row = Meeting.objects.get()
    page = client.get(f"/councils/meetings/{row.code}/").text
    assert "ескі тізілімнен алынған" in page
    assert "Серік Сынақов" not in page, "who came is public with the minutes"
    assert not minutes(Asked(SECRETARY, clock.today()))
    (told,) = MEETINGS.rows({"meeting": row.code})
    assert dict(zip([each.name for each in MEETINGS.fields], told, strict=True))["is_imported"]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_what_was_exported_changes_nothing_when_it_comes_back(
    council: Council, language: str
) -> None:
    with clock.frozen(MEETS):
        published(council)
    invited(council)
    taken(HELD, PLANNED, OFF)
    with translation.override(language):
        for table in (exports.as_csv(IMPORTER), exports.as_xlsx(IMPORTER)):
            outcome = services.look(IMPORTER, table)
            assert outcome.plan is not None
            assert not outcome.plan.problems
            assert services.import_now(importer=IMPORTER, plan=outcome.plan, actor=SECRETARY) == 0


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("Кеңес", "Айдағы кеңес", "кеңес жоқ"),
        ("Жоспардағы күні", "15.03.2024", "кеңес"),
        ("Өткен күні мен уақыты", "17.03.2025", "31.12.2026 10:00"),
        ("Өткен күні мен уақыты", "17.03.2025 25:00", "31.12.2026 10:00"),
        ("Өткен күні мен уақыты", "17.03.2027 10:00", "шақыр"),
        ("Өткен күні мен уақыты", "", "31.12.2026 10:00"),
        ("Қатысқандар", "", "Кім келгенін"),
        ("Қатысқандар", "Белгісіз Біреу", "Белгісіз Біреу"),
        ("Қатысқандар", "Айдана Үлгітай", "екі рет"),
        ("Неге өтпеді", "Зал жабық", "өтпей"),
        ("Тақырыбы", "", ""),
        ("Тақырыбы", "Т" * 301, "300"),
    ],
)
def test_a_row_that_cannot_be_true_is_refused_and_nothing_of_it_written(
    council: Council, column: str, value: str, words: str
) -> None:
    row = list(HELD)
    row[KK.index(column)] = value
    (problem,) = looked(row).problems
    assert words.casefold() in sentence(problem).casefold()
    assert not Meeting.objects.exists()
    assert not Attendance.objects.exists()


def test_who_did_not_sit_in_the_council_that_day_was_not_there(council: Council) -> None:
    make_member(council, "Кейін Келген", first_on=date(2025, 4, 1))
    row = list(HELD)
    row[5] = "Кейін Келген"
    assert len(looked(row).problems) == 1


def test_a_code_of_another_council_and_a_table_with_one_row_twice_are_refused(
    council: Council,
) -> None:
    other = make_council(name_kk="Екінші кеңес", name_ru="", name_en="")
    there = make_meeting(council)
    headings: list[Value] = ["Коды", *KK[:3]]
    row: list[Value] = [there.code, other.code, "20.07.2026", "Тақырып"]
    assert len(looked(row, headings=headings).problems) == 1
    assert looked(PLANNED, PLANNED).problems


def test_a_workbook_of_a_spreadsheet_is_read_too(council: Council) -> None:
    outcome = services.look(IMPORTER, write_xlsx([Sheet("Отырыстар", list(map(str, KK)), [HELD])]))
    assert outcome.plan is not None
    assert [str(change.kind) for change in outcome.plan.changes] == ["new"]


@given(st.text(max_size=24) | st.datetimes().map(lambda moment: moment.isoformat(" ", "minutes")))
def test_whatever_stands_in_a_cell_is_a_moment_or_refused(text: str) -> None:
    try:
        moment = read_moment(text)
    except (DomainError, CellError):
        return
    assert moment.tzinfo is not None
    assert read_moment(moment.strftime("%d.%m.%Y %H:%M")).replace(second=0) == moment.replace(
        second=0, microsecond=0
    )
