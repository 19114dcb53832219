"""How much one clean copy may cost."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

MEBI: Final = 1_048_576
MEGA: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may hold, what its copy keeps, what the work may take.

    `content`, `copy`, `memory`: bytes; `memory` is address space, of each of the two processes.
    `pixels`: of a foreign image, looked at before it is decoded; larger is refused.
    `kept_pixels`, `page_pixels`: of the copy of an image or of one page; larger is scaled down.
    `dots`: per inch of a page. `seconds`: on the clock for all, and of CPU for each process.
    `patience`: seconds to wait while other copies are being made. `quality`: of JPEG, 1 to 95;
    `keeps_png`: whether a PNG stays one while it is small.
    """

    content: int = 30 * MEBI
    pages: int = 100
    pixels: int = 52 * MEGA
    kept_pixels: int = 16 * MEGA
    page_pixels: int = 8 * MEGA
    dots: int = 200
    copy: int = 64 * MEBI
    memory: int = 1_152 * MEBI
    seconds: float = 60.0
    patience: float = 20.0
    quality: int = 85
    keeps_png: bool = True

    @property
    def params(self) -> Mapping[str, Mapping[str, int]]:
        """What the sentence of each refusal says of the limit."""
        return {
            "clean_large": {"mebibytes": self.content // MEBI},
            "clean_copy_large": {"mebibytes": self.copy // MEBI},
            "clean_pages": {"pages": self.pages},
            "clean_pixels": {"megapixels": self.pixels // MEGA},
        }

    def packed(self) -> str:
        """One word for a command line."""
        return json.dumps(asdict(self))


def unpacked(word: str) -> Limits:
    """Read `packed`."""
    return Limits(**json.loads(word))


STANDARD: Final = Limits()
