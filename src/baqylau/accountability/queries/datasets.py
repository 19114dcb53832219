"""What is given away: the data sets of all rooms, their rows, their files."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from baqylau.accountability.rules.asking import fits
from baqylau.accountability.rules.tables import as_csv, as_json
from baqylau.kernel.datasets import Dataset, Row
from baqylau.kernel.errors import DomainError
from baqylau.kernel.modules import registry

NONE: Mapping[str, str] = {}


class UnknownDatasetError(DomainError):
    """There is no such data set."""

    code = "unknown"
    status = 404


def datasets() -> list[Dataset]:
    """Every data set in its order.

    Raises: ValueError when two share a code, or one refers to another that is not there.
    """
    found: list[Dataset] = registry.gather("datasets")
    codes = [each.code for each in found]
    if double := {code for code in codes if codes.count(code) > 1}:
        raise ValueError(f"registered twice: {sorted(double)}")
    wanted = {reference.dataset for each in found for reference in each.refers}
    if missing := wanted - set(codes):
        raise ValueError(f"referred to, and not there: {sorted(missing)}")
    return found


def dataset(code: str) -> Dataset:
    """The data set with the code. Raises: UnknownDatasetError."""
    for each in datasets():
        if each.code == code:
            return each
    raise UnknownDatasetError(_("There is no such data set."))


def rows_of(found: Dataset, asked: Mapping[str, str] = NONE) -> Iterator[Row]:
    """The rows that were asked for."""
    for row in found.rows(asked):
        if fits(found, row, asked):
            yield row


def data_files() -> dict[str, bytes]:
    """Both files of every data set, whole, by their names in a package."""
    files = {}
    for each in datasets():
        rows = list(rows_of(each))
        files[f"data/{each.code}.csv"] = as_csv(each.names, rows)
        files[f"data/{each.code}.json"] = as_json(each.names, rows)
    return files
