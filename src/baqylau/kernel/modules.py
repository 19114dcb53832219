"""The one descriptor by which a room shows itself to the rest, and the registry that holds them.

A room registers once, in `AppConfig.ready()`. Menus, worklist, search, permission table, clock,
verification, open data and training are all built from what is registered here; adding a module is
its folder and one name in `BAQYLAU_MODULES`. Labels are lazy translations; URLs are dotted names.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from baqylau.kernel.access import Actor
from baqylau.kernel.datasets import Dataset
from baqylau.kernel.figures import Figure, Fold
from baqylau.kernel.imports import Importer
from baqylau.kernel.metrics import Metric
from baqylau.kernel.period import Period
from baqylau.kernel.work import Tasks

Text = Any
"""A str or a lazy translation: Django's lazy strings share no type with str."""


@dataclass(frozen=True, slots=True)
class Door:
    """An entrance on the public home page: where it leads and one sentence about it."""

    url_name: str
    label: Text
    sentence: Text
    order: int = 50


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A place in the desk's navigation; shown to those who may do `action`.

    The first three with an `order` below 30 are the daily work and stand in the line; the rest is
    under "More".
    """

    url_name: str
    label: Text
    action: str
    order: int = 50
    key: str = ""
    """The letter that, typed after `g`, opens it."""
    is_start: bool = False
    """What somebody begins a day's work with: a button on the worklist as well."""


Predicate = Callable[[Actor, Any], bool]


