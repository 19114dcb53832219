"""What the sample gives away: its words, with how long each is."""

from collections.abc import Iterator, Mapping

from baqylau.kernel.datasets import Dataset, Field, Row, Type
from tests.sample.words import known


def rows(_asked: Mapping[str, str]) -> Iterator[Row]:
    """Every word that is kept, in the order of the alphabet."""
    for word, row in sorted(known().items()):
        yield word, len(word), row["since"]


WORDS = Dataset(
    code="sample-words",
    label="Words",
    sentence="The words that are kept.",
    fields=(
        Field("word", Type.STRING, "The word.", is_required=True),
        Field("letters", Type.INTEGER, "How long it is.", unit="letters"),
        Field("since", Type.DATE, "Since when it is kept."),
    ),
    rows=rows,
    key=("word",),
    asked=("word", "letters"),
)
