"""What an archive says that it holds, read with limits. Nothing is unpacked.

`zipfile` reads the whole list at the end of an archive, and makes an object of each entry, before
anybody can look at how many there are. So it gets a file that hands out no more than a list of sane
size at once, wherever the archive says that its list begins and however long it calls it.
"""

import io
import zipfile
from typing import IO

MEMBERS = 2_000
"""Members that an archive may list."""
DIRECTORY = 262_144
"""Bytes that its list may have: about 130 for each member, of which 46 are the entry itself.
Source: PKWARE APPNOTE 6.3.10, section 4.3.12."""


class ArchiveError(ValueError):
    """It is no archive, or its list is broken or too long."""


class _Bounded(io.RawIOBase):
    """The same file, of which no more than `DIRECTORY` bytes are read at once."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file

    def seekable(self) -> bool:
        """Yes."""
        return True

    def readable(self) -> bool:
        """Yes."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move the position; returns it."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """The position."""
        return self._file.tell()

    def read(self, size: int | None = -1) -> bytes:
        """Read from the position. Raises: ArchiveError when more is wanted than is sane."""
        most = DIRECTORY + 1 if size is None or size < 0 else size
        if size is not None and size > DIRECTORY:
            raise ArchiveError("the list of the archive is too long")
        found = self._file.read(most)
        if len(found) > DIRECTORY:
            raise ArchiveError("the list of the archive is too long")
        return found


def members(file: IO[bytes]) -> list[zipfile.ZipInfo]:
    """The members that the archive lists; the file is rewound.

    Raises: ArchiveError.
    """
    try:
        with zipfile.ZipFile(_Bounded(file)) as archive:
            listed = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise ArchiveError(str(error)) from error
    finally:
        file.seek(0)
    if len(listed) > MEMBERS:
        raise ArchiveError("the archive has too many members")
    return listed
