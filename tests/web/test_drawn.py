"""Pages are kept as they were drawn, in a room of a fixed size, and never a person's own."""

import os

from django.http import HttpResponse, StreamingHttpResponse

from baqylau.web.drawn import LARGE, Drawn


def test_pages_that_nobody_asks_for_make_room() -> None:
    drawn = Drawn(room=30)  # two of twelve bytes each, as they are packed
    for tag in "abc":
        drawn.keep(tag, HttpResponse(b"1234"))
        drawn.page("a")
    assert [tag for tag in "abc" if drawn.page(tag)] == ["a", "c"]
    drawn.keep("c", HttpResponse(b"1234"))
    assert drawn.page("a") is not None


def test_what_is_large_personal_or_in_parts_is_not_kept() -> None:
    drawn, personal = Drawn(), HttpResponse(b"x")
    personal.set_cookie("who", "me")
    cannot_be_packed = os.urandom(LARGE + 1)
    drawn.keep("large", HttpResponse(cannot_be_packed))
    drawn.keep("personal", personal)
    drawn.keep("parts", StreamingHttpResponse([b"x"]))  # type: ignore[arg-type]  # what a view may give all the same
    assert not [tag for tag in ("large", "personal", "parts") if drawn.page(tag)]
