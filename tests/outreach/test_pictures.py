"""Pictures and links: what is shown to whom, and how much of them an event takes."""

from hashlib import sha256

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from baqylau.files.models import StoredFile
from baqylau.kernel.errors import DomainError, NotAllowedError, RefusalsError
from baqylau.outreach.models import Event, Link, Picture, Stage
from baqylau.outreach.services import pictures
from baqylau.outreach.services.events import cancel_event
from baqylau.outreach.services.pictures import Pictured, is_address
from tests.outreach.making import LECTURER, OTHER, make_event
from tests.outreach.test_likeness import jpeg, scene


@given(st.text(max_size=40))
def test_what_is_no_address_of_a_page_is_told_and_not_raised(text: str) -> None:
    assert not is_address(f"javascript:{text}")
    assert not is_address(f"https://name:{text}@example.org/")


def test_an_address_ends_at_400_signs() -> None:
    assert is_address(f"https://example.org/{'a' * 380}")
    assert not is_address(f"https://example.org/{'a' * 381}")


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reach")]


def put(event: Event, seed: int, **said: object) -> Picture:
    """A drawn picture at the event."""
    content = jpeg(scene(seed))
    whole = {"alt_kk": "Зал", **said}
    return pictures.put_picture(
        actor=LECTURER,
        event=event,
        said=Pictured(content, "image/jpeg", **whole),  # type: ignore[arg-type]  # of many kinds
        small=content,
        digest=sha256(content).hexdigest(),
    )


def at_the_public_address(picture: Picture) -> tuple[int, str]:
    """The status of the picture's public page, and for how long it may be kept."""
    answer = Client().get(reverse("reached_picture", args=[picture.file_id]))
    return answer.status_code, answer.headers.get("Cache-Control", "")


def test_who_took_consent_back_is_seen_nowhere_an_hour_later() -> None:
    row = put(make_event(stage=Stage.HELD), 1, has_consent=True)
    assert at_the_public_address(row) == (200, "public, max-age=3600")
    pictures.agree(actor=LECTURER, picture=row, has_consent=False)
    assert at_the_public_address(row)[0] == 404


def test_a_picture_of_a_cancelled_event_is_not_shown() -> None:
    event = make_event(stage=Stage.HELD)
    row = put(event, 1, has_consent=True)
    cancel_event(actor=LECTURER, event=event, reason_kk="Боран")
    assert at_the_public_address(row)[0] == 404


def test_an_event_has_twelve_pictures_and_the_same_one_once() -> None:
    event = make_event(stage=Stage.HELD)
    first = put(event, 0)
    assert put(event, 0).pk == first.pk
    for seed in range(1, pictures.PICTURES):
        put(event, seed)
    with pytest.raises(DomainError, match="12"):
        put(event, 99)
    orders = list(Picture.objects.order_by("order").values_list("order", flat=True))
    assert orders == list(range(1, pictures.PICTURES + 1))


def test_a_removed_picture_takes_its_content_along_and_goes_once() -> None:
    row = put(make_event(stage=Stage.HELD), 1)
    for _again in range(2):
        pictures.remove_picture(actor=LECTURER, picture=row)
    assert not Picture.objects.exists()
    assert not StoredFile.objects.filter(digest=row.file_id).exists()


def test_one_content_at_two_events_stays_until_both_let_it_go() -> None:
    one, other = (put(make_event(stage=Stage.HELD), 1, has_consent=True) for _each in range(2))
    pictures.remove_picture(actor=LECTURER, picture=one)
    assert at_the_public_address(other)[0] == 200


def test_strangers_touch_no_picture_and_no_link() -> None:
    event = make_event(stage=Stage.HELD)
    row = put(event, 1)
    link = pictures.add_link(
        actor=LECTURER, event=event, url="https://example.org/a", title="Газет"
    )
    with pytest.raises(NotAllowedError):
        pictures.agree(actor=OTHER, picture=row, has_consent=True)
    with pytest.raises(NotAllowedError):
        pictures.remove_picture(actor=OTHER, picture=row)
    with pytest.raises(NotAllowedError):
        pictures.remove_link(actor=OTHER, link=link)
    assert (Picture.objects.count(), Link.objects.count()) == (1, 1)


def test_a_link_without_a_title_or_with_a_telephone_in_it_is_refused() -> None:
    event = make_event(stage=Stage.HELD)
    for title in (" ", "Айгүл, 8 701 123 45 67"):
        with pytest.raises(RefusalsError) as caught:
            pictures.add_link(actor=LECTURER, event=event, url="https://example.org/a", title=title)
        assert [each.field for each in caught.value.refusals] == ["title"]
    assert not Link.objects.exists()


def test_an_event_has_twenty_links() -> None:
    event = make_event(stage=Stage.HELD)
    for number in range(pictures.LINKS):
        pictures.add_link(
            actor=LECTURER, event=event, url=f"https://example.org/{number}", title="Газет"
        )
    with pytest.raises(DomainError, match="20"):
        pictures.add_link(actor=LECTURER, event=event, url="https://example.org/x", title="Газет")
