"""The headings of an account, in its own language; the caller translates them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Every heading and label that a document shows around what it holds.

    `not_recomputable` marks an indicator that was typed in, `draft` an account without a seal.
    """

    overview: str
    heading: str
    text: str
    contract: str
    commissioner: str
    period: str
    made: str
    day: str
    draft: str
    indicators: str
    code: str
    indicator: str
    unit: str
    plan: str
    fact: str
    done: str
    n: str
    interval: str
    counted: str
    population: str
    method: str
    not_recomputable: str
    document: str
    note: str
    spending: str
    line: str
    spent: str
    left: str
    total: str
    annex: str
    picture: str
    pictures: str
    corrections: str
    what: str
    old: str
    new: str
    who: str
    why: str
    verified: str
    narrative: str
    notes: str
    definitions: str
    approved: str
    seal: str
    digest: str
    head: str
    head_number: str
    head_digest: str
    how_to_check: str
    page: str
