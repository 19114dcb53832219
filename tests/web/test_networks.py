"""Whence a visitor's request comes: a network's mark, and no address anywhere."""

from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from baqylau.web.middleware import unaddressed
from baqylau.web.networks import HEADER, LOCAL, forget_address, mark, network_of

V4 = st.ip_addresses(v=4).map(str)
V6 = st.ip_addresses(v=6).map(str)


def came(**environ: str) -> HttpRequest:
    request = RequestFactory().post("/report/channel/", **environ)  # type: ignore[arg-type]  # mypy does not follow names into a call
    forget_address(request.META)
    return request


def test_neighbours_share_a_mark_and_others_do_not() -> None:
    assert mark("203.0.113.7") == mark("203.0.113.250") == mark("203.0.113.0")
    assert mark("203.0.113.7") != mark("203.0.114.7")
    assert mark("2001:db8:1:200::1") == mark("2001:db8:1:2ff:8::2") == mark("2001:db8:1:200::")
    assert mark("2001:db8:1:200::1") != mark("2001:db8:1:300::1")
    assert mark("::ffff:203.0.113.9") == mark("203.0.113.7")


@pytest.mark.parametrize(
    "address", ["", "127.0.0.1", "127.0.0.0", "::1", "::", "unix:", "nonsense", "1" * 4_000]
)
def test_this_machine_and_what_is_no_address_are_local(address: str) -> None:
    assert mark(address) == LOCAL


def test_another_address_of_the_loopback_is_a_network_like_any_other() -> None:
    assert mark("127.0.0.1") != mark("127.0.0.2") == mark("127.0.0.3") != mark("127.9.0.2")


@given(V4 | V6)
def test_a_mark_shows_nothing_of_the_address(address: str) -> None:
    assert address not in mark(address)
    assert mark(address) == LOCAL or len(mark(address)) == 32


@given(V4, V4)
def test_nobody_but_the_proxy_may_tell_of_another_address(peer: str, told: str) -> None:
    request = came(REMOTE_ADDR=peer, **{HEADER: told})
    expected = told if peer == "127.0.0.1" else peer
    assert network_of(request) == mark(expected)


@given(V4 | V6)
def test_no_address_is_left_in_the_request(address: str) -> None:
    names = (HEADER, "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED")
    for environ in (
        {"REMOTE_ADDR": address, "REMOTE_PORT": "5"},
        {"REMOTE_ADDR": "127.0.0.1"} | dict.fromkeys(names, f"for={address}"),
        {"REMOTE_ADDR": "127.0.0.1"} | dict.fromkeys(names, address),
    ):
        left = {name: value for name, value in came(**environ).META.items() if "wsgi" not in name}
        assert address not in str(left).replace("testserver", "")
        assert "REMOTE_PORT" not in left


@pytest.mark.parametrize(("path", "is_kept"), [("/", False), ("/ru/x/", False), ("/desk/x/", True)])
def test_the_desk_alone_knows_addresses(path: str, is_kept: bool) -> None:
    seen: list[dict[str, Any]] = []

    def page(request: HttpRequest) -> HttpResponse:
        seen.append(dict(request.META))
        return HttpResponse()

    unaddressed(page)(RequestFactory().get(path, REMOTE_ADDR="203.0.113.7"))
    assert (seen[0]["REMOTE_ADDR"] == "203.0.113.7") is is_kept


def test_the_address_is_dropped_before_anything_else_sees_the_request() -> None:
    assert settings.MIDDLEWARE[0] == "baqylau.web.middleware.unaddressed"
