"""Who sits at the desk: asked on desk pages only, so that the public site costs no query."""

from collections.abc import Callable

from django.contrib.auth import get_user
from django.http import HttpRequest, HttpResponse

from baqylau.kernel.access import Nobody
from baqylau.staff.models import User
from baqylau.staff.queries import actor_of
from baqylau.web.trees import is_desk

Answer = Callable[[HttpRequest], HttpResponse]


def who(get_response: Answer) -> Answer:
    """Give a desk request its `user` and its `actor`; on the public site everybody is Nobody."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.actor = Nobody()  # type: ignore[attr-defined]
        if is_desk(request):
            request.user = get_user(request)
            user = request.user if isinstance(request.user, User) else None
            request.actor = actor_of(user)  # type: ignore[attr-defined]
        return get_response(request)

    return answer
