"""What a process that reads foreign bytes gives up before it reads the first of them.

Whatever code a file might bring to run, it finds a process with: no file, socket or pipe to open
(RLIMIT_NOFILE 0: even a closed number cannot be used again), no child (RLIMIT_NPROC 0), no byte to
write to a file, bounded memory and CPU, no new rights (PR_SET_NO_NEW_PRIVS), an empty environment,
and on Linux 5.13 or newer by Landlock no way to the file system by name, to signals and to the
memory of other processes. Root becomes nobody. Where a system lacks one of these, the others hold.

What this does not hold back: there is no filter of system calls (seccomp), so a fault of the kernel
stays within reach; such code may answer with false pixels and use its CPU and memory up to the
limits; without Landlock it may remove or rename files of its user by name, and signal the user's
other processes; the names, rights and times of files it may see or change by name with Landlock
too, as far as its user may.
"""

import contextlib
import ctypes
import os
import resource
import signal
import sys
from typing import Final

NOBODY: Final = 65_534
"""User and group without rights. Source: Linux, `overflowuid(5)`."""
_SET_PDEATHSIG, _SET_DUMPABLE, _SET_NO_NEW_PRIVS = 1, 4, 38
"""Source: linux/prctl.h."""
_CREATE_RULESET, _RESTRICT_SELF = 444, 446
"""Numbers of Landlock's calls, the same on all architectures that Python is built for.

Source: linux/landlock.h and the kernel's table of calls.
"""
_RIGHTS: Final = ((1, 13), (2, 14), (3, 15), (5, 16))
"""Version of Landlock, and how many rights on files it knows from then on."""


class _Ruleset(ctypes.Structure):
    """Everything that the rules are about: rights on files, on TCP ports, on signals and sockets.

    Source: linux/landlock.h, `struct landlock_ruleset_attr`.
    """

    _fields_ = (
        ("files", ctypes.c_uint64),
        ("ports", ctypes.c_uint64),
        ("scopes", ctypes.c_uint64),
    )


def shut(memory: int, seconds: int) -> None:
    """Give up all that pixels do not need; there is no way back.

    `memory`: bytes of address space; `seconds`: of CPU. Load modules before, open nothing after.
    """
    if sys.platform == "linux":
        _shut_linux()
    bounds = (
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_CPU, seconds, seconds + 1),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_NPROC, 0, 0),
        (resource.RLIMIT_NOFILE, 0, 0),
    )
    for name, soft, hard in bounds:
        most = resource.getrlimit(name)[1]
        capped = hard if most == resource.RLIM_INFINITY else min(hard, most)
        resource.setrlimit(name, (min(soft, capped), capped))


def _shut_linux() -> None:
    if os.geteuid() == 0:
        with contextlib.suppress(PermissionError):  # a root without this right, in a container
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
    system = ctypes.CDLL(None, use_errno=True)
    system.prctl(_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    system.prctl(_SET_DUMPABLE, 0, 0, 0, 0)
    if system.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "no_new_privs")
    _forbid_names(system)


def _forbid_names(system: ctypes.CDLL) -> None:
    """Rules that allow nothing, from a kernel that has Landlock."""
    call = system.syscall
    version = call(_CREATE_RULESET, None, ctypes.c_size_t(0), 1)
    if version < 1:
        return
    known = max(count for since, count in _RIGHTS if since <= version)
    rules = _Ruleset((1 << known) - 1, 0b11, 0b11)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    number = call(_CREATE_RULESET, ctypes.byref(rules), ctypes.c_size_t(size), 0)
    if number < 0:
        return
    call(_RESTRICT_SELF, number, 0)
    os.close(number)
