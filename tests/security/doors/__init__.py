"""Every door through which foreign bytes come in, as data; and the readers that read our own."""

from tests.security.doors import bytes_in, sealed_in, texts_in
from tests.security.doors.door import Door

DOORS: tuple[Door, ...] = (*bytes_in.DOORS, *sealed_in.DOORS, *texts_in.DOORS)

__all__ = ["DOORS", "Door"]
