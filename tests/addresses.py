"""Every address of the site, from its own tables, so that no page is forgotten by a test."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern


@dataclass(frozen=True, slots=True)
class Address:
    """A route: its name, its pattern, and whether it can be asked for without an argument."""

    name: str
    route: str
    is_desk: bool
    view: Callable[..., Any] | None = field(default=None, repr=False, compare=False)

    @property
    def is_plain(self) -> bool:
        """Whether nothing must be filled in."""
        return "<" not in self.route and "(" not in self.route

    def filled(self, values: Mapping[str, str]) -> str:
        """The address with a value for each argument, by the argument's type (int, slug, str).

        A type of a room's own gets what a str gets; an argument that is described by its digits
        alone as many noughts.
        """
        digits = re.sub(
            r"\(\?P<\w+>\[0-9[a-f-]*\]\{(?:\d+,)?(\d+)\}\)",
            lambda found: "0" * int(found[1]),
            self.route,
        )
        plain = digits.replace("^", "").removesuffix("$")
        text = values["str"]
        return "/" + re.sub(r"<(\w+):\w+>", lambda found: values.get(found[1], text), plain)


def addresses() -> list[Address]:
    """All routes of both trees."""
    return sorted(_walk(get_resolver().url_patterns, ""), key=lambda address: address.route)


def _walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[Address]:
    for pattern in patterns:
        part = "" if isinstance(pattern.pattern, LocalePrefixPattern) else str(pattern.pattern)
        route = before + part
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield Address(
                pattern.name or "", route, is_desk=route.startswith("desk/"), view=pattern.callback
            )
