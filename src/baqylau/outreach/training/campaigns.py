"""The campaigns of the training year: since when, until when, and a leaflet of each."""

import random
from datetime import date, timedelta
from typing import Final

from baqylau.documents.letters import Letter, write_pdf
from baqylau.kernel.access import Actor
from baqylau.outreach.models import Campaign
from baqylau.outreach.services.campaigns import Leaflet, add_material, write_campaign
from baqylau.outreach.training.people import morning_of

BEFORE: Final = timedelta(days=380)
"""The campaigns began so long ago: before the first event of the year."""
ENDING: Final = "clean-session"
"""The campaign that has a last day: it goes with the sessions of one study year."""
NAMES: Final = ("Науқан парақшасы", "Листовка кампании")
LEAFLETS: Final = {
    "mystery-shopper": (
        "Кезекте тұрсаңыз да, терезе алдында болсаңыз да құқығыңыз бар.",
        "Қызметтің мерзімі мен төлемі стандартта жазылған: қызметкерден көрсетуін сұраңыз.",
        "Артық құжат не артық ақша сұраса, не айтқанын, күнін және терезе нөмірін жазып алыңыз.",
        "Қоғамдық қабылдауға келіңіз: кеңес тегін.",
    ),
    "clean-session": (
        "Емтихан бағасы сатылмайды.",
        "Ақша жинап жүрген адамға ештеңе бермеңіз және ешкіммен таласпаңыз.",
        "Не болғанын, қашан, қай пән екенін жазып қойыңыз.",
        "Бағдарлама сайтына хабарлаңыз: аты-жөніңізді айтпасаңыз да болады.",
    ),
    "bribe-free": (
        "Пара бергеннің де, алғанның да ісі қылмыс.",
        "Көмектің көбі тегін: бағасын алдымен сұраңыз.",
        "Жауап келмесе, шағым жазуға болады: үлгісін қоғамдық қабылдаудан алыңыз.",
        "Әр мекемеге барамыз: сіздің мекеме қай күні екенін сайттан қараңыз.",
    ),
}
"""What a leaflet says, line by line. Invented for the training site."""


def bring(_chance: random.Random, actor: Actor, _lecturer: Actor | None, today: date) -> int:
    """Give the campaigns their days and their leaflets; returns how many leaflets."""
    first_on = (today - BEFORE).replace(day=1)
    for code, lines in LEAFLETS.items():
        row = Campaign.objects.filter(code=code).first()
        if row is None:
            continue
        with morning_of(first_on):
            row = write_campaign(
                actor=actor,
                campaign=row,
                revision=row.revision,
                fields={
                    "name_kk": row.name_kk,
                    "first_on": first_on,
                    "until_on": _until(code, today),
                },
            )
            leaflet = Leaflet(_paper(row, lines, first_on), "application/pdf", *NAMES)
            add_material(actor=actor, campaign=row, leaflet=leaflet)
    return len(LEAFLETS)


def _until(code: str, today: date) -> date | None:
    """The first day after the campaign: the July that comes next, for the one that ends."""
    if code != ENDING:
        return None
    return date(today.year + (today.month >= 7), 7, 1)


def _paper(row: Campaign, lines: tuple[str, ...], day: date) -> bytes:
    return write_pdf(Letter(row.name_kk, "kk", day, ("Оқу үлгісі",), row.name_kk, lines))
