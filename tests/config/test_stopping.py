"""Told to stop, the server finishes what is under way and takes nothing new."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from benchmarks.server import free_port, wait_for

pytestmark = pytest.mark.once
BODY = b"number=2026-000001&code=AAAA"
HEAD = (
    b"POST /status/ HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n"
    b"Connection: close\r\n\r\n"
)


def whole(line: socket.socket) -> bytes:
    """All that comes until the other side ends."""
    parts = []
    while part := line.recv(65_536):
        parts.append(part)
    return b"".join(parts)


def taken_up(port: int) -> bool:
    """Whether somebody who comes now is answered within a second."""
    try:
        with closing(socket.create_connection(("127.0.0.1", port), 1)) as line:
            line.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            return bool(line.recv(1))
    except OSError:
        return False


def test_a_request_under_way_is_answered_when_the_server_is_told_to_stop(tmp_path: Path) -> None:
    port = free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("BAQYLAU_")}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    environment |= {
        "BAQYLAU_HOME": str(tmp_path),
        "BAQYLAU_PORT": str(port),
        "BAQYLAU_LOG": "json",
    }
    command = [sys.executable, "-m", "baqylau"]
    subprocess.run([*command, "prepare"], env=environment, check=True, capture_output=True)
    with subprocess.Popen(
        [*command, "serve"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/readyz")
            with closing(socket.create_connection(("127.0.0.1", port), 30)) as line:
                line.sendall(HEAD % len(BODY) + BODY[:9])
                assert taken_up(port)
                time.sleep(0.5)
                process.send_signal(signal.SIGTERM)
                time.sleep(1.0)
                assert process.poll() is None, "it waits for what is under way"
                assert not taken_up(port), "and takes nothing new meanwhile"
                line.sendall(BODY[9:])
                answer = whole(line)
            assert process.wait(20) == 0
        finally:
            process.kill()
        said = process.stdout.read().decode() if process.stdout else ""
    assert answer.startswith(b"HTTP/1.1 400"), answer[:200]
    assert answer.rstrip().endswith(b"</html>"), "the whole page came"
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), 5)
    assert "Traceback" not in said
