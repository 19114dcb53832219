"""By what cases, and what leads to them, are taken apart; names in the active language."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from baqylau.casework.taxonomy import ContactKind, Outcome
from baqylau.catalogue.models import PublicService
from baqylau.catalogue.queries.published import name_of
from baqylau.institutions.labels import name as place_name
from baqylau.institutions.models import Institution, ServicePoint
from baqylau.institutions.models import Kind as BodyKind
from baqylau.kernel.figures import Dimension, Grouping, Text
from baqylau.territories.labels import full_name, language
from baqylau.territories.models import Territory
from baqylau.territories.queries import districts


def _services(codes: Sequence[str]) -> Mapping[str, Text]:
    found = PublicService.objects.filter(code__in=codes)
    return {service.code: name_of(service, language()) for service in found}


def _districts(codes: Sequence[str]) -> Mapping[str, Text]:
    return {unit.kato: full_name(unit) for unit in Territory.objects.filter(kato__in=codes)}


def _all_districts() -> Sequence[str]:
    return [unit.kato for unit in districts()]


def _rooms(codes: Sequence[str]) -> Mapping[str, Text]:
    found = ServicePoint.objects.filter(code__in=codes)
    return {point.code: str(place_name(point)) for point in found}


def _bodies(codes: Sequence[str]) -> Mapping[str, Text]:
    found = Institution.objects.filter(code__in=codes)
    return {body.code: str(place_name(body)) for body in found}


def _groups_of(codes: Sequence[str]) -> Mapping[str, str]:
    """Kind of body and district: what an office that is too small alone is shown with."""
    rows = Institution.objects.filter(code__in=codes)
    found = rows.values_list("code", "kind", "district_id")
    return {code: f"{kind}:{district}" for code, kind, district in found}


def _group_names(codes: Sequence[str]) -> Mapping[str, Text]:
    parts = {code: code.partition(":") for code in codes}
    places = _districts([kato for _kind, _colon, kato in parts.values()])
    return {
        code: _("%(kind)s, %(district)s")
        % {"kind": BodyKind(kind).label, "district": places.get(kato, kato)}
        for code, (kind, _colon, kato) in parts.items()
    }


def _kinds(codes: Sequence[str]) -> Mapping[str, Text]:
    return {code: ContactKind(code).label for code in codes}


def _outcomes(codes: Sequence[str]) -> Mapping[str, Text]:
    return {code: Outcome(code).label for code in codes}


KIND = Dimension("kind", _("About"), _kinds, lambda: ContactKind.values)
SERVICE = Dimension("service", _("Service"), _services)
DISTRICT = Dimension("district", _("District"), _districts, _all_districts)
ROOM = Dimension("room", _("Room"), _rooms)
BODY = Dimension(
    "body",
    _("Body"),
    _bodies,
    grouping=Grouping("body_group", _("Kind of body and district"), _groups_of, _group_names),
)
OUTCOME = Dimension("outcome", _("Outcome"), _outcomes, lambda: Outcome.values)