@dataclass(frozen=True, slots=True)
class Action:
    """One row of the permission table: which roles may do it, and on which objects.

    `applies` is a pure predicate over (actor, object), asked only for those whose role is in the
    row; None means every object. `personal` marks rows that show a person's data: the roles in
    them need a second factor.
    """

    code: str
    label: Text
    roles: frozenset[str]
    applies: Predicate | None = None
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One row that the desk's search found.

    `is_exact`: a number or a phone was typed, and this has it; such rows stand first.
    """

    label: Text
    url: str
    kind: Text
    note: Text = ""
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """A timed duty: idempotent, run under a lease.

    `every` is in seconds. `at` ("HH:MM", programme's zone) makes it a daily duty instead.
    """

    code: str
    label: Text
    run: Callable[[], str]
    every: int = 86_400
    at: str = ""
    is_long: bool = False
    """It reads through years of records: the server runs it in a process of its own, with the
    lowest priority, so that no page waits for it."""


@dataclass(frozen=True, slots=True)
class Projection:
    """A table that lists read, with the function that rebuilds it from the journal.

    `differences` yields one sentence per row that disagrees with the journal.
    """

    code: str
    label: Text
    differences: Callable[[], Iterable[str]]
    rebuild: Callable[[], int]


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How a room's open deadlines are recomputed when a rule or the calendar changes.

    `recompute` takes the reason, returns rows (reference, old due date, new due date).
    """

    code: str
    recompute: Callable[[str], Sequence[tuple[str, date, date]]]


@dataclass(frozen=True, slots=True)
class Training:
    """Synthetic records for the training site, reproducible from a seed.

    `load(seed, scale, progress)`: `progress(done, total)` is called as it goes; returns the rows.
    `each` is how many of them a unit of scale is; 0 for records that are the same at any scale.
    `is_there` says whether there are such records already.
    """

    code: str
    label: Text
    load: Callable[[int, int, Callable[[int, int], None]], int]
    order: int = 50
    each: int = 0
    is_there: Callable[[], bool] | None = None


@dataclass(frozen=True, slots=True)
class Erase:
    """Removes what is held about one subject; must be safe to repeat, as a restore replays it."""

    code: str
    run: Callable[[str], int]
    erased: Callable[[], Iterable[tuple[str, date]]] | None = None
    """Who was erased so far, and when: what a backup carries on, for the restore to replay."""
    clean: Callable[[], None] | None = None
    """Leaves nothing of deleted rows in the database's files; called once, after many were run."""


@dataclass(frozen=True, slots=True)
class Command:
    """A word of the console program; `code` may be two words ("services search").

    `add_arguments` takes an argparse parser; `run` takes the parsed arguments and returns the
    exit status.
    """

    code: str
    help: Text
    add_arguments: Callable[[Any], None]
    run: Callable[[Any], int]


@dataclass(frozen=True, slots=True)
class Health:
    """Something that the work goes on without, and how to mend it: a warning of `doctor`."""

    what: str
    mend: str


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A file of keys/ without which something that a backup brings back stays closed.

    `opens` says what it opens, as the end of a sentence. `is_wrapped`: archives carry it, sealed
    once more to the recovery keys alone; such a file has its keys line by line, the last in use.
    """

    name: str
    opens: Text
    is_wrapped: bool = False


@dataclass(frozen=True, slots=True)
class Annex:
    """A list of events that an account to the commissioner carries; never of persons.

    `rows` gives the events of a period in the active language, a cell for each column. What people
    typed freely does not belong into it.
    """

    code: str
    label: Text
    columns: Sequence[Text]
    rows: Callable[[Period], Iterable[Sequence[str | int | date | None]]]
    order: int = 50


@dataclass(frozen=True, slots=True)
class Module:
    """What a room offers to the rest. Every field but `code` and `label` may be left empty."""

    code: str
    label: Text
    public_urls: str = ""
    data_urls: str = ""
    """Public addresses that are the same in every language: files for machines."""
    desk_urls: str = ""
    doors: Sequence[Door] = ()
    menu: Sequence[MenuItem] = ()
    actions: Sequence[Action] = ()
    search: Callable[[Actor, str], Sequence[Hit]] | None = None
    tasks: Sequence[Tasks] = ()
    places: Callable[[Actor, date], frozenset[str]] | None = None
    """Codes of the rooms where the actor works: what "my room's" means in the worklist."""
    beside_worklist: Sequence[MenuItem] = ()
    """Places that the worklist links to."""
    related: Callable[[Actor, str], Sequence[Hit]] | None = None
    """What the room shows beside another room's record, by its name in the journal ("case:…")."""
    deadlines: Sequence[Deadlines] = ()
    projections: Sequence[Projection] = ()
    folds: Sequence[Fold] = ()
    figures: Sequence[Figure] = ()
    datasets: Sequence[Dataset] = ()
    """What the room gives away as open data."""
    annexes: Sequence[Annex] = ()
    jobs: Sequence[Job] = ()
    erase: Sequence[Erase] = ()
    training: Sequence[Training] = ()
    seed: Callable[[], str] | None = None
    """Loads the room's starter reference data; idempotent; returns one line about what it did."""
    commands: Sequence[Command] = ()
    imports: Sequence[Importer] = ()
    home: Callable[[], Mapping[str, object]] | None = None
    """What the room puts on the public home page: {template name: context}."""
    about_place: Callable[[str, str], Mapping[str, object]] | None = None
    """What the room puts on the public page of a place: {template name: context}. It gets what the
    place is ("district", "body") and its code."""
    body_state: Callable[[str], object] | None = None
    """What the room's part of the page of a body depends on, by the body's code, read cheaply; its
    `repr` tells it. Whoever has the page keeps it until one of the rooms says something else."""
    desk_scripts: Sequence[str] = ()
    """Static files, ES modules, that every page of the desk loads."""
    desk_corner: str = ""
    """A template that stands in the head of every page of somebody who is signed in."""
    training_notes: Callable[[], Sequence[str]] | None = None
    """Lines that `run` prints when the training site is ready."""
    health: Callable[[], Iterable[Health]] | None = None
    """What the room warns of when somebody asks how the installation is."""
    key_files: Sequence[KeyFile] = ()
    """Keys that no archive gives to whoever opens it: a restore names those that are missing."""
    recovery_recipients: Callable[[], Iterable[str]] | None = None
    """Public age keys ("age1…") to which archives are sealed as well, so that their holders can
    bring the room's records back when the backup key is lost."""
    metrics: Callable[[], Iterable[Metric]] | None = None
    """Numbers about the room's running, for a program that watches the site."""
    warm: Callable[[], None] | None = None
    """Prepares what a process of the server keeps in memory, at its start and whenever the clock
    looks; costs next to nothing when nothing has changed."""
    safe_channel: str = ""
    """URL name where a demand for money is reported without a name, if the room offers one."""
    assisted_channel: str = ""
    """URL name at the desk where a colleague types such a report for somebody."""


@dataclass(slots=True)
class Registry:
    """The rooms that are installed, in the order in which they were registered."""

    _modules: dict[str, Module] = field(default_factory=dict)

    def register(self, module: Module) -> None:
        """Add a room. Raises: ValueError when its code or one of its actions is taken."""
        if module.code in self._modules:
            raise ValueError(f"the module {module.code} is registered twice")
        taken = {action.code for other in self for action in other.actions}
        if double := taken & {action.code for action in module.actions}:
            raise ValueError(f"{module.code} repeats the actions {sorted(double)}")
        self._modules[module.code] = module

    def __iter__(self) -> Iterator[Module]:
        return iter(tuple(self._modules.values()))

    def __contains__(self, code: str) -> bool:
        return code in self._modules

    def __getitem__(self, code: str) -> Module:
        return self._modules[code]

    def gather(self, name: str) -> list[Any]:
        """All entries of the sequence field `name`, over all rooms, by their `order` if any."""
        entries = [entry for module in self for entry in getattr(module, name)]
        return sorted(entries, key=lambda entry: getattr(entry, "order", 0))


registry = Registry()
"""The one registry of the process."""
