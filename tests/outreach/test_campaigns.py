"""Campaigns: the three that ship, others beside them, and what is given out."""

from datetime import date

import pytest
from django.test import Client

from baqylau.files.models import StoredFile
from baqylau.journal.models import Entry
from baqylau.kernel.errors import ConflictError, DomainError, NotAllowedError, RefusalsError
from baqylau.outreach.models import Campaign, CampaignMaterial
from baqylau.outreach.services import campaigns
from tests.cast import Cast
from tests.outreach.making import BOSS, campaign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reach")]
PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"


def leaflet(name: str = "Кітапша", media_type: str = "application/pdf") -> campaigns.Leaflet:
    """A small file to be given out."""
    return campaigns.Leaflet(PDF, media_type, name)


def test_the_three_campaigns_ship_and_come_once() -> None:
    names = list(Campaign.objects.order_by("order").values_list("name_kk", flat=True))
    assert names == ["Жасырын сатып алушы", "Таза сессия", "Парасыз болашаққа"]
    assert all(Campaign.objects.values_list("name_en", flat=True))
    assert campaigns.seed() == "0 науқан"
    assert Campaign.objects.count() == 3


def test_a_renamed_campaign_is_not_brought_back_to_its_old_name() -> None:
    row = campaign()
    campaigns.write_campaign(
        actor=BOSS, campaign=row, revision=1, fields={"name_kk": "Адал болашақ"}
    )
    campaigns.seed()
    assert campaign().name_kk == "Адал болашақ"


def test_another_campaign_is_added_with_an_address_of_its_own() -> None:
    made = campaigns.write_campaign(
        actor=BOSS,
        fields={
            "name_kk": " Адал сату ",
            "aim_kk": "Базардағы таразы.",
            "first_on": date(2026, 7, 1),
        },
    )
    assert (made.name_kk, made.revision, len(made.code)) == ("Адал сату", 1, 8)
    entry = Entry.objects.get(subject=f"campaign:{made.code}")
    assert "Адал" not in entry.payload


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name_kk": "  "}, "name_kk"),
        ({"name_kk": "Н", "first_on": date(2026, 7, 2), "until_on": date(2026, 7, 2)}, "until_on"),
        ({"name_kk": "Н", "aim_ru": "я" * 601}, "aim_ru"),
    ],
)
def test_a_campaign_without_name_or_days_is_refused(fields: dict[str, object], field: str) -> None:
    with pytest.raises(RefusalsError) as caught:
        campaigns.write_campaign(actor=BOSS, fields=fields)
    assert [each.field for each in caught.value.refusals] == [field]
    assert Campaign.objects.count() == 3


def test_two_people_do_not_overwrite_each_other() -> None:
    row = campaign()
    campaigns.write_campaign(actor=BOSS, campaign=row, revision=1, fields={"name_kk": "Бір"})
    with pytest.raises(ConflictError):
        campaigns.write_campaign(actor=BOSS, campaign=row, revision=1, fields={"name_kk": "Екі"})
    assert campaign().name_kk == "Бір"


def test_only_those_who_plan_write_campaigns(cast: Cast) -> None:
    with pytest.raises(NotAllowedError):
        campaigns.write_campaign(actor=cast.editor.actor, fields={"name_kk": "Н"})


def test_a_leaflet_comes_in_once_and_goes_with_its_content() -> None:
    made = campaigns.add_material(actor=BOSS, campaign=campaign(), leaflet=leaflet())
    again = campaigns.add_material(actor=BOSS, campaign=campaign(), leaflet=leaflet("Тағы"))
    assert again.pk == made.pk
    campaigns.remove_material(actor=BOSS, material=made)
    campaigns.remove_material(actor=BOSS, material=made)
    assert not CampaignMaterial.objects.exists()
    assert Entry.objects.filter(action="outreach.material_removed").count() == 1


def test_a_leaflet_of_another_kind_or_without_a_name_is_refused_and_not_kept() -> None:
    for said, field in ((leaflet(media_type="text/html"), "file"), (leaflet("  "), "name_kk")):
        with pytest.raises(RefusalsError) as caught:
            campaigns.add_material(actor=BOSS, campaign=campaign(), leaflet=said)
        assert [each.field for each in caught.value.refusals] == [field]
    assert not StoredFile.objects.exists()


def test_anybody_takes_a_leaflet_home_as_a_file(client: Client) -> None:
    made = campaigns.add_material(actor=BOSS, campaign=campaign(), leaflet=leaflet())
    answer = client.get(f"/reached/materials/{made.pk}/")
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]  # a file's answer
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "Кітапша" in client.get("/reached/campaigns/bribe-free/").content.decode()
    campaigns.remove_material(actor=BOSS, material=made)
    assert client.get(f"/reached/materials/{made.pk}/").status_code == 404


def test_a_campaign_gives_out_twenty_things() -> None:
    for number in range(campaigns.MATERIALS + 1):
        said = campaigns.Leaflet(PDF + b"%" * number, "application/pdf", "Кітапша")
        if number < campaigns.MATERIALS:
            campaigns.add_material(actor=BOSS, campaign=campaign(), leaflet=said)
        else:
            with pytest.raises(DomainError, match="20"):
                campaigns.add_material(actor=BOSS, campaign=campaign(), leaflet=said)
    assert CampaignMaterial.objects.count() == campaigns.MATERIALS
