"""Every address of the desk, with a real record behind it, tried by every role.

The permission table decides. A predicate may refuse what the table allows: each such refusal is
named here with its reason, and one that no longer happens fails as well.
"""

import re
import sys
from collections.abc import Iterator
from http.client import METHOD_NOT_ALLOWED

import pytest

from tests.addresses import Address
from tests.cast import Cast
from tests.security.records import Places, filled
from tests.security.walking import UNWALKED, Walker, action_of, desk_pages, send, walkers

pytestmark = [
    pytest.mark.django_db(databases=["default", "sealed"]),
    pytest.mark.once,  # who may do what is one table in the program, whatever the engine
]

GIVEN = {200, 204, 302, 400, 405, 409, 410, 422}
"""Somebody was let in: shown the page, led on, or told what is wrong with what they sent."""
LOWEST = 200
"""Addresses of the desk that must at least be walked."""

OF_ITS_AUTHOR = "a talk is corrected by whoever wrote it down, or by the coordinator"
OF_THE_DESK = "who came to the reception is opened only by those who see its talks"
BY_OBJECT = {
    ("reception_call", "adviser"): "nobody checks a talk of their own",
    ("reception_call_reveal", "adviser"): "nobody checks a talk of their own",
    ("consultation_correct", "lawyer"): OF_ITS_AUTHOR,
    ("consultation_strike", "lawyer"): OF_ITS_AUTHOR,
    ("consultation_person", "lecturer"): OF_THE_DESK,
    ("consultation_withdraw", "lecturer"): OF_THE_DESK,
    ("final_document_deliver", "lawyer"): "sent is said by whoever signs",
    ("final_document_deliver", "secretary"): "sent is said by whoever signs",
    ("reports_key_end", "custodian"): "ends the key of others: officers and the coordinator",
    ("reports_key_end", "administrator"): "ends the key of others: officers and the coordinator",
}
"""Where the object decides: (page, role), and why the role is refused this very object."""

OWN = {
    "staff_kept_fields": "a text that was kept opens for its author alone",
    "staff_kept_drop": "a text that was kept opens for its author alone",
    "mfa_deactivate_totp": "an app is put away by whoever has set one up",
    "mfa_view_recovery_codes": "codes are there once somebody has a second factor",
    "mfa_remove_webauthn": "a passkey belongs to its owner",
    "import_run": "a table that was brought is seen by whoever brought it",
    "import_apply": "a table that was brought is seen by whoever brought it",
}
"""Pages of what belongs to one person: to everybody else it is not there."""


def verdict(page: Address, walker: Walker, status: int) -> str:
    """What is wrong with an answer, or the reason for its refusal; "" for nothing."""
    action = action_of(page)
    if action and action not in walker.held:
        return "" if status in {403, 405} else "is answered without the action"
    if page.name in OWN:
        return "" if status in GIVEN | {403, 404} else "breaks"
    if status not in GIVEN:
        return BY_OBJECT.get((page.name, walker.role), "is refused with the action")
    return ""


def test_every_role_at_every_address_is_answered_as_the_table_says(
    places: Places, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong, tried, unfilled, opened, refused = [], 0, set(), set(), set()
    people = walkers(cast)
    pages = [page for page in desk_pages() if page.name not in UNWALKED]
    for page in pages:
        address = filled(page, places)
        if address is None:
            unfilled.add(page.route)
            continue
        for walker, method, status in answers(page, address, people):
            tried += 1
            opened |= {page.name} if status in GIVEN else set()
            fault = verdict(page, walker, status)
            if fault in BY_OBJECT.values():
                refused.add((page.name, walker.role))
            elif fault:
                wrong.append(
                    f"{method} {page.route} as {walker.role or 'nobody'}: {status} {fault}"
                )
    assert unfilled == set(), "nobody said what stands in these places"
    assert not wrong, "\n".join(wrong)
    assert {page.name for page in pages} - opened == set(), "nobody was let in there"
    assert refused == set(BY_OBJECT), "what is explained no longer happens"
    assert len(pages) >= LOWEST
    with capsys.disabled():
        sys.stdout.write(
            f"\n{len(pages)} addresses of the desk × {len(people)} people: {tried} answers\n"
        )


def answers(page: Address, address: str, people: list[Walker]) -> Iterator[tuple[Walker, str, int]]:
    """How everybody is answered who asks; then those who send something.

    These are whoever may not do it and, where nothing can be asked for, everybody.
    """
    for walker in people:
        status = send(walker.client, address, "GET").status_code
        yield walker, "GET", status
        if status == METHOD_NOT_ALLOWED or (action_of(page) or "") not in {"", *walker.held}:
            yield walker, "POST", send(walker.client, address, "POST").status_code


def test_what_is_not_walked_exists_and_says_why() -> None:
    names = {page.name for page in desk_pages()}
    assert set(UNWALKED) | set(OWN) | {name for name, _role in BY_OBJECT} <= names
    assert all(re.search(r"\w+ \w+", reason) for reason in (UNWALKED | OWN).values())
