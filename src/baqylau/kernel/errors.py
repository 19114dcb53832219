"""One kind of error for everything that a rule of the domain refuses."""

from collections.abc import Mapping, Sequence
from typing import Any


class DomainError(Exception):
    """A refusal that a person can read: a stable code, one sentence, the field that it is about.

    `message` may be a lazy translation with `%(name)s` places; `params` fills them when the
    sentence is read, so the reader's language decides. `field` is the form field's name, or ""
    for the whole form. `status` is the HTTP status that a view answers with when it has no form.
    """

    code = "refused"
    status = 400

    def __init__(
        self,
        message: Any,  # noqa: ANN401 - str or a lazy translation, which shares no type with it
        *,
        code: str = "",
        field: str = "",
        params: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message)
        self.template = message
        self.code = code or type(self).code
        self.field = field
        self.params = dict(params or {})

    @property
    def message(self) -> str:
        """The sentence in the language that is active now."""
        text = str(self.template)
        return text % self.params if self.params else text

    def __str__(self) -> str:
        return self.message


class NotAllowedError(DomainError):
    """The actor has no right to this action on this object."""

    code = "not_allowed"
    status = 403


class ConflictError(DomainError):
    """Somebody else was first: the object has changed since it was read."""

    code = "conflict"
    status = 409


class RefusalsError(DomainError):
    """Several refusals at once, so that somebody mends all of them in one go."""

    def __init__(self, refusals: Sequence[DomainError]) -> None:
        super().__init__("", code=refusals[0].code, field=refusals[0].field)
        self.refusals = tuple(refusals)

    @property
    def message(self) -> str:
        """The sentences one after another, in the language that is active now."""
        return " ".join(refusal.message for refusal in self.refusals)


def refuse_all(refusals: Sequence[DomainError]) -> None:
    """Say all that is wrong. Raises: RefusalsError unless nothing is."""
    if refusals:
        raise RefusalsError(refusals)
