"""A judge of content security policies: what a header allows, and what is wrong with it.

Source: W3C, Content Security Policy Level 3, sections 2.3 (sources) and 6 (directives).
"""

from collections.abc import Iterator, Mapping, Sequence

FETCHES = (
    "child-src",
    "connect-src",
    "font-src",
    "frame-src",
    "img-src",
    "manifest-src",
    "media-src",
    "object-src",
    "prefetch-src",
    "script-src",
    "script-src-attr",
    "script-src-elem",
    "style-src",
    "style-src-attr",
    "style-src-elem",
    "worker-src",
)
"""Directives that fall back to default-src."""
OTHERS = ("base-uri", "form-action", "frame-ancestors", "sandbox", "upgrade-insecure-requests")
"""Directives that fall back to nothing: left out, they allow everything."""
PARENTS = {
    "script-src-attr": "script-src",
    "script-src-elem": "script-src",
    "style-src-attr": "style-src",
    "style-src-elem": "style-src",
    "worker-src": "script-src",
}
NONE, SELF = "'none'", "'self'"

Policy = Mapping[str, Sequence[str]]


def parse(header: str) -> tuple[Policy, list[str]]:
    """The directives of one header, and what is wrong with how it is written.

    Of a directive that stands twice browsers take the first and say nothing.
    """
    found: dict[str, list[str]] = {}
    faults = []
    if "," in header:
        faults.append("two policies in one header")
    for part in header.split(";"):
        words = part.lower().split()
        if not words:
            continue
        name, sources = words[0], words[1:]
        if name in found:
            faults.append(f"{name} stands twice")
            continue
        if name not in {"default-src", *FETCHES, *OTHERS}:
            faults.append(f"{name} is no directive that is known here")
        found[name] = sources
    return found, faults


def sources_of(policy: Policy, directive: str) -> Sequence[str] | None:
    """What a fetch directive allows, with what it falls back to; None for everything."""
    for name in (directive, PARENTS.get(directive, ""), "default-src"):
        if name in policy:
            return policy[name]
    return None


def _is_closed(sources: Sequence[str] | None) -> bool:
    """Whether nothing is allowed: `'none'` alone, or an empty list."""
    return sources is not None and (list(sources) == [NONE] or not sources)


def faults(header: str, *, scripts: bool) -> list[str]:
    """Everything that is wrong with a page's policy; `scripts`: whether it may run our own.

    Nothing but `'self'` and `'none'` is ever allowed: no host, no scheme, no wildcard, no word
    that lets inline or evaluated code run.
    """
    policy, found = parse(header)
    closed = {name: policy.get(name) for name in ("default-src", "base-uri", "frame-ancestors")}
    found += [
        f"{name} is not 'none'" for name, sources in closed.items() if not _is_closed(sources)
    ]
    found += _strange(policy)
    own = {"style-src", "img-src", *PARENTS, *(("script-src", "connect-src") if scripts else ())}
    for name in FETCHES:
        if name not in own and not _is_closed(sources_of(policy, name)):
            found.append("scripts may run" if name == "script-src" else f"{name} is open")
    if policy.get("form-action") is None or set(policy["form-action"]) - {NONE, SELF}:
        found.append("forms may be sent elsewhere")
    return sorted(set(found))


def _strange(policy: Policy) -> Iterator[str]:
    """Sources that are neither `'self'` nor `'none'`, or both at once."""
    for name, sources in policy.items():
        if name in {"sandbox", "upgrade-insecure-requests"}:
            continue
        yield from (f"{name} allows {source}" for source in sources if source not in {NONE, SELF})
        if NONE in sources and len(sources) > 1:
            yield f"{name} holds 'none' and more, so 'none' is void"


def faults_of_file(header: str) -> list[str]:
    """What is wrong with the policy of a file that somebody else made: it runs in a sandbox."""
    policy, found = parse(header)
    if policy.get("sandbox") != []:
        found.append("the sandbox is open or missing")
    if not _is_closed(policy.get("default-src")):
        found.append("default-src is not 'none'")
    return found
