"""Comments are read by a person, refused by a rule with its reason, and answered, every one."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client

from baqylau.councils import working
from baqylau.councils.models import Comment, CommentState, Draft
from baqylau.councils.queries import comments, discussion
from baqylau.councils.services.moderating import (
    AT_ONCE,
    LONGEST,
    NOTE,
    Replied,
    answer_comments,
    read_comment,
)
from baqylau.journal.models import Entry
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError, NotAllowedError, RefusalsError
from baqylau.kernel.work import Asked
from baqylau.web import strangers
from tests.cast import Cast
from tests.councils.discussing import FROM_US, LAST, OPENS, discussed, on, published, say
from tests.councils.making import LAWYER, SECRETARY

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
ADVISER = Actor("adviser-1", frozenset({"adviser"}))
CLOSED = LAST + timedelta(days=1)
YES = Replied("accepted", "Қабылданды: уақыты өзгертілді.")


@pytest.fixture
def row(house: None) -> Draft:
    """A draft that is open."""
    return discussed()


def waiting(row: Draft, text: str = "Осы тармақ керек емес.") -> Comment:
    made = say(row, text).comment
    assert made
    return made


def answered(row: Draft, *found: Comment, replied: Replied = YES) -> None:
    codes = [each.code for each in found]
    with on(CLOSED):
        answer_comments(actor=LAWYER, draft=row, codes=codes, replied=replied)


# ── Reading ─────────────────────────────────────────────────────────────────────────────────────


def test_only_those_who_read_comments_publish_them(row: Draft) -> None:
    made = waiting(row)
    with pytest.raises(NotAllowedError):
        read_comment(actor=ADVISER, comment=made, revision=made.revision)
    assert published(row).state == CommentState.PUBLISHED


def test_a_refused_comment_stays_counted_and_its_author_sees_the_rule(
    row: Draft, client: Client
) -> None:
    made = waiting(row, "Бәріңіз ұрысыздар!")
    note = "Дәлелсіз айыптау бар."
    read_comment(actor=SECRETARY, comment=made, revision=1, refusal="insult", note=note)
    with on(OPENS):
        data = {"token": strangers.token("councils.comment"), "code": made.code}
        page = client.post("/drafts/comment/", data, headers=FROM_US).content.decode()
        listed = client.get(f"/drafts/{row.code}/1/comments/").content.decode()
    assert "балағаттау не қорқыту" in page
    assert note in page
    assert made.text not in page + listed
    whole = discussion.came(row)
    assert (whole.received, whole.unpublished, whole.published) == (1, 1, 0)


def test_there_are_no_other_rules_and_a_reason_holds_no_telephone(row: Draft) -> None:
    made = waiting(row)
    for refusal, note, code in (
        ("dislike", "", "rule"),
        ("insult", "а" * (NOTE + 1), "long"),
        ("insult", "+7 701 123 45 67", "personal"),
    ):
        with pytest.raises(DomainError) as error:
            read_comment(actor=SECRETARY, comment=made, revision=1, refusal=refusal, note=note)
        assert error.value.code == code
    made.refresh_from_db()
    assert made.state == CommentState.WAITING


def test_two_readers_do_not_decide_against_each_other(row: Draft) -> None:
    made = waiting(row)
    read_comment(actor=SECRETARY, comment=made, revision=1)
    with pytest.raises(ConflictError):
        read_comment(actor=LAWYER, comment=made, revision=1, refusal="insult")


def test_what_was_published_by_mistake_is_taken_back_and_the_journal_says_so(row: Draft) -> None:
    made = published(row)
    read_comment(actor=LAWYER, comment=made, revision=made.revision, refusal="personal")
    assert not comments.published_of(made.point, "").comments
    entry = Entry.objects.latest("number")
    assert entry.action == "councils.comment_read"
    assert made.text[:8] not in entry.payload


# ── Answering ───────────────────────────────────────────────────────────────────────────────────


def test_like_comments_get_one_answer_and_everybody_reads_it(row: Draft, client: Client) -> None:
    first, second = published(row, "Ұзартыңыз"), published(row, "Ұзақ жансын")
    answered(row, first, second)
    with on(CLOSED):
        page = client.get(f"/drafts/{row.code}/1/comments/").content.decode()
    assert page.count(YES.text_kk) == 2
    assert discussion.came(row).accepted == 2


@pytest.mark.parametrize(
    ("replied", "code"),
    [
        (Replied("maybe", "Себебі"), "answer"),
        (Replied("refused", " "), "empty"),
        (Replied("refused", "а" * (LONGEST + 1)), "long"),
        (Replied("refused", "ЖСН 900101300123"), "personal"),
    ],
)
def test_an_answer_has_a_reason_that_may_be_read(row: Draft, replied: Replied, code: str) -> None:
    made = published(row)
    with pytest.raises(RefusalsError) as error:
        answer_comments(actor=LAWYER, draft=row, codes=[made.code], replied=replied)
    assert error.value.code == code


def test_only_published_comments_of_the_draft_are_answered(row: Draft) -> None:
    unread, other = waiting(row), published(discussed())
    for codes in ([unread.code], [other.code], [published(row).code, unread.code]):
        with pytest.raises(DomainError) as error:
            answer_comments(actor=LAWYER, draft=row, codes=codes, replied=YES)
        assert error.value.code == "unpublished"
    for codes in ([], ["0"] * (AT_ONCE + 1)):
        with pytest.raises(RefusalsError):
            answer_comments(actor=LAWYER, draft=row, codes=codes, replied=YES)
    assert not Comment.objects.exclude(answer="").exists()


# ── What it came to ─────────────────────────────────────────────────────────────────────────────


def test_the_report_adds_up_and_its_rates_carry_their_n(row: Draft, client: Client) -> None:
    found = [published(row, f"{number}-пікір") for number in range(5)]
    answered(row, *found[:2])
    answered(row, found[2], replied=Replied("partly", "Бір бөлігі алынды."))
    answered(row, found[3], replied=Replied("refused", "Заңға қайшы."))
    refused = waiting(row, "Жарнама!")
    read_comment(actor=SECRETARY, comment=refused, revision=1, refusal="advertising")
    whole = discussion.report(row).whole
    assert (whole.received, whole.published, whole.answered, whole.unanswered) == (6, 5, 4, 1)
    assert (whole.answered_share, whole.accepted_share) == (80, 75)
    with on(OPENS):
        assert client.get(f"/drafts/{row.code}/report/").status_code == 404
    with on(CLOSED):
        page = client.get(f"/drafts/{row.code}/report/").content.decode()
    for words in ("80 %", "n = 5", "75 %", "n = 4", "жарнама: 1"):
        assert words in page


def test_the_list_of_drafts_shows_the_rates_of_all_discussions_with_their_n(
    house: None, client: Client
) -> None:
    row = discussed()
    assert "Пікірлерден не шықты" not in client.get("/drafts/").content.decode()
    for answer in ("accepted", "refused", ""):
        made = published(row, f"Пікір {answer}")
        if answer:
            replied = Replied(answer, "Себебі жазылды.")
            answer_comments(actor=SECRETARY, draft=row, codes=[made.code], replied=replied)
    page = client.get("/drafts/").content.decode()
    assert "<dd>67 %</dd>" in page
    assert "<dd>50 %</dd>" in page
    assert "n = 3" in page
    assert "n = 2" in page


def test_a_discussion_in_which_nobody_spoke_has_no_rates(row: Draft, client: Client) -> None:
    assert discussion.came(row).answered_share is None
    with on(CLOSED):
        assert " %</dd>" not in client.get(f"/drafts/{row.code}/report/").content.decode()


def test_tables_hold_every_point_and_every_published_comment(row: Draft, client: Client) -> None:
    answered(row, published(row, "=1+1 дегендей пікір"))
    waiting(row, "Оқылмаған пікір")
    with on(CLOSED):
        points = client.get(f"/drafts/{row.code}/points.csv").content.decode("utf-8-sig")
        said = client.get(f"/drafts/{row.code}/comments.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(points)))
    assert [line[0] for line in rows[1:]] == ["1", "2"]
    assert rows[1][3:9] == ["2", "0", "1", "1", "0", "0"]
    assert rows[1][9:] == ["", "", ""]
    assert "'=1+1 дегендей пікір" in said
    assert "Оқылмаған" not in said


# ── Work ────────────────────────────────────────────────────────────────────────────────────────


def test_unread_comments_are_work_at_once_and_unanswered_ones_when_it_is_closed(
    row: Draft,
) -> None:
    waiting(row)
    published(row)
    during = Asked(SECRETARY, OPENS)
    after = Asked(SECRETARY, CLOSED)
    assert [task.due_on for task in working.to_read(during)] == [OPENS + timedelta(days=1)]
    assert not working.to_answer(during)
    (task,) = working.to_answer(after)
    assert (task.due_on, task.reference) == (CLOSED, row.code)
    assert row.title_kk in task.label
    assert not working.to_read(Asked(ADVISER, CLOSED))


def test_a_secretary_reads_refuses_and_answers_at_the_desk(row: Draft, cast: Cast) -> None:
    browser = cast.secretary.client
    good, bad = waiting(row, "Жақсы ұсыныс"), waiting(row, "Жарнама")
    address = f"/desk/drafts/{row.code}/comments/"
    with on(OPENS):
        assert "Жақсы ұсыныс" in browser.get(f"{address}?only=waiting").content.decode()
        browser.post(f"/desk/drafts/comments/{good.code}/publish/", {"revision": "1"})
        look = f"/desk/drafts/comments/{bad.code}/"
        without = browser.post(look, {"revision": "1", "do": "refuse", "refusal": ""})
        assert without.status_code == 400
        browser.post(look, {"revision": "1", "do": "refuse", "refusal": "advertising"})
        bare = browser.post(address, {"answer": "accepted", "text_kk": "Рақмет"})
        assert bare.status_code == 400
        assert "Рақмет" in bare.content.decode()
        browser.post(address, {"comment": good.code, "answer": "accepted", "text_kk": "Рақмет"})
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.state, good.answer) == (CommentState.PUBLISHED, "accepted")
    assert (bad.state, bad.refusal) == (CommentState.REFUSED, "advertising")
    assert browser.get(f"{address}?only=refused").status_code == 200


def test_the_worklist_of_a_secretary_leads_to_the_comments(row: Draft, cast: Cast) -> None:
    waiting(row)
    with on(OPENS):
        page = cast.secretary.client.get("/desk/").content.decode()
        assert f"/desk/drafts/{row.code}/comments/?only=waiting" in page
        assert cast.secretary.client.get("/desk/drafts/").status_code == 200
        assert cast.secretary.client.get(f"/desk/drafts/{row.code}/").status_code == 200
        assert cast.adviser.client.get(f"/desk/drafts/{row.code}/comments/").status_code == 403


def test_no_answer_is_chosen_before_somebody_chooses_one(row: Draft, cast: Cast) -> None:
    comment = waiting(row)
    with on(OPENS):
        read_comment(actor=SECRETARY, comment=comment, revision=1)
    at = f"/desk/drafts/{row.code}/comments/?only=unanswered"
    sent = {"comment": comment.code, "answer": "", "text_kk": "Себебі бар."}
    with on(CLOSED):
        refused = cast.secretary.client.post(at, sent)
    assert refused.status_code == 400
    assert "Себебі бар." in refused.text
    comment.refresh_from_db()
    assert comment.answer == ""
