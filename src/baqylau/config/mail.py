"""The mail server, from one address."""

from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_noop as _

from baqylau.config.environment import SettingError

SECURITY = {"smtp": "starttls", "smtps": "tls", "smtp+plain": "none"}
"""smtp asks for STARTTLS, smtps begins with TLS, smtp+plain is for a server on the same machine."""

SHAPE = _("A mail server looks like smtp://user:password@host:587.")

PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


def mail_server(address: str) -> dict[str, str]:
    """host, port, user, password, security; empty when no server is set.

    Raises: SettingError when it is no such address.
    """
    if not address:
        return {}
    try:
        parts = urlsplit(address)
        usual = PORTS[parts.scheme]
        port = parts.port or usual
    except (KeyError, ValueError) as error:
        raise SettingError(SHAPE) from error
    if not parts.hostname:
        raise SettingError(SHAPE)
    return {
        "host": parts.hostname,
        "port": str(port),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "security": SECURITY[parts.scheme],
    }
