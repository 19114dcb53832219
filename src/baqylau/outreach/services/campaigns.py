"""Writing campaigns and what is given out in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baqylau.files import services as files
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM, Actor
from baqylau.kernel.errors import ConflictError, DomainError, refuse_all
from baqylau.kernel.permissions import require
from baqylau.outreach.access import CAMPAIGNS
from baqylau.outreach.models import Campaign, CampaignMaterial
from baqylau.outreach.rules import wording

LANGUAGES = ("kk", "ru", "en")
NAMES = tuple(f"name_{code}" for code in LANGUAGES)
AIMS = tuple(f"aim_{code}" for code in LANGUAGES)
AIM = 600
"""Signs of an aim: a sentence or two."""
MATERIALS = 20
KINDS: Mapping[str, str] = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
"""What may be given out, and how such a file's name ends."""
LIMIT = 20 * 1_048_576
"""Bytes of a file that is given out."""

STARTERS: tuple[Mapping[str, Any], ...] = (
    {
        "code": "mystery-shopper",
        "order": 10,
        "name_kk": "Жасырын сатып алушы",
        "name_ru": "Тайный покупатель",
        "name_en": "Mystery shopper",
        "aim_kk": "Мемлекеттік көрсетілетін қызмет қалай көрсетіліп жатқанын қарапайым келушінің"
        " көзімен көру және адамдарға өз құқығын айту.",
        "aim_ru": "Увидеть глазами обычного посетителя, как оказываются государственные услуги,"
        " и рассказать людям об их правах.",
        "aim_en": "To see with a visitor's eyes how public services are given, and to tell people"
        " their rights.",
    },
    {
        "code": "clean-session",
        "order": 20,
        "name_kk": "Таза сессия",
        "name_ru": "Чистая сессия",
        "name_en": "Clean session",
        "aim_kk": "Емтихан сессиясы парасыз өтсін: студенттер өз құқығын және қайда хабарлау"
        " керегін білсін.",
        "aim_ru": "Чтобы сессия проходила без взяток: студенты знают свои права и куда сообщить.",
        "aim_en": "Exam sessions without bribes: students know their rights and where to report.",
    },
    {
        "code": "bribe-free",
        "order": 30,
        "name_kk": "Парасыз болашаққа",
        "name_ru": "К будущему без взяток",
        "name_en": "Towards a bribe-free future",
        "aim_kk": "Әр мекемеде, әр ауылда адамдармен сөйлесу: пара неге зиян және онсыз істі"
        " қалай бітіруге болады.",
        "aim_ru": "Поговорить с людьми в каждом учреждении и в каждом ауле: чем вредна взятка и"
        " как решить дело без неё.",
        "aim_en": "To talk with people in every institution and village: what bribes do, and how"
        " to get by without them.",
    },
)
"""The three campaigns of the programme; they may be renamed and ended at the desk."""


def seed() -> str:
    """Bring the three campaigns, each unless it is there already."""
    first_on = clock.today().replace(month=1, day=1)
    made = 0
    for fields in STARTERS:
        with transaction.atomic():
            row, is_new = Campaign.objects.get_or_create(
                code=fields["code"], defaults={**fields, "first_on": first_on}
            )
            if is_new:
                append(
                    action="outreach.campaign_written",
                    actor=SYSTEM,
                    subject=f"campaign:{row.code}",
                    payload={"revision": 1},
                )
        made += is_new
    return ngettext("%(count)s campaign", "%(count)s campaigns", made) % {"count": made}


def _faults(fields: Mapping[str, Any]) -> Iterator[DomainError]:
    yield from wording.faults({name: str(fields.get(name, "")) for name in (*NAMES, *AIMS)})
    if not str(fields.get("name_kk", "")).strip():
        yield DomainError(_("Fill this in."), code="empty", field="name_kk")
    first, until = fields.get("first_on"), fields.get("until_on")
    if first and until and until <= first:
        yield DomainError(
            _("The last day lies before the first one."), code="span", field="until_on"
        )
    for name in AIMS:
        if len(str(fields.get(name, ""))) > AIM:
            yield DomainError(
                _("At most %(limit)s signs."), code="long", field=name, params={"limit": AIM}
            )


def write_campaign(
    *, actor: Actor, fields: Mapping[str, Any], campaign: Campaign | None = None, revision: int = 0
) -> Campaign:
    """Add a campaign, or change one as it was when `revision` was read.

    Raises: NotAllowedError; RefusalsError; ConflictError.
    """
    require(actor, CAMPAIGNS)
    refuse_all(list(_faults(fields)))
    with transaction.atomic():
        row = (
            Campaign.objects.select_for_update().get(pk=campaign.pk)
            if campaign
            else Campaign(first_on=clock.today())
        )
        if campaign and row.revision != revision:
            raise ConflictError(_("Somebody has changed this meanwhile. Look again."))
        for name in (*NAMES, *AIMS, "first_on", "until_on"):
            if name in fields:
                value = fields[name]
                setattr(row, name, value.strip() if isinstance(value, str) else value)
        row.revision = row.revision + 1 if campaign else 1
        row.save()
        append(
            action="outreach.campaign_written",
            actor=actor,
            subject=f"campaign:{row.code}",
            payload={"revision": row.revision},
        )
    return row


@dataclass(frozen=True, slots=True)
class Leaflet:
    """A file to be given out, as it came; what it is was read from its content."""

    content: bytes
    media_type: str
    name_kk: str
    name_ru: str = ""


def add_material(*, actor: Actor, campaign: Campaign, leaflet: Leaflet) -> CampaignMaterial:
    """Add something that anybody may take, print and show; the same file comes in once.

    Raises: NotAllowedError; RefusalsError; DomainError for a file that is not taken, or too many.
    """
    require(actor, CAMPAIGNS)
    faults = []
    if not leaflet.name_kk.strip():
        faults.append(DomainError(_("Fill this in."), code="empty", field="name_kk"))
    if leaflet.media_type not in KINDS or not leaflet.content:
        faults.append(
            DomainError(
                _("Only PDF, DOCX, JPEG and PNG are taken here."), code="kind", field="file"
            )
        )
    refuse_all(faults)
    kept = files.keep(pieces=[leaflet.content], media_type=leaflet.media_type)
    with transaction.atomic():
        row = Campaign.objects.select_for_update().get(pk=campaign.pk)
        rows = CampaignMaterial.objects.filter(campaign=row)
        if (there := rows.filter(file=kept).first()) is not None:
            return there
        if rows.count() >= MATERIALS:
            raise DomainError(
                _("A campaign has at most %(limit)s materials."),
                code="many",
                params={"limit": MATERIALS},
            )
        made = CampaignMaterial.objects.create(
            campaign=row,
            name_kk=leaflet.name_kk.strip(),
            name_ru=leaflet.name_ru.strip(),
            file=kept,
            added_at=clock.now(),
        )
        append(
            action="outreach.material_added",
            actor=actor,
            subject=f"campaign:{row.code}",
            payload={"digest": kept.digest},
        )
    return made


def remove_material(*, actor: Actor, material: CampaignMaterial) -> None:
    """Take a material back; safe to repeat. Raises: NotAllowedError."""
    require(actor, CAMPAIGNS)
    with transaction.atomic():
        gone, _kinds = CampaignMaterial.objects.filter(pk=material.pk).delete()
        if gone:
            append(
                action="outreach.material_removed",
                actor=actor,
                subject=f"campaign:{material.campaign.code}",
                payload={"digest": material.file_id},
            )
    files.forget(digest=material.file_id)
