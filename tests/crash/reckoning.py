"""What is there at the end, against what was acknowledged to people."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks._installing import inside

from baqylau.seal import receipts
from tests.crash.living import Site


@dataclass(slots=True)
class Reckoning:
    """By kind: how many were acknowledged, which of them are gone, which are there too often."""

    acknowledged: dict[str, int] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)

    def compare(self, kind: str, given: Iterable[str], there: Iterable[str]) -> None:
        """Each that was acknowledged is there once, and nothing else is."""
        wanted, found = Counter(given), Counter(there)
        self.acknowledged[kind] = sum(wanted.values())
        self.lost += [f"{kind} {one}" for one in wanted - found]
        self.doubled += [f"{kind} {one}" for one in found - wanted]

    @property
    def line(self) -> str:
        """In words."""
        kinds = ", ".join(f"{count} {kind}" for kind, count in self.acknowledged.items())
        whole = sum(self.acknowledged.values())
        return f"{whole} acknowledged ({kinds}), {len(self.lost)} lost, {len(self.doubled)} doubled"


def reckon(site: Site) -> Reckoning:
    """Compare everything, and let the program verify itself. The site is stopped or at rest."""
    found = Reckoning()
    kept = inside(site.environment, "written", "crash:")
    found.compare("consultations", site.saved, kept["keys"])
    assert kept["differences"] == []
    reports = inside(site.environment, "reports")
    given = [receipts.read(receipt).locator for receipt in site.sent + site.shown]
    found.compare("reports", given, reports["locators"])
    assert reports["differences"] == []
    # The words, the name that was not given, and one photograph of those who sent one.
    assert reports["items"] == 2 * len(site.sent) + 3 * len(site.shown)
    found.compare("files of cases", site.attached, json.loads(site.tells("files"))["files"])
    comments = json.loads(site.tells("comments"))
    found.compare("comments", site.said, comments["codes"])
    assert comments["stances"] == len(site.said), "each opinion counts once"
    there = site.tells("closed").split()
    assert set(there) >= set(site.closed)
    found.compare("closed periods", site.closed, [one for one in there if one in site.closed])
    _verify(site)
    return found


def _verify(site: Site) -> None:
    said = json.loads(site.baqylau("verify", "--json").stdout)
    assert {chain["wrong"] for chain in said["chains"].values()} == {0}
    wrong = {code for code, rows in said["projections"].items() if rows}
    # The holders of keys of this site came without a ceremony.
    assert wrong <= {"reports.keys"}
