"""A program of the restored site: counts its rows, and opens every report with an officer's key.

`python -m tests.operation.opener` reads JSON (`holder`, `passphrase`) and answers with JSON:
`rows` by database and table, `opened` by report (how many items).
"""

import json
import os
import sys

import django

from baqylau.kernel.access import Actor


def main() -> None:
    """Answer, and end."""
    told = json.loads(sys.stdin.readline())
    os.environ["DJANGO_SETTINGS_MODULE"] = "baqylau.config.settings"
    django.setup()
    from baqylau.operation.queries import ALIASES, row_counts  # noqa: PLC0415 - rooms load after Django is set up
    from baqylau.reports.models import Part, Report  # noqa: PLC0415 - as above
    from baqylau.reports.queries.contents import open_part, open_wrap  # noqa: PLC0415 - as above
    from baqylau.reports.services.locking import opened_by_passphrase  # noqa: PLC0415 - as above
    from baqylau.seal.wraps import Role  # noqa: PLC0415 - as above

    own = opened_by_passphrase(Actor(told["holder"]), told["passphrase"])
    opened = {}
    for report in Report.objects.all():
        key = open_wrap(report, Part.REPORT, Role.OFFICER, own, told["holder"])
        opened[report.pk] = len(open_part(key, report, Part.REPORT))
    rows = {alias: row_counts(alias) for alias in ALIASES}
    sys.stdout.write(json.dumps({"rows": rows, "opened": opened}) + "\n")


if __name__ == "__main__":
    main()
