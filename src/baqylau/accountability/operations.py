"""What machines may ask: one table, from which addresses and their description are made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from baqylau.accountability.queries.datasets import datasets
from baqylau.kernel.datasets import Dataset, Text

VERSION = "v1"
ROOT = f"data/{VERSION}/"
RELEASES = "data/releases/"


class Kind(StrEnum):
    """How a request is answered."""

    CSV = "csv"
    JSON = "json"
    DESCRIPTOR = "descriptor"
    OPENAPI = "openapi"
    RELEASES = "releases"
    ARCHIVE = "archive"
    RECORD = "record"
    SIGNATURE = "signature"


MEDIA: Mapping[Kind, str] = {
    Kind.CSV: "text/csv",
    Kind.JSON: "application/json",
    Kind.DESCRIPTOR: "application/json",
    Kind.OPENAPI: "application/json",
    Kind.RELEASES: "application/json",
    Kind.ARCHIVE: "application/zip",
    Kind.RECORD: "application/json",
    Kind.SIGNATURE: "text/plain",
}


@dataclass(frozen=True, slots=True)
class Operation:
    """An address that is asked with GET. `dataset` is what it answers with, where it is rows."""

    route: str
    name: str
    kind: Kind
    summary: Text
    dataset: Dataset | None = field(default=None, compare=False)

    @property
    def has_version(self) -> bool:
        """Whether a release is named in the address."""
        return "<str:version>" in self.route


def operations() -> Iterator[Operation]:
    """All of them; two for each data set."""
    for each in datasets():
        for kind in (Kind.CSV, Kind.JSON):
            route = f"{ROOT}{each.code}.{kind.value}"
            yield Operation(route, f"data_{each.code}_{kind.value}", kind, each.sentence, each)
    whole = f"{ROOT}datapackage.json"
    yield Operation(whole, "data_package", Kind.DESCRIPTOR, _("All data sets as a Data Package."))
    api = f"{ROOT}openapi.json"
    yield Operation(api, "data_openapi", Kind.OPENAPI, _("This description."))
    yield Operation("data/releases.json", "data_releases", Kind.RELEASES, _("All releases."))
    one = f"{RELEASES}<str:version>"
    yield Operation(
        f"{one}.zip",
        "data_release_zip",
        Kind.ARCHIVE,
        _("A release, which never changes."),
    )
    yield Operation(
        f"{one}.json", "data_release", Kind.RECORD, _("What a release holds, with hashes.")
    )
    yield Operation(
        f"{one}.sig", "data_release_sig", Kind.SIGNATURE, _("The signature of a release's archive.")
    )
