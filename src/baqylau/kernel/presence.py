"""Whether a server lives in a folder: it holds a lock on the folder itself while it runs.

The lock is on the folder and not on a file in it, so that it also tells when the folder was emptied
under the server. The system lets go of it when the last process of the server has ended.
"""

import fcntl
import os
from pathlib import Path

_HOW = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


def hold(home: Path) -> None:
    """Show until this process and those that part from it have ended that a server lives there.

    A program that it starts does not hold it. Raises: OSError when the folder cannot be opened.
    """
    fcntl.flock(os.open(home, _HOW), fcntl.LOCK_SH | fcntl.LOCK_NB)


def is_held(folder: Path) -> bool:
    """Whether a server lives in the folder. Raises: OSError when the folder cannot be opened."""
    descriptor = os.open(folder, _HOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
