"""What officers and custodians find in a report that came through the form."""

from baqylau.reports.models import Part, Report, Wrap
from baqylau.reports.queries.contents import open_file, open_part, open_wrap
from baqylau.reports.rules.answers import Answers, Name, read_answers, read_name
from baqylau.reports.rules.contents import FileHead, read_head
from baqylau.seal.wraps import Role
from tests.reports.making import House


def only_report() -> Report:
    """The one report that there is."""
    return Report.objects.get()


def answers_in(house: House, report: Report) -> Answers:
    """The answers, opened by the first officer."""
    return read_answers(_items(house, report)[0])


def files_in(house: House, report: Report) -> list[tuple[FileHead, bytes]]:
    """Head and content of every file, opened by the first officer."""
    held = house.officers[0]
    key = open_wrap(report, Part.REPORT, Role.OFFICER, held.key, held.actor.key)
    found = []
    for item in open_part(key, report, Part.REPORT):
        if item.is_stored:
            with open_file(key, report, Part.REPORT, item.number) as file:
                found.append((read_head(file), file.read()))
    return found


def name_in(house: House, report: Report) -> Name:
    """The name, opened by the custodian."""
    held = house.custodians[0]
    key = open_wrap(report, Part.NAME, Role.CUSTODIAN, held.key, held.actor.key)
    return read_name(open_part(key, report, Part.NAME)[0].content)


def readers_of(report: Report) -> set[str]:
    """Who holds a key to what was said."""
    rows = Wrap.objects.filter(report=report.pk, part=Part.REPORT, role=Role.OFFICER)
    return set(rows.values_list("holder", flat=True))


def _items(house: House, report: Report) -> list[bytes]:
    held = house.officers[0]
    key = open_wrap(report, Part.REPORT, Role.OFFICER, held.key, held.actor.key)
    return [item.content for item in open_part(key, report, Part.REPORT)]
