"""Uploads at the door: small ones in memory, large ones in an encrypted spool, larger ones refused.

Django would write everything over 2.5 MB to disk in clear.
"""

import io
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from baqylau.files.spool import EncryptedFile

MEMORY = 1_048_576
"""Bytes of one upload that are held in memory."""

LIMIT = 30 * 1_048_576
"""Bytes of one upload at most. A phone's photograph has 3 to 12 million."""

COUNT = 20
"""Files in one form at most."""


class TooLarge(UploadedFile):  # type: ignore[type-arg]  # the class takes no parameter when it runs
    """Stands for an upload over LIMIT; its content was thrown away as it came."""


class NoRoom(UploadedFile):  # type: ignore[type-arg]  # as above
    """Stands for an upload that the disk had no room for on its way."""


class Handler(FileUploadHandler):
    """Takes every upload of the site.

    What is over a limit arrives as `TooLarge`, what met a full disk as `NoRoom`, both with no
    content, so that the form can say so in the person's language and keep what else was typed.
    """

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # handed on as it came
        self._files = 0

    def new_file(self, *args: object, **kwargs: object) -> None:
        """Begin one upload."""
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]  # handed on as it came
        self._files += 1
        self._taken: IO[bytes] = io.BytesIO()
        self._size = 0
        self._is_lost = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's signature
        """Keep a piece, or count it only once the limit is passed."""
        self._size += len(raw_data)
        if self._size > LIMIT or self._files > COUNT:
            self._taken.close()
            self._taken = io.BytesIO()
            return
        if self._is_lost:
            return
        try:
            self._take(raw_data)
        except OSError:
            self._lose()

    def _lose(self) -> None:
        """Let go of what the disk did not take."""
        self._is_lost = True
        with suppress(OSError):
            self._taken.close()
        self._taken = io.BytesIO()

    def _take(self, raw_data: bytes) -> None:
        if self._size > MEMORY and isinstance(self._taken, io.BytesIO):
            spool = EncryptedFile(Path(settings.SPOOL_ROOT))
            spool.write(self._taken.getvalue())
            self._taken = spool  # type: ignore[assignment]  # it reads and writes as any file
        self._taken.write(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        """Give the form what was taken."""
        details: Mapping[str, object] = {
            "name": self.file_name,
            "content_type": self.content_type,
            "size": file_size,
            "charset": self.charset,
        }
        if self._size > LIMIT or self._files > COUNT:
            return TooLarge(io.BytesIO(), **details)  # type: ignore[arg-type]  # the names are those of the call
        try:
            # Begins the reading, which brings the last piece to the disk.
            self._taken.seek(0)
            self._taken.read(1)
            self._taken.seek(0)
        except OSError:
            self._lose()
        if self._is_lost:
            return NoRoom(io.BytesIO(), **details)  # type: ignore[arg-type]  # the names are those of the call
        return UploadedFile(self._taken, **details)  # type: ignore[arg-type]  # the names are those of the call
