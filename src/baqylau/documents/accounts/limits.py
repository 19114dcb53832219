"""How much an account may hold."""

from typing import Final

LABEL: Final = 300
"""Signs of a heading, a label, a name, a unit."""
TEXT: Final = 2_000
"""Signs of a sentence, a note, a cell of an annex."""
SECTION: Final = 20_000
"""Signs of one narrative section: about eight printed pages."""
WHOLE: Final = 600_000
"""Signs of the whole account."""
HEADLINES: Final = 3
INDICATORS: Final = 200
LINES: Final = 200
SECTIONS: Final = 30
ANNEXES: Final = 20
COLUMNS: Final = 8
ROWS: Final = 5_000
"""Rows of all annexes together."""
CORRECTIONS: Final = 500
APPROVALS: Final = 10
STEPS: Final = 20
PICTURES: Final = 24
PICTURE_BYTES: Final = 4_194_304
PICTURE_PIXELS: Final = 16_000_000
"""Pixels of one picture; clean copies of photographs have so many at most."""
TEMPLATE_BYTES: Final = 4_194_304
TEMPLATE_PART: Final = 2_097_152
"""Bytes of one unpacked XML part of a template."""
TEMPLATE_UNPACKED: Final = 20_971_520
TEMPLATE_PARTS: Final = 200
FILLED: Final = 33_554_432
"""Signs of one filled part of a template."""
SECONDS: Final = 20
"""Of work on a foreign template."""
MEMORY: Final = 1_073_741_824
"""Bytes of address space for this work."""
