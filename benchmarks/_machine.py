"""On what was measured, so that figures of two machines are not taken for one's own progress."""

import os
import platform
import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path


def told() -> dict[str, object]:
    """The day, the processor, its cores, the memory, and what programs ran."""
    return {
        "day": datetime.now(UTC).date().isoformat(),
        "processor": _line("/proc/cpuinfo", r"^model name\s*:\s*(.+)$") or platform.machine(),
        "cores": os.cpu_count() or 0,
        "memory_mb": int(_line("/proc/meminfo", r"^MemTotal:\s*(\d+) kB$") or 0) // 1024,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }


def _line(path: str, shape: str) -> str:
    try:
        found = re.search(shape, Path(path).read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        return ""
    return found[1].strip() if found else ""
