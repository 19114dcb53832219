"""The judge of content policies tells a good one from each bad one."""

import pytest

from tests.security.csp import faults, faults_of_file

pytestmark = pytest.mark.once

PUBLIC = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
DESK = PUBLIC + "; script-src 'self'; connect-src 'self'"


def test_what_the_site_sends_is_found_good() -> None:
    assert faults(PUBLIC, scripts=False) == []
    assert faults(DESK, scripts=True) == []
    assert faults_of_file("sandbox; default-src 'none'") == []


@pytest.mark.parametrize(
    ("worse", "fault"),
    [
        (PUBLIC.replace("default-src 'none'", "default-src 'self'"), "default-src is not 'none'"),
        (PUBLIC.replace("default-src 'none'; ", ""), "object-src is open"),
        (PUBLIC.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'"), "unsafe-inline"),
        (PUBLIC.replace("img-src 'self'", "img-src *"), "img-src allows *"),
        (PUBLIC.replace("img-src 'self'", "img-src 'self' data:"), "img-src allows data:"),
        (PUBLIC.replace("img-src 'self'", "img-src https:"), "img-src allows https:"),
        (PUBLIC.replace("img-src 'self'", "img-src cdn.example.org"), "img-src allows cdn"),
        (PUBLIC.replace("base-uri 'none'; ", ""), "base-uri is not 'none'"),
        (PUBLIC.replace("base-uri 'none'", "base-uri 'self'"), "base-uri is not 'none'"),
        (PUBLIC.replace("form-action 'self'; ", ""), "forms may be sent elsewhere"),
        (PUBLIC.replace("form-action 'self'", "form-action https:"), "forms may be sent elsewhere"),
        (PUBLIC.replace("; frame-ancestors 'none'", ""), "frame-ancestors is not 'none'"),
        (PUBLIC + "; object-src 'self'", "object-src is open"),
        (PUBLIC + "; script-src 'self'", "scripts may run"),
        (PUBLIC + "; frame-src 'self'", "frame-src is open"),
        (PUBLIC + "; style-src 'none'", "style-src stands twice"),
        (PUBLIC + "; base-uri 'none' 'self'", "base-uri stands twice"),
        (PUBLIC.replace("'none'; style", "'none' 'self'; style"), "'none' is void"),
        (PUBLIC + "; script-scr 'none'", "no directive that is known"),
        (PUBLIC + "; report-uri https://example.org/", "no directive that is known"),
        (PUBLIC + ", default-src *", "two policies"),
        ("", "default-src is not 'none'"),
    ],
)
def test_a_policy_that_lets_something_through_is_found(worse: str, fault: str) -> None:
    assert any(fault in found for found in faults(worse, scripts=False)), worse


@pytest.mark.parametrize(
    "source",
    ["'unsafe-eval'", "'wasm-unsafe-eval'", "'strict-dynamic'", "'nonce-abc'", "blob:", "https:"],
)
def test_no_word_lets_other_scripts_run_at_the_desk(source: str) -> None:
    worse = DESK.replace("script-src 'self'", f"script-src 'self' {source}")
    assert faults(worse, scripts=True) == [f"script-src allows {source}"]


@pytest.mark.parametrize(
    "worse", ["default-src 'none'", "sandbox allow-scripts; default-src 'none'", "sandbox"]
)
def test_a_file_without_its_sandbox_is_found(worse: str) -> None:
    assert faults_of_file(worse)
