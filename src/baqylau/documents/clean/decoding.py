"""What both processes that read foreign bytes do: a file comes in, rows of pixels go out.

`pictures` and `pages` are run as programs; each loads only the library that it needs.
"""

import math
import sys
import warnings
from collections.abc import Callable, Iterator
from typing import IO

from baqylau.documents.clean import fence, frames
from baqylau.documents.clean.frames import Frame, RefusedError
from baqylau.documents.clean.limits import Limits, unpacked

Decode = Callable[[bytes, str, Limits], Iterator[Frame]]
"""The pictures of a file of a media type. Raises: RefusedError, and whatever a library raises."""


def answer(
    decode: Decode, source: IO[bytes], target: IO[bytes], media_type: str, limits: Limits
) -> None:
    """Read a file, write its pictures or the reason why there are none."""
    try:
        for frame in decode(source.read(limits.content + 1), media_type, limits):
            frames.put(target, frame)
    except RefusedError as refused:
        frames.put_refusal(target, refused.code)
    except MemoryError:
        frames.put_refusal(target, "clean_pixels")
    except BrokenPipeError:
        raise
    except Exception:  # noqa: BLE001 - a broken file raises anything, and no detail of it may leave
        frames.put_refusal(target, "clean_unreadable")
    else:
        frames.put_end(target)


def main(decode: Decode, media_type: str, word: str) -> None:
    """Shut the fence, then read the file."""
    warnings.simplefilter("ignore")  # of broken metadata; nobody reads them here
    limits = unpacked(word)
    fence.shut(limits.memory, math.ceil(limits.seconds))
    answer(decode, sys.stdin.buffer, sys.stdout.buffer, media_type, limits)
