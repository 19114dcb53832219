"""What the desk's search finds of the module, subject by subject."""

from collections.abc import Callable, Sequence

from baqylau.councils.queries import work
from baqylau.kernel.access import Actor
from baqylau.kernel.modules import Hit

SOURCES: Sequence[Callable[[Actor, str], Sequence[Hit]]] = (work.search,)


def search(actor: Actor, query: str) -> Sequence[Hit]:
    """Everything that fits, in the order of the subjects."""
    return [hit for source in SOURCES for hit in source(actor, query)]
