"""Texts in the language that is active, else in another one, which is then named for the page."""

from dataclasses import dataclass

from baqylau.territories.labels import language


@dataclass(frozen=True, slots=True)
class Said:
    """A text and the language that it is in, for the page's `lang`; "" when it is the page's."""

    text: str
    lang: str = ""

    def __str__(self) -> str:
        return self.text

    @property
    def paragraphs(self) -> list[str]:
        """The text between its empty lines."""
        rows = self.text.replace("\r\n", "\n").split("\n\n")
        return [row.strip() for row in rows if row.strip()]


def said(row: object, field: str) -> Said:
    """A field in the active language; Kazakh, then Russian stand in for a missing one."""
    now = language()
    for code in dict.fromkeys((now, "kk", "ru", "en")):
        if text := str(getattr(row, f"{field}_{code}", "") or ""):
            return Said(text, "" if code == now else code)
    return Said("")
