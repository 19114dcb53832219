"""Long duties in a process of their own: what they count takes no time away from pages."""

import subprocess
import sys

from baqylau.kernel.modules import Job

GENTLY = "--gently"
COMMAND = (sys.executable, "-m", "baqylau", "jobs", "run")
PATIENCE = 5.0
"""Seconds that a duty has to end once it is told to."""


class Apart:
    """Runs one long duty at a time, and stops it when the server stops."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._is_over = False

    def start(self, job: Job) -> bool:
        """Start the duty, unless another one still runs. It takes the lease itself."""
        if self._is_over or (self._process is not None and self._process.poll() is None):
            return False
        self._process = subprocess.Popen(  # noqa: S603 - this program, and a code of our own
            [*COMMAND, job.code, GENTLY],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        return True

    def stop(self) -> None:
        """End the duty at hand: it begins anew when its lease is over."""
        self._is_over = True
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
