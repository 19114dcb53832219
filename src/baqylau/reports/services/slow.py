"""The one queue of the process for slow derivations: receipts, passphrases, codes."""

from baqylau.seal.queue import KdfQueue

WORKERS = 2
"""Derivations at once: the cores of a small machine; 7 to 64 MiB each."""
WAITING = 32
"""More than the server has threads, so that nobody who files a report is refused."""

queue = KdfQueue(workers=WORKERS, waiting=WAITING)
"""Never ask it inside a transaction."""
