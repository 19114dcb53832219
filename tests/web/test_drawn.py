"""Pages are kept as they were drawn, in a room of a fixed size, and never a person's own."""

import gzip
import os

from django.http import HttpResponse, StreamingHttpResponse

from baqylau.web.drawn import LARGE, Drawn


def test_pages_that_nobody_asks_for_make_room() -> None:
    drawn = Drawn(room=50)  # two of 24 bytes each, as they are packed
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


def test_who_unpacks_is_given_what_was_packed_once() -> None:
    drawn, text = Drawn(), "Сан ашылады. ".encode() * 100
    drawn.keep('"t"', HttpResponse(text, headers={"ETag": '"t"', "Vary": "Accept-Encoding"}))
    packed, plain = drawn.page('"t"', is_packed=True), drawn.page('"t"')
    assert packed is not None
    assert plain is not None
    assert (plain.content, plain["ETag"]) == (text, '"t"')
    assert "Content-Encoding" not in plain
    assert (gzip.decompress(packed.content), packed["ETag"]) == (text, 'W/"t"')
    assert (packed["Content-Encoding"], packed["Vary"]) == ("gzip", "Accept-Encoding")


def test_a_file_that_is_saved_is_never_packed_anew() -> None:
    drawn = Drawn()
    saved = HttpResponse(b"BEGIN" * 99, headers={"Content-Disposition": "attachment"})
    drawn.keep("f", saved)
    given = drawn.page("f", is_packed=True)
    assert given is not None
    assert (given.content, given.headers) == (b"BEGIN" * 99, saved.headers)
