"""What the numbers mean: every published figure in lay words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from baqylau.accountability.queries.tables import labels
from baqylau.figures import showing
from baqylau.figures.queries.closing import to_publish
from baqylau.kernel.figures import Between, Count, Days, Figure, Live, Share
from baqylau.stats.rounding import BASE, THRESHOLD
from baqylau.web.conditional import conditional


@require_safe
@conditional()
def meaning(request: HttpRequest) -> HttpResponse:
    """Definition, method and limits of each figure, then what holds for all of them."""
    context = {
        "figures": [_told(each) for each in to_publish() if not each.has_public_records],
        "threshold": THRESHOLD,
        "base": BASE,
    }
    return render(request, "accountability/meaning.html", context)


@require_safe
@conditional()
def of_public_records(request: HttpRequest) -> HttpResponse:
    """The same of figures whose records everybody can read: nothing of them is hidden."""
    context = {"figures": [_told(each) for each in to_publish() if each.has_public_records]}
    return render(request, "accountability/meaning_public.html", context)


def _told(figure: Figure) -> dict[str, object]:
    known = labels(figure)
    return {
        "code": figure.code,
        "label": figure.label,
        "sentence": figure.sentence,
        "method": showing.method(figure),
        "limits": _limits(figure),
        "by": [known[code] for code in known if code in (figure.published or ())],
    }


def _limits(figure: Figure) -> str:
    """What the number cannot say."""
    if figure.has_public_records and isinstance(figure.kind, Count | Live):
        return _("It counts what was done and can be read, not what came of it.")
    match figure.kind:
        case Share():
            return _(
                "Two shares are different only when their intervals do not overlap; else chance "
                "could explain it. What is not recorded is not in it."
            )
        case Days():
            return _(
                "Half took no longer than the middle one; a few that took very long do not move "
                "it, and do not show in it."
            )
        case Between():
            return _("The truth lies between the two numbers; where, we do not know.")
        case _count:
            return _(
                "It counts what people brought to us, not all that happened. More of it may mean "
                "more trouble, or more trust."
            )
