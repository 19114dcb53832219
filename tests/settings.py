"""The product's settings in a folder of their own; BAQYLAU_TEST_ENGINE names the engine."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from baqylau.config.compiling import compile_all
from tests.modules import ALL_MODULES, NONE

# Before anything is translated: a catalogue that was read once is never read again.
compile_all()
HOME = Path(tempfile.mkdtemp(prefix="baqylau-tests-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
(HOME / "var" / "db").mkdir(parents=True)
for name in [name for name in os.environ if name.startswith("BAQYLAU_")]:
    if not name.startswith("BAQYLAU_TEST_"):
        del os.environ[name]
ENGINE = os.environ.pop("BAQYLAU_TEST_ENGINE", "sqlite")
MODULES = os.environ.pop("BAQYLAU_TEST_MODULES", "")
os.environ["BAQYLAU_HOME"] = str(HOME)
os.environ["BAQYLAU_MODULES"] = " ".join(ALL_MODULES) if not MODULES else MODULES.replace(NONE, "")

if ENGINE == "postgresql":
    from tests.postgres import start

    for variable, address in start(HOME).items():
        os.environ[variable] = address

from baqylau.config.settings import *  # noqa: E402, F403 - after the databases are chosen
from baqylau.config.settings import DATABASES, STORAGES, TEMPLATES  # noqa: E402 - after the databases are chosen
from baqylau.storage.sqlite.base import DURABLE  # noqa: E402 - after the databases are chosen


class _Undefined(str):
    """Fails the test of any page that names a variable which nobody gave it."""

    __slots__ = ()

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"undefined template variable: {name}")

    def __contains__(self, part: object) -> bool:
        return part == "%s"


for template in TEMPLATES:
    template["OPTIONS"]["string_if_invalid"] = _Undefined("%s")  # type: ignore[index]  # Django's settings have no types

for alias, database in DATABASES.items():
    if ENGINE == "sqlite":
        database["TEST"] = {"NAME": str(HOME / "var" / "db" / f"test_{alias}.sqlite3")}
        # Speed: no test but the crash tests asks what a power cut leaves, and those start their
        # own server.
        database["OPTIONS"] |= {  # type: ignore[operator]
            "init_command": DURABLE.replace("FULL", "OFF"),
        }
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
# Other rooms hold the clock at other years: their desks neither lock nor end meanwhile. The tests
# of the staff room set both back to what the product has.
STAFF_IDLE = STAFF_SHIFT = 3_000_000_000
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
