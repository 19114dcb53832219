"""The secret of a report, or of a reporter's name, wrapped to those who may open it.

A wrap is an age file; inside stands an age identity file whose comments say what it opens, as what
and for whom. So a wrap that was moved to another report, role or person does not open here, and
stock `age` opens it all the same.
"""

import hmac
import re
from dataclasses import dataclass
from enum import StrEnum

import pyrage

from baqylau.seal import derive, keys, locks
from baqylau.seal.derive import Cost
from baqylau.seal.errors import SealError
from baqylau.seal.ids import checked_id
from baqylau.seal.keys import SecretKey, Use
from baqylau.seal.receipts import Receipt

SIZE = 320
"""Bytes of the text in every wrap: the length says nothing about the role."""


class Role(StrEnum):
    """As what somebody may open."""

    OFFICER = "officer"
    RECOVERY = "recovery"
    RECEIPT = "receipt"
    CUSTODIAN = "custodian"
    ASKER = "asker"  # an officer to whom a custodian has opened a name


OPENS = {
    Role.OFFICER: Use.REPORT,
    Role.RECOVERY: Use.REPORT,
    Role.RECEIPT: Use.REPORT,
    Role.CUSTODIAN: Use.NAME,
    Role.ASKER: Use.NAME,
}
"""What each role opens. The name is out of reach of officers, of recovery and of the receipt."""


@dataclass(frozen=True, slots=True)
class Binding:
    """What a wrap is about: the report's opaque id, the role, the opaque key of the person."""

    report: str
    role: Role
    holder: str = ""

    def text(self, key: SecretKey) -> str:
        """An age identity file that says what it opens. Raises: SealError."""
        lines = (
            "# baqylau-wrap 1",
            f"# report {checked_id(self.report)}",
            f"# role {self.role}",
            f"# holder {checked_id(self.holder or '-')}",
            f"# public {key.public}",
            key.text,
        )
        return "\n".join(lines).ljust(SIZE, "\n")


_SECRET = re.compile(r"^AGE-SECRET-KEY-1[A-Z0-9]{58}$", re.MULTILINE)


def wrap(key: SecretKey, binding: Binding, public: str) -> bytes:
    """Wrap a key to somebody's public key. Raises: SealError when the role must not have it."""
    _check_role(key, binding)
    return pyrage.encrypt(binding.text(key).encode(), [keys.recipient(public)])  # type: ignore[no-any-return]  # pyrage has no types


def unwrap(own: SecretKey, binding: Binding, wrapped: bytes, *, public: str) -> SecretKey:
    """Open a wrap with one's own key; `public` is the report's (or name's) public key.

    Raises: SealError when it is somebody else's, was changed, or is about something else.
    """
    try:
        text = pyrage.decrypt(wrapped, [own.identity()]).decode()
    except (pyrage.DecryptError, UnicodeDecodeError):
        raise SealError("wrap_closed") from None
    return _read(text, binding, public)


def rewrap(
    own: SecretKey, held: Binding, wrapped: bytes, *, public: str, new: Binding, to: str
) -> bytes:
    """Wrap what one can open to somebody else as well: the key alone, no item is touched.

    `to` is the public key of who is added. Raises: SealError.
    """
    return wrap(unwrap(own, held, wrapped, public=public), new, to)


def lock_with_receipt(
    key: SecretKey, report: str, receipt: Receipt, *, cost: Cost = derive.RECEIPT
) -> bytes:
    """Lock a report's key behind the receipt. Derives one key. Raises: SealError."""
    binding = Binding(report, Role.RECEIPT)
    _check_role(key, binding)
    return locks.lock(binding.text(key), receipt.number, _about(report), cost)


def open_with_receipt(receipt: Receipt, report: str, locked: bytes, *, public: str) -> SecretKey:
    """The report's key. Needs the stored lock, so an unknown locator cannot cost a derivation.

    Raises: SealError in the words of an unknown receipt.
    """
    try:
        text = locks.unlock(locked, receipt.number, _about(report))
    except locks.LockError:
        raise SealError("receipt_unknown") from None
    return _read(text, Binding(report, Role.RECEIPT), public)


def _about(report: str) -> str:
    return f"baqylau-receipt 1 {report}"


def _check_role(key: SecretKey, binding: Binding) -> None:
    if OPENS[binding.role] is not key.use:
        raise SealError("role_not_for_key")


def _read(text: str, binding: Binding, public: str) -> SecretKey:
    found = _SECRET.search(text)
    if found is None:
        raise SealError("wrap_closed")
    key = keys.from_text(OPENS[binding.role], found[0])
    if not hmac.compare_digest(binding.text(key), text) or key.public != public:
        raise SealError("wrap_closed")
    return key
