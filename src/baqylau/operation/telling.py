"""A verification in words, and for machines."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baqylau.journal.chain import Finding
from baqylau.operation.verify import SHOWN, ChainReport, Report

CHAIN_NAMES: Mapping[str, object] = {
    "default": gettext_lazy("open journal"),
    "sealed": gettext_lazy("sealed journal"),
}
SENTENCES: Mapping[str, object] = {
    "broken": gettext_lazy(
        "entry %(number)s does not follow from the one before it: "
        "something was changed, inserted, removed or moved here"
    ),
    "missing": gettext_lazy("entries %(number)s to %(until)s are missing"),
    "stray": gettext_lazy("an entry has the impossible number %(number)s"),
    "rewritten": gettext_lazy(
        "entry %(number)s is not the one that was signed on %(signed_on)s: "
        "it or something before it was rewritten since"
    ),
    "cut": gettext_lazy("the entry that was signed on %(signed_on)s is not there any more"),
}


def sentence(finding: Finding) -> str:
    """The finding in the reader's language."""
    return str(SENTENCES[finding.code]) % asdict(finding)


def lines(report: Report) -> Iterator[str]:
    """The whole report, line by line: what was found first, then what it means."""
    for chain in report.chains:
        yield from _chain(chain)
    for head in report.forged:
        yield "✗ " + _("The signature of the head of %(day)s (%(chain)s) is wrong.") % {
            "day": head.signed_on.isoformat(),
            "chain": CHAIN_NAMES[head.chain],
        }
    for code, found in report.differences.items():
        yield from _projection(code, found)
    yield from _heads(report)
    if report.is_sound:
        yield _("Nothing wrong was found.")
    else:
        yield _("Something is wrong: see the lines marked ✗.")


def _chain(chain: ChainReport) -> Iterator[str]:
    mark = "✗" if chain.wrong else "✓"
    yield f"{mark} " + _("%(chain)s: entries checked: %(count)s") % {
        "chain": CHAIN_NAMES[chain.chain],
        "count": chain.count,
    }
    for finding in chain.findings:
        yield f"  ✗ {sentence(finding)}"
    if chain.wrong > SHOWN:
        yield "  " + _("… and more findings: %(count)s") % {"count": chain.wrong - SHOWN}


def _projection(code: str, found: list[str]) -> Iterator[str]:
    mark = "✗" if found else "✓"
    yield f"{mark} " + _("%(code)s: rows that differ from the journal: %(count)s") % {
        "code": code,
        "count": len(found),
    }
    for difference in found[:SHOWN]:
        yield f"  ✗ {difference}"


def _heads(report: Report) -> Iterator[str]:
    if report.ignored:
        yield _("Heads signed by another key, not counted: %(count)s") % {"count": report.ignored}
    if not report.has_anchors:
        yield _(
            "Checked against itself only. Without a file of signed heads that was saved elsewhere, "
            "nobody can tell whether the owner of the disk has recomputed the whole journal or cut "
            "off its end. Save /journal/heads.txt, and give it with --anchors."
        )
        return
    if not report.heads:
        yield "✗ " + _("No head in the file counts: nothing was checked against it.")
        return
    yield _("Signed heads that agree with their keys: %(count)s, the newest of %(day)s.") % {
        "count": len(report.heads),
        "day": max(head.signed_on for head in report.heads).isoformat(),
    }
    yield _("What was written after the newest head is not covered by it.")
    if not report.key:
        for key in report.keys:
            yield _("Key named in the file: %(key)s") % {"key": key}
        yield _(
            "The keys were taken from the file itself. Compare them with the key that you noted, "
            "or give it with --key: whoever replaced the file could have replaced the key in it."
        )


def as_json(report: Report) -> dict[str, object]:
    """The whole report for machines: codes and numbers, and each finding's sentence."""
    return {
        "is_sound": report.is_sound,
        "has_anchors": report.has_anchors,
        "key": report.key,
        "keys": report.keys,
        "heads": len(report.heads),
        "ignored_heads": report.ignored,
        "forged": [head.line for head in report.forged],
        "chains": {
            chain.chain: {
                "count": chain.count,
                "last": chain.last,
                "digest": chain.digest,
                "wrong": chain.wrong,
                "findings": [
                    asdict(finding) | {"sentence": sentence(finding)} for finding in chain.findings
                ],
            }
            for chain in report.chains
        },
        "projections": report.differences,
    }
