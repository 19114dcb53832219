"""What can be wrong with a release, one sentence each."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, object] = {
    "too_large": _("The file is larger than a release can be."),
    "no_archive": _("The file is no ZIP archive, or it is cut off or damaged."),
    "too_many": _("The archive holds more files than a release can have."),
    "twice": _("%(name)s stands in the archive twice."),
    "unreadable": _("%(name)s cannot be unpacked: it is damaged, locked or too large."),
    "frame": _("The archive was changed outside its files, or packed anew by another program."),
    "no_manifest": _("release.json is missing or cannot be read: this is no release."),
    "no_signature": _("release.sig is missing or cannot be read."),
    "other_version": _("%(name)s is of another version than release.json."),
    "manifest_changed": _("release.json was changed after it was signed."),
    "false_signature": _("The signature in release.sig is false."),
    "other_key": _("The release is signed by another key than the one that you named."),
    "missing": _("%(name)s is missing."),
    "added": _("%(name)s does not belong to the release: it was added."),
    "changed": _("%(name)s was changed: its hash is another one."),
    "descriptor": _("datapackage.json does not describe the files that are there: %(name)s."),
    "no_table": _("%(name)s cannot be read as a table."),
    "not_same": _("%(name)s: CSV and JSON do not hold the same."),
    "cells_changed": _("%(period)s: the numbers are not those that were signed at its closing."),
    "closing_signature": _("%(period)s: the signature of its closing is false."),
    "closing_key": _("%(period)s: its closing is signed by a key that your file does not know."),
    "no_closing": _("%(period)s: there are numbers, but no closing."),
    "number_changed": _(
        "%(period)s, %(figure)s: the number does not follow from its closing and corrections."
    ),
    "correction": _("%(period)s, %(figure)s: the corrections do not follow each other."),
    "head": _("The signed line of the journal in release.json is false."),
    "anchor_false": _("Your file: the line of %(day)s has a false signature."),
    "anchor_differs": _("The journal's line of %(day)s is another one in your file."),
    "anchor_order": _(
        "%(what)s: the journal cannot have had line %(number)s then, says your file."
    ),
    "anchor_key": _("The release is signed by a key that your file does not know."),
}
"""Sentences by code."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """For people, in the language that is active."""
        text = str(SENTENCES[self.code])
        return text % self.params if self.params else text
