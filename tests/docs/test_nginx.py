"""deploy/nginx.conf: read line by line always; tried with a real nginx where there is one.

`make test` unpacks Debian's nginx. Where that cannot be done, the tests with "tried" in their name
are skipped with that reason, and those that read the file still run.
"""

import contextlib
import http.client
import http.server
import re
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path

import pytest

from baqylau.files.uploads import COUNT, LIMIT
from baqylau.web.networks import mark
from tests.docs import pages
from tools import nginx

pytestmark = pytest.mark.once

SITE = pages.ROOT / "deploy" / "nginx.conf"
HOST = "baqylau.example.org"
SECRET = "what-a-visitor-typed"


def _servers() -> list[str]:
    """The server blocks, without comments."""
    text = re.sub(r"^\s*#.*$", "", pages.text(SITE), flags=re.MULTILINE)
    return re.findall(r"^server \{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL)


def test_no_server_writes_down_an_address() -> None:
    assert len(_servers()) == 3
    for server in _servers():
        assert "access_log off;" in server
        # Every line of an error log carries the visitor's address.
        assert "error_log /dev/null emerg;" in server
    assert pages.text(SITE).count("access_log") == pages.text(SITE).count("access_log off;")
    assert "log_format" not in pages.text(SITE)


def test_unknown_names_meet_our_own_server_and_not_one_that_logs() -> None:
    (first,) = [server for server in _servers() if "default_server" in server]
    assert "return 444;" in first
    assert len(re.findall(r"listen .*default_server;", first)) == 4


def test_what_is_sent_is_passed_on_and_never_written_down() -> None:
    (site,) = [server for server in _servers() if "proxy_pass" in server]
    for line in ("proxy_request_buffering off;", "proxy_max_temp_file_size 0;"):
        assert line in site


def test_too_large_an_upload_reaches_the_program_for_its_sentence() -> None:
    size = re.search(r"client_max_body_size (\d+)m;", pages.text(SITE))
    assert size is not None
    assert int(size[1]) * 1_048_576 > LIMIT * COUNT


@dataclass
class Upstream:
    """A server in the program's place that remembers what it was told."""

    port: int = 0
    seen: list[Message] = field(default_factory=list)
    first_piece: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    found = Upstream()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.seen.append(self.headers)
            self._answer()

        def do_POST(self) -> None:
            found.seen.append(self.headers)
            self.rfile.read(1)
            found.first_piece.set()
            self.rfile.read(int(self.headers["Content-Length"] or 1) - 1)
            self._answer()

        def _answer(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_args: object) -> None:
            """Nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


def _begun(front: "Front", size: int, path: str = "/") -> http.client.HTTPSConnection:
    """A form of which nothing but the first bytes was sent."""
    connection = front.connect()
    connection.putrequest("POST", path, skip_host=True)
    for name, value in {"Host": HOST, "Content-Length": str(size)}.items():
        connection.putheader(name, value)
    connection.endheaders(b"x" * 100)
    return connection


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Front:
    """A running nginx: its two ports and the folder with everything that it may write."""

    plain: int
    secure: int
    folder: Path

    def connect(self) -> http.client.HTTPSConnection:
        """A connection to the site, by its name."""
        context = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        connection = http.client.HTTPSConnection("127.0.0.1", self.secure, timeout=10)
        # The name is asked for in the handshake, though the address is the loopback's.
        plain = socket.create_connection(("127.0.0.1", self.secure), timeout=10)
        connection.sock = context.wrap_socket(plain, server_hostname=HOST)
        return connection

    def written(self) -> str:
        """All that was written down."""
        ours = {".conf", ".pem"}
        files = [p for p in self.folder.rglob("*") if p.is_file() and p.suffix not in ours]
        return "".join(path.read_text(errors="replace") for path in files)


def _site(folder: Path, plain: int, secure: int, program: int) -> str:
    """The site file with ports, certificate and upstream of this test, and nothing else changed."""
    text = pages.text(SITE)
    text = re.sub(r"^\s*listen \[::\].*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"listen 80\b", f"listen 127.0.0.1:{plain}", text)
    text = re.sub(r"listen 443\b", f"listen 127.0.0.1:{secure}", text)
    text = text.replace(f"/etc/letsencrypt/live/{HOST}", str(folder))
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{program}")
    return text.replace("/opt/baqylau", str(pages.ROOT)).replace("/var/www/html", str(folder))


MAIN = """daemon off; worker_processes 1; pid {folder}/nginx.pid;
error_log {folder}/main-error.log info;
events {{}}
http {{
  access_log {folder}/main-access.log;
  error_log {folder}/http-error.log info;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  include {folder}/site.conf;
}}
"""
"""As Debian's own main file: it logs whatever a site does not forbid."""


@pytest.fixture
def front(tmp_path: Path, upstream: Upstream) -> Iterator[Front]:
    if not (program := nginx.find()):
        pytest.skip("nginx is not installed and could not be unpacked: the site file was only read")
    _make_certificate(tmp_path)
    found = Front(_free_port(), _free_port(), tmp_path)
    site = _site(tmp_path, found.plain, found.secure, upstream.port)
    (tmp_path / "site.conf").write_text(site, encoding="utf-8")
    (tmp_path / "nginx.conf").write_text(MAIN.format(folder=tmp_path), encoding="utf-8")
    words = [program, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf"), "-e", "stderr"]
    checked = subprocess.run([*words, "-t"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    assert "warn" not in checked.stderr.replace('the "user" directive', ""), checked.stderr
    with subprocess.Popen(words, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(found.plain)
            yield found
        finally:
            process.terminate()


def _make_certificate(folder: Path) -> None:
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    name = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}", "-days", "2"]
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run(
        ["openssl", "req", "-x509", *key, *name, *files], check=True, capture_output=True
    )


def _wait_for(port: int) -> None:
    for _attempt in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("nginx did not start")


def test_tried_a_visitors_page_learns_neither_address_nor_browser(
    front: Front, upstream: Upstream
) -> None:
    headers = {"Host": HOST, "User-Agent": "telephone", "X-Forwarded-For": "203.0.113.7"}
    connection = front.connect()
    connection.request("GET", f"/?q={SECRET}", headers=headers | {"X-Real-IP": "203.0.113.7"})
    assert connection.getresponse().read() == b"ok"
    connection.close()
    (seen,) = upstream.seen
    assert seen["Host"] == HOST
    assert seen["X-Forwarded-Proto"] == "https"
    names = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "User-Agent")
    assert [name for name in names if seen[name]] == []


def test_tried_the_desk_learns_the_address_that_is_true(front: Front, upstream: Upstream) -> None:
    connection = front.connect()
    headers = {"Host": HOST, "X-Forwarded-For": "203.0.113.7", "User-Agent": "telephone"}
    connection.request("GET", "/desk/sign-in/", headers=headers)
    assert connection.getresponse().read() == b"ok"
    connection.close()
    (seen,) = upstream.seen
    # Guesses are slowed down by source, and a guesser must not be able to invent sources.
    assert seen.get_all("X-Forwarded-For") == ["127.0.0.1"]
    assert seen["User-Agent"] is None


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/report/new/"),
        ("POST", "/ru/report/channel/"),
        ("POST", "//report/channel/"),
        ("GET", "/report/"),
        ("POST", "/status/"),
        ("POST", "/reports/"),
        ("POST", "/desk/reports/"),
        ("POST", "/?/report/"),
    ],
)
def test_tried_only_forms_of_reports_tell_a_network_and_never_an_address(
    front: Front, upstream: Upstream, method: str, path: str
) -> None:
    connection = front.connect()
    headers = {"Host": HOST, "X-Visitor-Network": "203.0.113.7"}
    connection.request(method, path, body=b"a=b" if method == "POST" else None, headers=headers)
    assert connection.getresponse().read() == b"ok"
    connection.close()
    (seen,) = upstream.seen
    is_report = method == "POST" and "/report/" in path and "?" not in path
    assert seen.get_all("X-Visitor-Network") == (["127.0.0.0"] if is_report else None)


NETWORKS = {
    "203.0.113.77": "203.0.113.0",
    "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::",
    "2001:db8:1:2::9": "2001:db8:1:2::",
    "2001:db8::9": "2001:db8::",
    "2001::": "2001::",
    "::1": "",
    "unix:": "",
}


@pytest.mark.parametrize("address", NETWORKS)
def test_of_an_address_the_network_alone_is_told(address: str) -> None:
    found = re.findall(r'^ +"~(\^1:.+?)" "(.+?)";$', pages.text(SITE), re.MULTILINE)
    assert len(found) == 2
    told = ""
    for pattern, value in found:
        # Python writes the names of groups a little differently.
        if match := re.search(pattern.replace("(?<", "(?P<"), f"1:{address}"):
            told = re.sub(r"\$(\w+)", lambda name: match[name[1]], value)
    assert told == NETWORKS[address]
    assert mark(told) == mark(address)


@pytest.mark.parametrize("path", ["/", "/ru/", "/desk/../", "//desk/", "/?next=/desk/"])
def test_tried_no_path_of_a_visitor_looks_like_the_desk(
    front: Front, upstream: Upstream, path: str
) -> None:
    connection = front.connect()
    connection.request("GET", path, headers={"Host": HOST})
    connection.getresponse().read()
    connection.close()
    told = [seen["X-Forwarded-For"] for seen in upstream.seen]
    assert told == (["127.0.0.1"] if path == "//desk/" else [None])


def test_tried_no_visit_and_no_fault_is_written_down(front: Front, upstream: Upstream) -> None:
    with socket.create_connection(("127.0.0.1", front.plain)) as visitor:
        visitor.sendall(b"\x16\x03\x01nonsense\r\n\r\n")
    with socket.create_connection(("127.0.0.1", front.secure)) as visitor:
        visitor.sendall(b"GET /no-tls HTTP/1.0\r\n\r\n")
        visitor.recv(1_000)
    stranger = http.client.HTTPConnection("127.0.0.1", front.plain, timeout=10)
    stranger.request("GET", f"/{SECRET}", headers={"Host": "elsewhere.example"})
    with pytest.raises(http.client.RemoteDisconnected):
        stranger.getresponse()
    stranger.close()
    connection = front.connect()
    connection.request("GET", f"/{SECRET}", headers={"Host": HOST})
    assert connection.getresponse().status == 200
    connection.close()
    for trace in (SECRET, "no-tls", "nonsense", "client: 127.0.0.1", '"GET'):
        assert trace not in front.written()


def test_tried_plain_http_goes_to_https(front: Front) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", front.plain, timeout=10)
    connection.request("GET", "/ru/", headers={"Host": HOST})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}/ru/")
    connection.close()


