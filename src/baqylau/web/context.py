"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from baqylau.kernel.modules import MenuItem, registry
from baqylau.kernel.permissions import may_somewhere
from baqylau.web import queries
from baqylau.web.trees import is_desk

DAILY = 30
"""Places with an order below this are the daily work."""
DAILY_MOST = 3
"""Places that stand in the line of navigation, the worklist among them, beside the page's own."""
LINE_LETTERS = 40
"""Letters of all names in the line, at most: more would take a second one at 1280 px."""


def plain() -> dict[str, object]:
    """What the frame needs where no request can be asked: languages lead to the home pages."""
    now = translation.get_language()
    return {
        "LANGUAGE_CODE": now,
        "organisation": queries.organisation(now),
        "is_training": settings.IS_TRAINING,
        "is_desk": False,
        "languages": [
            {"code": code, "name": name, "is_active": code == now, "url": _home(code)}
            for code, name in settings.LANGUAGES
        ],
        "desk_menu": [],
        "desk_more": False,
        "programme_phone": queries.phone(),
    }


def _home(code: str) -> str:
    with translation.override(code):
        return reverse("home")


def site(request: HttpRequest) -> dict[str, object]:
    """Frame values: organisation, training mark, languages of this page, the desk's menu."""
    menu = _menu(request) if is_desk(request) else []
    return {
        "organisation": queries.organisation(),
        "is_training": settings.IS_TRAINING,
        "is_desk": is_desk(request),
        "languages": _languages(request),
        "desk_menu": menu,
        "desk_more": any(not item["is_in_line"] for item in menu),
        "desk_corners": _corners(request) if is_desk(request) else [],
        "desk_scripts": registry.gather("desk_scripts") if is_desk(request) else [],
        "programme_phone": queries.phone(),
    }


def _languages(request: HttpRequest) -> list[dict[str, object]]:
    """The same page in each language; an unknown address leads to each language's home page."""
    now = translation.get_language()
    return [
        {"code": code, "name": name, "is_active": code == now, "url": _same(request, code)}
        for code, name in settings.LANGUAGES
    ]


def _same(request: HttpRequest, code: str) -> str:
    match = request.resolver_match
    with translation.override(code):
        try:
            if match and not is_desk(request):
                url = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
                query = request.GET.urlencode()
                return f"{url}?{query}" if query else url
            return _home(code)
        except NoReverseMatch:
            return "/"


def _corners(request: HttpRequest) -> list[str]:
    """The templates that rooms put into the head of somebody who is signed in."""
    actor = getattr(request, "actor", None)
    if actor is None or not actor.key:
        return []
    return [room.desk_corner for room in registry if room.desk_corner]


def _menu(request: HttpRequest) -> list[dict[str, object]]:
    actor = getattr(request, "actor", None)
    if actor is None or not actor.key:
        return []
    here = request.path_info
    desk = reverse("desk")
    places = [MenuItem("desk", _("Worklist"), "", 0, "w")]
    places += [item for item in registry.gather("menu") if may_somewhere(actor, item.action)]
    daily = [item for item in places if item.order < DAILY][:DAILY_MOST]
    if len(places) <= DAILY_MOST:
        daily = places
    rows = [(item, reverse(item.url_name)) for item in places]
    fits = [url for _item, url in rows if url == here or (url != desk and here.startswith(url))]
    nearest = max(fits, key=len, default="")
    is_here = [url == nearest for _item, url in rows]
    line = _line(daily, [item for (item, _url), here in zip(rows, is_here, strict=True) if here])
    return [
        {
            "label": item.label,
            "url": url,
            "key": item.key,
            "is_here": is_there,
            "is_start": item.is_start,
            "is_in_line": item in line,
        }
        for (item, url), is_there in zip(rows, is_here, strict=True)
    ]


def _line(daily: list[MenuItem], here: list[MenuItem]) -> list[MenuItem]:
    """What stands in the line: the worklist, where one is, and of the daily ones as many as fit."""
    strangers = [item for item in here if item not in daily]
    line = list(daily[: DAILY_MOST - len(strangers)] if strangers else daily) + strangers
    for item in reversed(line[1:]):
        if sum(len(str(each.label)) for each in line) <= LINE_LETTERS:
            break
        if item not in here:
            line.remove(item)
    return line
