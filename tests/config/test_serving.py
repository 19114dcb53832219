"""The server's two processes: the first knows nothing of the site, the second opens it or not."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest
from benchmarks.server import family, installation, wait_for

from baqylau.config.environment import SettingError
from baqylau.config.serving import asked, main

pytestmark = pytest.mark.once
SEEN = """
import sys
from baqylau.config import serving
serving.asked(["serve"])
print(sorted({name.partition(".")[0] for name in sys.modules} & {"django", "babel", "asyncio"}))
"""


@pytest.mark.parametrize(
    ("words", "port"),
    [
        (["serve"], 8000),
        (["serve", "--port", "8064"], 8064),
        (["serve", "--port=8064"], None),
        (["serve", "--port", "0"], None),
        (["serve", "--port", "٨٠٠٠"], None),
        (["serve", "--port"], None),
        (["serve", "--help"], None),
        (["serve", "--port", "8064", "more"], None),
        (["run"], None),
        ([], None),
    ],
)
def test_only_plain_words_are_served_at_once(
    monkeypatch: pytest.MonkeyPatch, words: list[str], port: int | None
) -> None:
    monkeypatch.delenv("BAQYLAU_PORT", raising=False)
    assert asked(words) == port


def test_the_first_process_loads_neither_django_nor_what_compiles_translations() -> None:
    done = subprocess.run([sys.executable, "-c", SEEN], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_folder_that_is_not_there_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BAQYLAU_HOME", str(tmp_path / "nowhere"))
    with pytest.raises(SettingError, match=r"The folder nowhere cannot be used\. Run “baqylau"):
        main(47_219)


def test_a_second_process_that_was_killed_is_replaced_and_the_addresses_are_told_once() -> None:
    with installation(BAQYLAU_MODULES="") as environment:
        port = environment["BAQYLAU_PORT"]
        page = f"http://127.0.0.1:{port}/"
        with subprocess.Popen(
            [sys.executable, "-m", "baqylau", "serve", "--port", port],
            env=environment | {"DJANGO_SETTINGS_MODULE": "baqylau.config.settings"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as process:
            try:
                wait_for(page, 60)
                first, second = family(process.pid)
                os.kill(second, signal.SIGKILL)
                wait_for(page, 60)
                with urlopen(page, timeout=30) as answer:
                    assert answer.status == 200
                assert family(process.pid)[0] == first
                assert second not in family(process.pid)
            finally:
                process.terminate()
                said = process.communicate(timeout=30)[0]
    assert said == f"http://localhost:{port}/\nhttp://localhost:{port}/desk/\n"
    assert process.returncode == 0
