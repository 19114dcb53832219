"""How this site calls itself on slips and in weekly lists."""

import re

from django.conf import settings

_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*")


def site_name() -> str:
    """The first name under which the site is reached, the same for every slip and list."""
    names = (str(name).lower().lstrip(".") for name in settings.ALLOWED_HOSTS)
    return next((name for name in names if _HOST.fullmatch(name)), "localhost")
