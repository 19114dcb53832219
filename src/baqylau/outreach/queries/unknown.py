"""What was asked for and is not there."""

from baqylau.kernel.errors import DomainError


class UnknownError(DomainError):
    """There is no such event, campaign, speaker, test or doubt, or nothing such of it."""

    code = "unknown"
    status = 404
