"""A disk that can lose its power: what SQLite asks of the system is recorded, then cut anywhere.

SQLite's own table of file operations is replaced in this process by one that writes down every
write, truncation and sync before or after passing it on. From that record a disk is rebuilt as a
power cut could have left it: what was synced is there; of the rest, any part or none. Names of
files are taken to be durable as soon as they are made, and a deletion as soon as it is asked for.
"""

import ctypes
import random
import re
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple


class Event(NamedTuple):
    """What happened: "write", "truncate", "sync", "delete" or "ack" (a commit was acknowledged).

    `place` is the offset of a write, the size after a truncation, or, for a sync, how many events
    had happened when it was asked for: what came later is not covered by it.
    """

    kind: str
    file: str
    place: int = 0
    data: bytes = b""


class _Vfs(ctypes.Structure):
    _fields_ = [
        ("version", ctypes.c_int),
        ("file_size", ctypes.c_int),
        ("longest_path", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("data", ctypes.c_void_p),
        ("open", ctypes.c_void_p),
        ("delete", ctypes.c_void_p),
    ]


class _Methods(ctypes.Structure):
    _fields_ = [
        ("version", ctypes.c_int),
        ("close", ctypes.c_void_p),
        ("read", ctypes.c_void_p),
        ("write", ctypes.c_void_p),
        ("truncate", ctypes.c_void_p),
        ("sync", ctypes.c_void_p),
        ("others", ctypes.c_void_p * 13),
    ]


# A name is passed on as the pointer that it came as: SQLite keeps parameters behind its end.
_Open = ctypes.CFUNCTYPE(
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.c_int,
    ctypes.c_void_p,
)
_Delete = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_Write = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
)
_Truncate = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int64)
_Sync = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)


def library() -> str:
    """The file of the SQLite library that Python's sqlite3 uses; "" when it is built in."""
    import sqlite3  # noqa: F401, PLC0415 - loads the library

    found = re.findall(r"\S*/libsqlite3\.\S+", Path("/proc/self/maps").read_text(encoding="utf-8"))
    return found[0] if found else ""


class Recorder:
    """Replaces the operations; `events` grows from then on. One for a process."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._names: dict[int, str] = {}
        self._tables: dict[int, _Methods] = {}
        self._kept: list[object] = []
        self._mutex = threading.Lock()
        sqlite = ctypes.CDLL(library())
        sqlite.sqlite3_vfs_find.restype = ctypes.c_void_p
        self._vfs = _Vfs.from_address(sqlite.sqlite3_vfs_find(None))
        self._real_open = _Open(self._vfs.open)
        self._real_delete = _Delete(self._vfs.delete)
        self._vfs.open = self._pointer(_Open(self._open))
        self._vfs.delete = self._pointer(_Delete(self._delete))

    def _pointer(self, function: Callable[..., int]) -> int | None:
        self._kept.append(function)
        return ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]  # ctypes says nothing of pointers to functions

    def _open(self, vfs: int, name: int | None, file: int, flags: int, out: int) -> int:
        result = self._real_open(vfs, name, file, flags, out)
        methods = ctypes.c_void_p.from_address(file)
        if result == 0 and name and methods.value:
            with self._mutex:
                self._names[file] = _file_name(name)
                table = self._table(methods.value)
            methods.value = ctypes.addressof(table)
        return int(result)

    def _table(self, address: int) -> _Methods:
        if address not in self._tables:
            real = _Methods.from_address(address)
            table = _Methods.from_buffer_copy(real)
            write, truncate, sync = _Write(real.write), _Truncate(real.truncate), _Sync(real.sync)

            def on_write(file: int, data: int, size: int, place: int) -> int:
                content = ctypes.string_at(data, size)
                self.events.append(Event("write", self._names[file], place, content))
                return int(write(file, data, size, place))

            def on_truncate(file: int, size: int) -> int:
                self.events.append(Event("truncate", self._names[file], size))
                return int(truncate(file, size))

            def on_sync(file: int, flags: int) -> int:
                covered = len(self.events)
                result = int(sync(file, flags))
                self.events.append(Event("sync", self._names[file], covered))
                return result

            table.write = self._pointer(_Write(on_write))
            table.truncate = self._pointer(_Truncate(on_truncate))
            table.sync = self._pointer(_Sync(on_sync))
            self._tables[address] = table
        return self._tables[address]

    def _delete(self, vfs: int, name: int, sync: int) -> int:
        self.events.append(Event("delete", _file_name(name)))
        return int(self._real_delete(vfs, name, sync))


def _file_name(pointer: int) -> str:
    return Path(ctypes.string_at(pointer).decode()).name


def after_cut(
    events: Sequence[Event], cut: int, before: dict[str, bytes], chance: random.Random
) -> dict[str, bytes]:
    """The files that a power cut after `cut` events could leave, given those before the first."""
    synced: dict[str, int] = {}
    for event in events[:cut]:
        if event.kind == "sync":
            synced[event.file] = max(synced.get(event.file, 0), event.place)
    likely = chance.choice((0.0, 0.5, 0.9))
    files = {name: bytearray(content) for name, content in before.items()}
    for number, event in enumerate(events[:cut]):
        is_durable = number < synced.get(event.file, 0)
        if event.kind == "delete":
            files.pop(event.file, None)
        elif event.kind == "truncate" and (is_durable or chance.random() < likely):
            del files.setdefault(event.file, bytearray())[event.place :]
        elif event.kind == "write" and (is_durable or chance.random() < likely):
            data = event.data
            if not is_durable and chance.random() < 0.2:
                data = data[: chance.randrange(len(data) + 1)]
            _put(files.setdefault(event.file, bytearray()), event.place, data)
    return {name: bytes(content) for name, content in files.items()}


def _put(content: bytearray, place: int, data: bytes) -> None:
    if len(content) < place:
        content.extend(bytes(place - len(content)))
    content[place : place + len(data)] = data