def test_tried_an_upload_goes_on_while_it_still_comes(front: Front, upstream: Upstream) -> None:
    size = 2_000_000
    connection = front.connect()
    connection.putrequest("POST", "/", skip_host=True)
    for name, value in {"Host": HOST, "Content-Length": str(size)}.items():
        connection.putheader(name, value)
    connection.endheaders(SECRET.encode() * 2_000)
    assert upstream.first_piece.wait(5), "nginx waited for the whole upload"
    assert [path for path in (front.folder / "body").rglob("*") if path.is_file()] == []
    connection.send(b"x" * (size - len(SECRET) * 2_000))
    assert connection.getresponse().status == 200
    connection.close()


def test_tried_a_form_that_comes_slowly_holds_no_thread_of_the_program(
    front: Front, upstream: Upstream
) -> None:
    slow = [_begun(front, 99_999) for _number in range(12)]
    quick = front.connect()
    quick.request("GET", "/", headers={"Host": HOST})
    assert quick.getresponse().read() == b"ok"
    quick.close()
    assert len(upstream.seen) == 1, "an unfinished form reached the program"
    slow[0].send(b"x" * (99_999 - 100))
    assert slow[0].getresponse().status == 200
    assert len(upstream.seen) == 2
    assert [path for path in (front.folder / "body").rglob("*") if path.is_file()] == []
    for connection in slow:
        connection.close()


