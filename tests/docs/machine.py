"""A make-believe bare Debian: a folder in the place of /, and words that need one recorded.

The lines of docs/install.md run in it as they stand, but for two things. A path that begins with
/opt, /var, /etc, /mnt or /usr/local lies below the folder. And the programs that would change the
real machine (apt-get, adduser, systemctl, certbot, runuser, chown, nginx) only note how they were
called; whatever can run without being an administrator really runs: git, make, pip or uv, sed, tee,
the program itself.
"""

import os
import pty
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.docs import pages

PATHS = re.compile(r"(?<![\w./])/(opt|var|etc|mnt|usr/local)(?=[/\s])")
NOTED = ("apt-get", "certbot", "chown", "nginx", "systemctl")
WORDS = {
    "sudo": 'exec "$@"',
    "adduser": 'mkdir -p "$HOME_OF_PROGRAM"',
    # An ordinary user cannot become another one: the words after -- run as who we are.
    "runuser": 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"',
    # As install(1), but the folder stays ours.
    "install": 'mkdir -p -m 700 "${@: -1}"',
    "git": '"$REAL_GIT" "$@" && [ "$1" != clone ] || exec "$MACHINE/transpose"',
}
"""What stands in the place of a program, after its call was noted."""


@dataclass(frozen=True, slots=True)
class Machine:
    """The folder that is this machine's root."""

    root: Path

    def here(self, text: str) -> str:
        """The text with its paths below the root."""
        return PATHS.sub(lambda match: f"{self.root}/{match[1]}", text)

    def path(self, path: str) -> Path:
        """Where a path of the document lies."""
        return Path(self.here(path + " ").strip())

    def start(self) -> None:
        """Lay the folders that a bare Debian has, and the words."""
        for folder in ("etc/nginx/sites-available", "etc/nginx/sites-enabled", "etc/cron.d"):
            (self.root / folder).mkdir(parents=True)
        for folder in ("etc/systemd/system", "usr/local/bin", "words", "mnt", "var/www/html"):
            (self.root / folder).mkdir(parents=True)
        (self.root / "etc/nginx/sites-enabled/default").touch()
        for word in (*WORDS, *NOTED):
            lines = ["#!/bin/bash", f'echo "{word} $*" >> "$MACHINE/calls"', WORDS.get(word, "")]
            self._write("words/" + word, "\n".join(lines) + "\n")
        # The files in deploy/ name the real paths: once they are there, they name those below.
        self._write(
            "transpose",
            '#!/bin/bash\ncd "$MACHINE/opt/baqylau/deploy" && sed -i -E '
            f"'s#(^|[^A-Za-z0-9_./])/(opt|var|usr/local)/#\\1{self.root}/\\2/#g' "
            "baqylau baqylau.service\n"
            "$REAL_GIT update-index --skip-worktree baqylau baqylau.service\n",
        )

    def _write(self, name: str, text: str) -> None:
        path = self.root / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)

    def environment(self) -> dict[str, str]:
        """What a shell on this machine knows: nothing of ours."""
        ours = {"DJANGO_SETTINGS_MODULE", "PYTHONPATH", "VIRTUAL_ENV", "MAKEFLAGS", "MAKELEVEL"}
        clean = {k: v for k, v in os.environ.items() if not k.startswith("BAQYLAU_")}
        path = os.environ["PATH"]
        real = subprocess.run(["which", "git"], capture_output=True, text=True, check=True)
        return {k: v for k, v in clean.items() if k not in ours} | {
            "PATH": f"{self.root}/words:{self.root}/usr/local/bin:{path}",
            "MACHINE": str(self.root),
            "HOME_OF_PROGRAM": str(self.root / "var/lib/baqylau"),
            "REAL_GIT": real.stdout.strip(),
            "LC_ALL": "C.UTF-8",
        }

    def run(self, lines: str, typed: str = "") -> str:
        """Run lines of the document at a terminal on which `typed` is typed; returns what was said.

        Fails at the first line that fails.
        """
        keyboard, terminal = pty.openpty()
        try:
            os.write(keyboard, typed.encode())
            result = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", self.here(lines)],
                cwd=self.root,
                env=self.environment(),
                stdin=terminal,
                capture_output=True,
                text=True,
                timeout=300,
            )
        finally:
            os.close(keyboard)
            os.close(terminal)
        assert result.returncode == 0, f"{lines}\n{result.stdout}\n{result.stderr}"
        return result.stdout

    def calls(self) -> list[str]:
        """How the noted programs were called, without our own folder."""
        text = (self.root / "calls").read_text(encoding="utf-8")
        return text.replace(str(self.root), "").splitlines()


def snapshot(target: Path) -> None:
    """A repository with the working copy as it stands now."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=pages.ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        source = pages.ROOT / name
        if source.is_file():
            copy = target / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(source.read_bytes())
            copy.chmod(source.stat().st_mode)
    who = ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "gc.auto=0"]
    for words in (["init", "-q"], ["add", "-A"], [*who, "commit", "-q", "-m", "now"]):
        subprocess.run(["git", *words], cwd=target, check=True, capture_output=True)
