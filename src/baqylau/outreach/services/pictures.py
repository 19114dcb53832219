"""Pictures of events, and links to where others wrote about them."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from baqylau.documents.clean.errors import CleanError
from baqylau.documents.clean.light import light
from baqylau.files import services as files
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError, refuse_all
from baqylau.kernel.permissions import require
from baqylau.outreach.access import HOLD
from baqylau.outreach.models import Event, Link, Picture, Stage
from baqylau.outreach.queries.events import holding
from baqylau.outreach.rules import wording
from baqylau.outreach.rules.likeness import SIDE, bands, likeness
from baqylau.outreach.services.doubting import examine_pictures
from baqylau.outreach.services.events import locked

PICTURES: Final = 12
LINKS: Final = 20
KINDS: Final = ("image/jpeg", "image/png", "image/webp")


@dataclass(frozen=True, slots=True, repr=False)
class Pictured:
    """A picture as it came. `has_consent`: those who can be recognised agreed to be shown."""

    content: bytes
    media_type: str
    alt_kk: str
    alt_ru: str = ""
    has_consent: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """What is known of a light picture: its size and its likeness."""

    width: int
    height: int
    likeness: str


def made_light(content: bytes, media_type: str) -> bytes:
    """The picture as a light JPEG that holds its pixels and nothing else.

    Foreign bytes are read in a fenced process. Raises: DomainError for what is no picture.
    """
    try:
        return light(content, media_type)
    except CleanError as error:
        raise DomainError(
            _("This is no picture that can be shown: choose a JPEG, PNG or WebP."),
            code="picture",
            field="file",
        ) from error


def look(jpeg: bytes) -> Looked:
    """Measure a JPEG of our own making; foreign bytes never come here."""
    from PIL import Image  # noqa: PLC0415 - heavy, and needed for this alone

    with Image.open(io.BytesIO(jpeg)) as image:
        width, height = image.size
        small = image.convert("L").resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    return Looked(width, height, likeness(small.tobytes()))


def add_picture(*, actor: Actor, event: Event, said: Pictured) -> Picture:
    """Add a picture, made small; what came with it besides pixels is kept nowhere.

    The same picture at the same event comes in once.
    Raises: NotAllowedError; RefusalsError; DomainError for what is no picture, or too many.
    """
    require(actor, HOLD, holding(event))
    refuse_all(list(_faults(said)))
    small = made_light(said.content, said.media_type)
    return put_picture(
        actor=actor, event=event, said=said, small=small, digest=sha256(said.content).hexdigest()
    )


def _faults(said: Pictured) -> Iterator[DomainError]:
    if not said.alt_kk.strip():
        yield DomainError(_("Say in Kazakh what is seen on it."), code="empty", field="alt_kk")
    yield from wording.faults({"alt_kk": said.alt_kk, "alt_ru": said.alt_ru})


def put_picture(
    *, actor: Actor, event: Event, said: Pictured, small: bytes, digest: str
) -> Picture:
    """Write the row of a picture that was made light; `digest` is that of the file as it came.

    Raises: DomainError when there are too many.
    """
    looked = look(small)
    quarters = bands(looked.likeness) if looked.likeness else (None,) * 4
    kept = files.keep(pieces=[small], media_type="image/jpeg")
    with transaction.atomic():
        row = locked(event)
        rows = Picture.objects.filter(event=row)
        if (there := rows.filter(digest=digest).first()) is not None:
            return there
        if rows.count() >= PICTURES:
            raise DomainError(
                _("An event has at most %(limit)s pictures."),
                code="many",
                params={"limit": PICTURES},
            )
        made = Picture.objects.create(
            event=row,
            order=(rows.aggregate(last=Max("order"))["last"] or 0) + 1,
            file=kept,
            digest=digest,
            likeness=looked.likeness,
            width=looked.width,
            height=looked.height,
            alt_kk=said.alt_kk.strip(),
            alt_ru=said.alt_ru.strip(),
            has_consent=said.has_consent,
            added_by=actor.key,
            added_at=clock.now(),
            **{f"band_{at}": quarter for at, quarter in enumerate(quarters)},
        )
        append(
            action="outreach.picture_added",
            actor=actor,
            subject=f"event:{row.code}",
            payload={"digest": kept.digest, "consent": said.has_consent},
        )
        if row.stage == Stage.REPORTED:
            examine_pictures(event=row)
    return made


def agree(*, actor: Actor, picture: Picture, has_consent: bool) -> None:
    """Note that those who are seen agreed, or take it back: then nobody outside sees it.

    Raises: NotAllowedError.
    """
    require(actor, HOLD, holding(picture.event))
    with transaction.atomic():
        changed = Picture.objects.filter(pk=picture.pk, has_consent=not has_consent)
        if changed.update(has_consent=has_consent):
            append(
                action="outreach.picture_consent",
                actor=actor,
                subject=f"event:{picture.event.code}",
                payload={"digest": picture.file_id, "consent": has_consent},
            )


def remove_picture(*, actor: Actor, picture: Picture) -> None:
    """Take a picture away for good; safe to repeat. Raises: NotAllowedError."""
    require(actor, HOLD, holding(picture.event))
    with transaction.atomic():
        gone, _kinds = Picture.objects.filter(pk=picture.pk).delete()
        if gone:
            append(
                action="outreach.picture_removed",
                actor=actor,
                subject=f"event:{picture.event.code}",
                payload={"digest": picture.file_id},
            )
    files.forget(digest=picture.file_id)


def add_link(*, actor: Actor, event: Event, url: str, title: str) -> Link:
    """Note where others wrote about an event; the same address comes in once.

    Raises: NotAllowedError; RefusalsError; DomainError when there are too many.
    """
    require(actor, HOLD, holding(event))
    url, title = url.strip(), title.strip()
    refuse_all(list(_faults_of_link(url, title)))
    with transaction.atomic():
        row = locked(event)
        rows = Link.objects.filter(event=row)
        if (there := rows.filter(url=url).first()) is not None:
            return there
        if rows.count() >= LINKS:
            raise DomainError(
                _("An event has at most %(limit)s links."), code="many", params={"limit": LINKS}
            )
        made = Link.objects.create(event=row, url=url, title=title)
        append(
            action="outreach.link_added",
            actor=actor,
            subject=f"event:{row.code}",
            payload={"number": made.pk},
        )
    return made


def _faults_of_link(url: str, title: str) -> Iterator[DomainError]:
    if not title:
        yield DomainError(_("Fill this in."), code="empty", field="title")
    yield from wording.faults({"title": title})
    if not is_address(url):
        yield DomainError(
            _("Paste the whole address of the page: it begins with https:// or http://."),
            code="url",
            field="url",
        )


def is_address(url: str) -> bool:
    """Whether a text is the address of a page: http or https, a host, no name or password."""
    try:
        URLValidator(schemes=["http", "https"])(url)
        name = urlsplit(url).hostname
    except (ValidationError, ValueError):
        return False
    # Readers of addresses differ in where a host ends: "@" stands nowhere before the path.
    host = url.partition("://")[2].partition("/")[0]
    return len(url) <= 400 and bool(name) and "@" not in host


def remove_link(*, actor: Actor, link: Link) -> None:
    """Take a link away; safe to repeat. Raises: NotAllowedError."""
    require(actor, HOLD, holding(link.event))
    with transaction.atomic():
        gone, _kinds = Link.objects.filter(pk=link.pk).delete()
        if gone:
            append(
                action="outreach.link_removed",
                actor=actor,
                subject=f"event:{link.event.code}",
                payload={"number": link.pk},
            )