def test_tried_one_address_cannot_take_all_threads_by_uploads(
    front: Front, upstream: Upstream
) -> None:
    held = [_begun(front, 1_000_000) for _number in range(3)]
    for _attempt in range(100):
        if len(upstream.seen) == 3:
            break
        time.sleep(0.05)
    assert len(upstream.seen) == 3
    fourth = _begun(front, 1_000_000)
    answer = fourth.getresponse()
    assert answer.status == 503
    assert '<html lang="kk">' in answer.read().decode()
    fourth.close()
    form = front.connect()
    form.request("POST", "/desk/", body=b"name=value", headers={"Host": HOST})
    assert form.getresponse().status == 200
    form.close()
    held[0].send(b"x" * (1_000_000 - 100))
    assert held[0].getresponse().status == 200
    for connection in held:
        connection.close()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_tried_a_body_of_unsaid_length_is_passed_on_and_never_written_down(
    front: Front, upstream: Upstream, method: str
) -> None:
    connection = front.connect()
    connection.putrequest(method, "/", skip_host=True)
    for name, value in {"Host": HOST, "Transfer-Encoding": "chunked"}.items():
        connection.putheader(name, value)
    connection.endheaders()
    with contextlib.suppress(OSError):
        for _piece in range(20):
            connection.send(b"4000\r\n" + b"x" * 0x4000 + b"\r\n")
    for _attempt in range(100):
        if upstream.seen:
            break
        time.sleep(0.02)
    assert upstream.seen, "nginx waited for the whole body"
    assert [path for path in (front.folder / "body").rglob("*") if path.is_file()] == []
    connection.close()


def test_tried_a_stopped_program_is_told_in_three_languages(
    front: Front, upstream: Upstream
) -> None:
    site = front.folder / "site.conf"
    text = site.read_text().replace(f"127.0.0.1:{upstream.port}", f"127.0.0.1:{_free_port()}")
    site.write_text(text)
    pid = int((front.folder / "nginx.pid").read_text())
    subprocess.run(["kill", "-HUP", str(pid)], check=True)
    for _attempt in range(100):
        connection = front.connect()
        connection.request("GET", "/", headers={"Host": HOST})
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        if answer.status == 502:
            break
        time.sleep(0.05)
    assert answer.status == 502
    assert '<html lang="kk">' in body
    assert '<p lang="ru">' in body
    assert '<p lang="en">' in body
