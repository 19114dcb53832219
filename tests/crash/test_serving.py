"""The whole site is killed while people work: nothing acknowledged is lost, nothing is there twice.

A real server with everything that it started, and a colleague's closing of periods beside it, die
at once by `kill -9`. Advisers, reporters and residents go on as people do: they send the same page
again until it is taken. On PostgreSQL the database server lives on, as on a machine of its own.
"""

import random
import statistics
import time

from benchmarks._reporting import Visitor, review
from benchmarks.reception import Desk
from django.db import connection

from tests.crash.conftest import Tell, within
from tests.crash.living import PATIENCE, living
from tests.crash.reckoning import reckon

KILLS = 2
SECONDS = 150.0
"""In which kills are begun."""
ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def test_a_site_killed_at_any_moment_loses_nothing_and_doubles_nothing(
    told: Tell, crash_rounds: int
) -> None:
    engine = ENGINES[connection.vendor]
    chance = random.Random(crash_rounds)  # noqa: S311 - when to kill
    with living(engine) as site:
        desk = Desk(site.signed_in())
        assert desk.open()
        visitors = [Visitor(site.base), Visitor(site.base)]
        people = [
            site.work(site.advise, desk),
            site.work(site.report, visitors[0], review(site.base)),
            site.work(site.show, visitors[1]),
            site.work(site.attach, site.signed_in()),
            site.work(site.comment),
        ]
        ready = []
        for _kill in within(SECONDS, max(KILLS, crash_rounds)):
            time.sleep(chance.uniform(0.5, 2.5))
            site.kill()
            ready.append(site.start())
        site.is_over = True
        for person in people:
            person.join(PATIENCE)
        for visitor in visitors:
            visitor.close()
        site.stop()
        assert site.faults == []
        found = reckon(site)
    told(
        f"{engine}: server group killed (kill -9) {len(ready)} times: {found.line}; ready again "
        f"after {statistics.median(ready):.1f} s, {max(ready):.1f} s at most"
    )
    assert found.lost == []
    assert found.doubled == []
    assert min(found.acknowledged.values()) > 0, "all of them worked"
