"""Figures of comments on drafts: each number is the length of the list that it opens."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from baqylau.councils.figures_drafts import FIGURES, FOLDS
from baqylau.councils.models import Comment
from baqylau.councils.services.moderating import Replied, answer_comments, read_comment
from baqylau.figures import verification
from baqylau.figures.queries import pages
from baqylau.figures.queries.definitions import figure
from baqylau.figures.queries.telling import last_number
from baqylau.figures.rules.results import Answer, Estimate, Exact
from baqylau.figures.rules.spans import choose
from baqylau.figures.services.folding import catch_up, counted, fold_next
from baqylau.kernel import clock
from baqylau.kernel.figures import Slice
from tests.councils.discussing import LAST, discussed, on, published, say
from tests.councils.making import AKIMAT, COORDINATOR, LAWYER, SCHOOL, SECRETARY, body

pytestmark = pytest.mark.django_db


@pytest.fixture
def life(house: None) -> None:
    """Six published comments on two drafts; one taken back, four answered, one of them anew."""
    one, other = discussed(), discussed(institution=body(SCHOOL))
    found = [published(one, f"{number}-пікір") for number in range(4)]
    theirs = [published(other, f"Басқа {number}") for number in range(2)]
    say(one, "Оқылмаған")
    with on(LAST + timedelta(days=1)):
        for row, picked, answer in (
            (one, found[:2], "accepted"),
            (one, found[2:3], "refused"),
            (other, theirs[:1], "partly"),
            (one, found[1:2], "refused"),
        ):
            codes = [each.code for each in picked]
            replied = Replied(answer, "Себебі осы.")
            answer_comments(actor=LAWYER, draft=row, codes=codes, replied=replied)
        taken = Comment.objects.get(code=found[2].code)
        read_comment(actor=SECRETARY, comment=taken, revision=taken.revision, refusal="insult")


def whole(code: str) -> Answer:
    """A figure's whole of the year."""
    catch_up()
    chosen = choose("2026")
    assert chosen
    return pages.whole(figure(code), pages.Asked(COORDINATOR, chosen, clock.today())).answer


def shares() -> list[tuple[float, int]]:
    """The two shares with their n."""
    found = [whole(code) for code in ("councils.comments_answered", "councils.comments_accepted")]
    assert all(isinstance(each, Estimate) for each in found)
    return [(round(each.value, 3), each.n) for each in found if isinstance(each, Estimate)]


def test_published_comments_are_counted_as_they_stand(life: None) -> None:
    with clock.frozen(datetime(2026, 9, 1, 7, tzinfo=UTC)):
        assert whole("councils.comments") == Exact(5)
        assert shares() == [(0.6, 5), (0.667, 3)]


def test_every_number_is_as_long_as_the_list_that_it_opens(life: None, client: Client) -> None:
    lengths = []
    for each in FIGURES:
        for opened in (each.records, each.counted):
            if opened:
                address = opened(COORDINATOR, Slice())
                assert address
                lengths.append(_length(client, address))
    assert lengths == [5, 5, 3, 3, 2]
    records = FIGURES[0].records
    assert records
    for code, count in ((AKIMAT, 3), (SCHOOL, 2)):
        address = records(COORDINATOR, Slice(dimension="body", value=code))
        assert address
        assert _length(client, address) == count


def _length(client: Client, address: str) -> int:
    page = client.get(address).content.decode()
    assert 'rel="next"' not in page
    return len(re.findall(r'<li id="c', page))


def test_entries_one_by_one_and_all_together_add_up_to_the_same(life: None) -> None:
    (fold,) = FOLDS
    while fold_next(fold=fold, last=last_number(), most=1):
        pass
    assert verification.kept(fold) == counted(fold, last_number())
    assert verification.kept(fold)
