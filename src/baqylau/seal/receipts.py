"""The receipt of a reporter: 28 digits in fours.

Six digits say which report (the locator), twenty are the secret (66 bits), two find typing
mistakes. The secret is drawn first, with the page on which the report is reviewed; the locator when
the report is stored, because only the store knows which ones are taken.
"""

from dataclasses import dataclass

from baqylau.seal import digits

LOCATOR, SECRET = 6, 20
LENGTH = LOCATOR + SECRET + digits.CHECK


@dataclass(frozen=True, slots=True, repr=False)
class Receipt:
    """A receipt whose check digits fit. Holding one proves nothing yet: the report's lock does.

    `locator` may stand in a table, in clear; `secret` nowhere.
    """

    locator: str
    secret: str

    @property
    def number(self) -> str:
        """All 28 digits."""
        return digits.with_check(self.locator + self.secret)

    def printed(self) -> str:
        """The digits in fours."""
        return digits.grouped(self.number)

    def is_last_group(self, typed: str) -> bool:
        """Whether these are the last four digits, in any spelling."""
        return digits.is_last_group(typed, self.number)


def draw_secret() -> str:
    """Twenty random digits."""
    return digits.draw(SECRET)


def draw_locator() -> str:
    """Six random digits; whoever stores the report draws again when they are taken."""
    return digits.draw(LOCATOR)


def make(locator: str, secret: str) -> Receipt:
    """A receipt from its two parts, as they were drawn. Raises: SealError."""
    return Receipt(digits.read(locator, LOCATOR), digits.read(secret, SECRET))


def read(text: str) -> Receipt:
    """The receipt in what a person typed. No key is derived here. Raises: SealError."""
    number = digits.read_checked(text, LENGTH)
    return Receipt(number[:LOCATOR], number[LOCATOR : LOCATOR + SECRET])
