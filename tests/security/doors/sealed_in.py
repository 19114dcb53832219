"""What was sealed, signed or handed out: keys, envelopes, receipts, tickets, slips, shares."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyrage
from django.conf import settings
from django.core import signing
from django.test import RequestFactory
from nacl.signing import SigningKey

from baqylau.contacts import keyring as contacts
from baqylau.journal import keys as journal
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.operation import passphrases, sealing
from baqylau.reception import keyring as reception
from baqylau.reports import keyring as reports
from baqylau.reports.services.ceremony import read_ceremony
from baqylau.reports.services.drilling import first_share
from baqylau.reports.services.passes import redeem
from baqylau.reports.views.receipt import _checked
from baqylau.reports.views.unlocking import COOKIE, read_cookie
from baqylau.seal import boxes, items, keys, locks, notes, receipts, shares, slips, tickets, wraps
from baqylau.seal.errors import SealError
from baqylau.seal.keys import Use
from baqylau.seal.wraps import Binding, Role
from baqylau.staff import browser
from baqylau.staff.services.invitations import find_invitation
from baqylau.web import strangers
from tests.seal.making import QUICK, report
from tests.security.doors.door import Door

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SECRET, PASSPHRASE = b"s" * 32, "қыр басында қызыл түлкі"
SIGNING = bytes(range(32))
PUBLIC = bytes(SigningKey(SIGNING).verify_key)
ONE = report(b"one", b"two")
OWN = keys.generate(Use.PERSON)
BINDING = Binding("r-1", Role.OFFICER, "o-1")
RECEIPT = receipts.make("482109", "3".zfill(20))
TICKET = tickets.issue(ONE.key, SECRET, "officer/o-1", now=NOW)
SLIP = slips.make(
    SIGNING, ONE.key, ONE.id, ONE.entries[0], site="kontrol.example.org", on=NOW.date()
)
LISTED = slips.make_list(
    SIGNING, [slips.read(SLIP, PUBLIC).hash], site="kontrol.example.org", week="2026-W48"
)
HELD = shares.make().shares[0]
BACKUP = pyrage.x25519.Identity.generate()
PUBLIC_OF_COPIES = str(BACKUP.to_public()).encode()
ARCHIVE = pyrage.encrypt(b"content" * 2_000, [BACKUP.to_public()])


def _item(content: bytes) -> object:
    entries = [replace(ONE.entries[0], digest=sha256(content).hexdigest()), ONE.entries[1]]
    return items.open_item(ONE.key, ONE.id, entries, 1, content)


def _sealed_file(content: bytes) -> object:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "a.age"
        place.write_bytes(content)
        with sealing.opened(place, [BACKUP]) as stream:
            return stream.read()


def _request(**cookies: str) -> Any:  # noqa: ANN401 - a request as views of the desk take it
    request = RequestFactory().get("/desk/")
    request.COOKIES.update(cookies)
    return request


def _told(text: str) -> object:
    """The page after a receipt, which reads what the page before it carried."""
    request = RequestFactory().post("/", {"told": text, "last": "0000"})
    return _checked(request, is_desk=False)


def _or_true(take: Callable[[Any], object]) -> Callable[[Any], object]:
    """Of readers that answer with nothing for what is not ours: nothing is an answer too."""
    return lambda given: (take(given), True)


def _key_files() -> tuple[Door, ...]:
    """Files of keys/, as a person puts them back from a stick."""
    files: dict[str, tuple[str, Callable[[], object], bytes]] = {
        "journal/keys.py:seed": ("journal.key", journal.seed, SIGNING.hex().encode()),
        "contacts/keyring.py:_read": ("contacts.key", contacts.ring, b"00000001 " + b"ab" * 32),
        "reception/keyring.py:_secret": ("reception.key", reception._secret, b"ab" * 32),
        "reports/keyring.py:secret": ("reports.key", reports.secret, b"ab" * 32),
        "operation/sealing.py:recipient": ("backup.pub", sealing.recipient, PUBLIC_OF_COPIES),
    }
    return tuple(
        Door(
            f"keys/{name}",
            partial(_put_back, name, read),
            (content,),
            () if name == ANEW else (DomainError,),
            (reader,),
        )
        for reader, (name, read, content) in files.items()
    )


ANEW = "reports.key"
"""A key that opens nothing that is stored: one that cannot be read is made anew."""


def _put_back(name: str, read: Callable[[], object], content: bytes) -> object:
    place = Path(settings.KEYS) / name
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(content)
    try:
        return read()
    finally:
        place.unlink()


SEALED = (SealError,)
DOORS = (
    Door(
        "boxes",
        lambda box: boxes.unseal(SECRET, box, b"a"),
        (boxes.seal(SECRET, b"content", b"a"),),
        (boxes.BoxError,),
    ),
    Door(
        "secret keys of age",
        lambda text: keys.from_text(Use.REPORT, text),
        (ONE.key.text,),
        SEALED,
        ("seal/keys.py:from_text", "seal/keys.py:SecretKey.identity"),
    ),
    Door(
        "public keys of age",
        keys.recipient,
        (ONE.key.public,),
        SEALED,
        ("seal/keys.py:recipient",),
    ),
    Door(
        "sealed items of reports",
        _item,
        (ONE.ciphertexts[0],),
        SEALED,
        ("seal/items.py:open_stream", "seal/envelope.py:read_foot"),
    ),
    Door(
        "sealed notes",
        lambda sealed: notes.unseal(OWN, "r-1", sealed),
        (notes.seal("жазба", "r-1", [OWN.public]),),
        SEALED,
        ("seal/notes.py:unseal",),
    ),
    Door(
        "wraps of keys",
        lambda sealed: wraps.unwrap(OWN, BINDING, sealed, public=ONE.key.public),
        (wraps.wrap(ONE.key, BINDING, OWN.public),),
        SEALED,
        ("seal/wraps.py:unwrap",),
    ),
    Door(
        "locks behind passphrases and receipts",
        lambda locked: locks.unlock(locked, "x", "y"),
        (locks.lock("secret", "x", "y", QUICK),),
        (locks.LockError,),
        ("seal/locks.py:_key",),
        megabytes=160,
        examples=15,
    ),
    Door(
        "receipts as they are typed",
        receipts.read,
        (RECEIPT.printed(), RECEIPT.number),
        SEALED,
        ("seal/receipts.py:read", "seal/digits.py:read", "seal/digits.py:read_checked"),
    ),
    Door(
        "tickets of an open key",
        lambda ticket: tickets.redeem(ticket, SECRET, "officer/o-1", now=NOW),
        (TICKET,),
        SEALED,
        ("seal/tickets.py:redeem",),
    ),
    Door(
        "shares of the recovery key",
        shares.read,
        (HELD,),
        SEALED,
        ("seal/shares.py:read", "seal/shares.py:rebuild"),
    ),
    Door(
        "filing slips",
        lambda text: slips.read(text, PUBLIC),
        (SLIP,),
        SEALED,
        ("seal/slips.py:read", "seal/slips.py:_verified"),
    ),
    Door(
        "lists of slips",
        lambda text: slips.read_list(text, PUBLIC),
        (LISTED,),
        SEALED,
        ("seal/slips.py:read_list",),
    ),
    Door(
        "key files of copies",
        lambda content: sealing.read_identities(content, "backup.key"),
        (f"# made\n{BACKUP}\n".encode(),),
        (DomainError,),
        ("operation/sealing.py:read_identities",),
    ),
    Door(
        "sealed copies",
        _sealed_file,
        (ARCHIVE,),
        (DomainError,),
        ("operation/sealing.py:opened.feed",),
    ),
    Door(
        "key files behind a passphrase",
        lambda content: passphrases.unlock(content, PASSPHRASE, "backup.key.age"),
        (pyrage.passphrase.encrypt(b"secret", PASSPHRASE),),
        (DomainError,),
        ("seal/behind.py:_bare", "seal/behind.py:_as_bytes"),
        seconds=20.0,
        examples=4,
    ),
    Door(
        "tokens of public forms",
        _or_true(lambda text: strangers.is_ours({"token": text}, "x")),
        (strangers.token("x"),),
        covers=("web/strangers.py:is_ours",),
    ),
    Door(
        "the cookie of a browser",
        _or_true(lambda text: browser.read(_request(**{browser.COOKIE: text}))),
        (signing.dumps({"number": "x", "known": []}, salt=browser.SALT),),
        covers=("staff/browser.py:read",),
    ),
    Door(
        "the cookie of an unlocked key",
        _or_true(lambda text: read_cookie(_request(**{COOKIE: text}))),
        ("c2VjcmV0",),
        covers=("reports/views/unlocking.py:read_cookie",),
    ),
    Door(
        "passes of an open channel",
        redeem,
        ("c2VjcmV0",),
        SEALED,
        ("reports/services/passes.py:redeem",),
    ),
    Door(
        "pages of the ceremony",
        lambda text: read_ceremony(actor=Actor("a"), ticket=text),
        ("00" * 60,),
        (DomainError,),
        ("reports/services/ceremony.py:read_ceremony",),
    ),
    Door(
        "pages of a drill",
        lambda text: first_share(actor=Actor("a"), ticket=text),
        ("00" * 60,),
        (DomainError,),
        ("reports/services/drilling.py:first_share",),
    ),
    Door(
        "links of invitations",
        find_invitation,
        ("secret:signature",),
        (DomainError,),
        ("staff/services/invitations.py:find_invitation",),
    ),
    Door(
        "the page after a receipt",
        _told,
        ("x:y",),
        (DomainError,),
        ("reports/views/receipt.py:_checked", "reports/views/receipt.py:_page"),
    ),
    *_key_files(),
)
