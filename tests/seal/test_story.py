"""One report from the first digit to the recovery of everything, as a caller would store it."""

from datetime import UTC, date, datetime

import pytest
from nacl.signing import SigningKey

from baqylau.seal import items, keys, people, receipts, shares, slips, tickets, wraps
from baqylau.seal.items import Entry
from baqylau.seal.keys import SecretKey, Use
from baqylau.seal.wraps import Binding, Role
from tests.seal.making import QUICK, refused

pytestmark = pytest.mark.once

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TEXT = "Емханада кезексіз қабылдау үшін ақша сұрады.".encode()
FILE = b"%PDF-1.7 a scan of the note with the sum"
ANSWER = "Рақмет. Қай күні болғаны есіңізде ме?".encode()
NAME = "Айгүл, +7 700 000 00 00".encode()
SIGNING = bytes(SigningKey.generate())


class Site:
    """What a site stores of one report, and the people with their keys, who are elsewhere."""

    def __init__(self) -> None:
        self.officer, self.colleague, self.custodian = (keys.generate(Use.PERSON) for _ in range(3))
        self.recovery = shares.make()
        self.receipt = receipts.make("004217", receipts.draw_secret())
        self.stored: dict[str, bytes] = {}
        self.entries: list[Entry] = []
        self.name_entries: list[Entry] = []
        self.report_public = self.name_public = ""

    def file(self) -> None:
        """A reporter files a report with a file and a name."""
        report, name = keys.generate(Use.REPORT), keys.generate(Use.NAME)
        self.report_public, self.name_public = report.public, name.public
        self.add(report, "report", TEXT)
        self.add(report, "file", FILE)
        place = items.following("r-1", "name", [])
        self.stored["name"], sealed = items.seal(name, place, NAME)
        self.name_entries.append(sealed.entry)
        self.wrap(report, Role.OFFICER, "o-1", self.officer.public)
        self.wrap(report, Role.RECOVERY, "", self.recovery.public)
        self.wrap(name, Role.CUSTODIAN, "c-1", self.custodian.public)
        self.stored["lock"] = wraps.lock_with_receipt(report, "r-1", self.receipt, cost=QUICK)

    def add(self, report: SecretKey, kind: str, content: bytes) -> None:
        place = items.following("r-1", kind, self.entries)
        ciphertext, sealed = items.seal(report, place, content)
        self.entries.append(sealed.entry)
        self.stored[f"item {place.number}"] = ciphertext

    def wrap(self, key: SecretKey, role: Role, holder: str, public: str) -> None:
        self.stored[f"{role} {holder}"] = wraps.wrap(key, Binding("r-1", role, holder), public)

    def unwrap(self, own: SecretKey, role: Role, holder: str, public: str) -> SecretKey:
        binding = Binding("r-1", role, holder)
        return wraps.unwrap(own, binding, self.stored[f"{role} {holder}"], public=public)

    def read(self, report: SecretKey) -> list[tuple[str, bytes]]:
        ciphertexts = [self.stored[f"item {entry.number}"] for entry in self.entries]
        return [
            (item.kind, item.content)
            for item in items.open_all(report, "r-1", self.entries, ciphertexts)
        ]


@pytest.fixture
def site() -> Site:
    made = Site()
    made.file()
    return made


def test_officer_and_reporter_talk_and_a_colleague_reads_it_all(site: Site) -> None:
    report = site.unwrap(site.officer, Role.OFFICER, "o-1", site.report_public)
    assert site.read(report) == [("report", TEXT), ("file", FILE)]
    site.add(report, "answer", ANSWER)
    mine = wraps.open_with_receipt(
        receipts.read(site.receipt.printed()), "r-1", site.stored["lock"], public=site.report_public
    )
    assert site.read(mine)[-1] == ("answer", ANSWER)
    site.add(mine, "message", b"On Monday.")
    site.wrap(report, Role.OFFICER, "o-2", site.colleague.public)
    second = site.unwrap(site.colleague, Role.OFFICER, "o-2", site.report_public)
    assert [kind for kind, _ in site.read(second)] == ["report", "file", "answer", "message"]


def test_the_name_opens_for_the_custodian_alone(site: Site) -> None:
    name = site.unwrap(site.custodian, Role.CUSTODIAN, "c-1", site.name_public)
    found = items.open_item(name, "r-1", site.name_entries, 1, site.stored["name"])
    assert found.content == NAME
    report = site.unwrap(site.officer, Role.OFFICER, "o-1", site.report_public)
    rebuilt = shares.rebuild(
        [shares.read(text) for text in site.recovery.shares[:2]], public=site.recovery.public
    )
    for own in (site.officer, site.colleague, rebuilt):
        with refused("wrap_closed"):
            site.unwrap(own, Role.CUSTODIAN, "c-1", site.name_public)
    with refused("key_not_this"):
        items.open_item(report, "r-1", site.name_entries, 1, site.stored["name"])
    with refused("key_not_this"):
        site.read(name)


def test_two_shares_open_the_report_when_every_officer_is_gone(site: Site) -> None:
    held = [shares.read(text) for text in site.recovery.shares[1:]]
    rebuilt = shares.rebuild(held, public=site.recovery.public)
    report = site.unwrap(rebuilt, Role.RECOVERY, "", site.report_public)
    assert site.read(report)[0] == ("report", TEXT)


def test_what_is_stored_shows_nothing_that_was_written(site: Site) -> None:
    report = site.unwrap(site.officer, Role.OFFICER, "o-1", site.report_public)
    site.stored["ticket"] = tickets.issue(report, tickets.draw_secret(), "officer/o-1", now=NOON)
    site.stored["own"] = people.protect(site.officer, "o-1", "төрт сөз", cost=QUICK)
    site.stored["slip"] = slips.make(
        SIGNING, report, "r-1", site.entries[0], site="kontrol.example.org", on=date(2026, 11, 22)
    ).encode()
    secrets = [TEXT, FILE, NAME, site.receipt.secret.encode(), report.text.encode()]
    secrets += [site.officer.text.encode(), report.text[16:].lower().encode(), b"AGE-SECRET"]
    for where, content in site.stored.items():
        for secret in secrets:
            assert secret not in content, where
            assert secret[:12] not in content, where


def test_who_owns_all_that_is_stored_opens_nothing_without_a_key(site: Site) -> None:
    stranger = keys.generate(Use.PERSON)
    for role, holder in ((Role.OFFICER, "o-1"), (Role.RECOVERY, ""), (Role.CUSTODIAN, "c-1")):
        with refused("wrap_closed"):
            site.unwrap(stranger, role, holder, site.report_public)
    with refused("receipt_unknown"):
        wraps.open_with_receipt(
            receipts.make("004217", receipts.draw_secret()),
            "r-1",
            site.stored["lock"],
            public=site.report_public,
        )
