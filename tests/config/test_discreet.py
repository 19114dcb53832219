"""Whatever is sent to the real server, no line of its log tells of the visitor."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from benchmarks.server import free_port, wait_for

pytestmark = pytest.mark.once
VISITOR = "127.0.0.77"
"""A visitor's address: all of 127/8 leads to this machine."""
AGENT, RECEIPT = "Nokia-3310-of-a-reporter", "4821 0937 1166"
START = "/report/"
REQUESTS = (
    b"GET /%s HTTP/1.1\r\nHost: localhost\r\nUser-Agent: %s\r\n\r\n",
    b"GET /no-such-page/?receipt=%s HTTP/1.1\r\nHost: localhost\r\nUser-Agent: %s\r\n\r\n",
    b"POST /report/new/ HTTP/1.1\r\nHost: localhost\r\nX-Receipt: %s\r\nUser-Agent: %s\r\n\r\n",
    b"%s %s\r\n\r\n",
    b"GET / HTTP/9.7 %s\r\nUser-Agent: %s\r\n\r\n",
    b"GET / HTTP/1.1\r\nBad header %s\r\n%s\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: evil.%s.example\r\nUser-Agent: %s\r\n\r\n",
    b"GET /" + b"a" * 9_000 + b"%s HTTP/1.1\r\nUser-Agent: %s\r\n\r\n",
    b"GET / HTTP/1.1\r\nX-Long: " + b"b" * 9_000 + b"%s\r\nUser-Agent: %s\r\n\r\n",
    b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nX: %s\r\nUser-Agent: %s\r\n\r\nzz\r\n",
    b"POST / HTTP/1.1\r\nContent-Length: -4\r\nX: %s\r\nUser-Agent: %s\r\n\r\n",
    b"\x16\x03\x01 %s %s",
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """A prepared site that serves: its port, and the file of all that it says."""
    home = tmp_path_factory.mktemp("home")
    port, log = free_port(), home / "log"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("BAQYLAU_")}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    environment |= {"BAQYLAU_HOME": str(home), "BAQYLAU_PORT": str(port)}
    subprocess.run(
        [sys.executable, "-m", "baqylau", "prepare"],
        env=environment,
        check=True,
        capture_output=True,
    )
    with log.open("wb") as words:
        process = subprocess.Popen(
            [sys.executable, "-m", "baqylau", "serve"],
            env=environment,
            stdout=words,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz")
            yield port, log
        finally:
            process.terminate()
            process.wait(30)


def send(port: int, request: bytes) -> bytes:
    """Send bytes from the visitor's address; what came back until the end or for a while."""
    with closing(socket.create_connection(("127.0.0.1", port), 10, (VISITOR, 0))) as line:
        line.sendall(request)
        line.settimeout(2)
        try:
            return line.recv(4_096)
        except (TimeoutError, ConnectionResetError):
            return b""


def test_no_line_of_the_log_tells_who_visited_with_what(server: tuple[int, Path]) -> None:
    port, log = server
    marks = (RECEIPT.replace(" ", "").encode(), AGENT.encode())
    answers = [send(port, request % marks) for request in REQUESTS]
    assert sum(answer.startswith(b"HTTP/1.1 4") for answer in answers) >= 7, "nearly all refused"
    with closing(socket.create_connection(("127.0.0.1", port), 10, (VISITOR, 0))) as half:
        half.sendall(b"POST /report/new/ HTTP/1.1\r\nContent-Length: 900\r\n\r\nhalf")
    time.sleep(0.5)
    said = log.read_text(encoding="utf-8", errors="replace")
    assert "A request could not be read." in said, "the log is not silent altogether"
    for mark in (VISITOR, "127.0.0.", AGENT, *map(bytes.decode, marks), "evil", "no-such-page"):
        assert mark not in said, said
