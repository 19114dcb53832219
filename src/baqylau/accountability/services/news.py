"""Writing news and its pictures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from baqylau.accountability.access import NEWS
from baqylau.accountability.models import Picture, Post
from baqylau.documents.clean.errors import CleanError
from baqylau.documents.clean.light import light, size_of
from baqylau.files import services as files
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError, refuse_all
from baqylau.kernel.permissions import require
from baqylau.text.personal import personal

TITLE, TEXT = 200, 20_000
"""Signs of a title and of a text."""
PICTURES = 12
LANGUAGES = ("kk", "ru", "en")


@dataclass(frozen=True, slots=True)
class Written:
    """A post as it is typed: texts by field (`title_kk`, `text_ru`, …)."""

    texts: Mapping[str, str]

    def of(self, field: str) -> str:
        """One text without its margins."""
        return self.texts.get(field, "").strip()


def _faults(said: Written) -> Iterator[DomainError]:
    for name in ("title_kk", "text_kk"):
        if not said.of(name):
            yield DomainError(_("Fill this in."), code="empty", field=name)
    for code in LANGUAGES:
        for name, limit in ((f"title_{code}", TITLE), (f"text_{code}", TEXT)):
            if len(said.of(name)) > limit:
                yield DomainError(
                    _("At most %(limit)s signs."), code="long", field=name, params={"limit": limit}
                )
            if personal(said.of(name)):
                yield DomainError(
                    _("A telephone or a person's number does not belong here."),
                    code="personal",
                    field=name,
                )
        if bool(said.of(f"title_{code}")) != bool(said.of(f"text_{code}")) and code != "kk":
            yield DomainError(
                _("Write both the title and the text in this language, or neither."),
                code="half",
                field=f"title_{code}",
            )


def write_post(*, actor: Actor, said: Written, post: Post | None = None, revision: int = 0) -> Post:
    """Write a new draft, or change a post as it was when its `revision` was read.

    Raises: NotAllowedError; RefusalsError; ConflictError.
    """
    require(actor, NEWS)
    refuse_all(list(_faults(said)))
    names = [f"{part}_{code}" for part in ("title", "text") for code in LANGUAGES]
    with transaction.atomic():
        row = Post.objects.select_for_update().get(pk=post.pk) if post else Post()
        if post and row.revision != revision:
            raise ConflictError(_("Somebody has changed this meanwhile. Look again."))
        for name in names:
            setattr(row, name, said.of(name))
        row.person, row.changed_at = actor.key, clock.now()
        row.revision = (row.revision + 1) if post else 1
        row.save()
        append(
            action="accountability.news_written",
            actor=actor,
            subject=f"news:{row.code}",
            payload={"revision": row.revision},
        )
    return row


def publish_post(*, actor: Actor, post: Post, is_public: bool) -> Post:
    """Publish a post, or take it back; safe to repeat. Raises: NotAllowedError."""
    require(actor, NEWS)
    with transaction.atomic():
        row = Post.objects.select_for_update().get(pk=post.pk)
        if is_public != (row.published_at is not None):
            row.published_at = clock.now() if is_public else None
            row.save(update_fields=["published_at"])
            append(
                action=f"accountability.news_{'published' if is_public else 'withdrawn'}",
                actor=actor,
                subject=f"news:{row.code}",
            )
    return row


@dataclass(frozen=True, slots=True)
class Pictured:
    """A picture as it came, with what is seen on it, by language."""

    content: bytes
    media_type: str
    alt_kk: str
    alt_ru: str = ""
    alt_en: str = ""


def add_picture(*, actor: Actor, post: Post, said: Pictured) -> Picture:
    """Add a picture, made small in a fenced process; what came is kept nowhere.

    Raises: NotAllowedError; RefusalsError; DomainError for what is no picture, or too many.
    """
    require(actor, NEWS)
    faults = [
        DomainError(_("A telephone or a person's number does not belong here."), code="personal")
        for text in (said.alt_kk, said.alt_ru, said.alt_en)
        if personal(text)
    ]
    if not said.alt_kk.strip():
        faults.append(
            DomainError(_("Say in Kazakh what is seen on it."), code="empty", field="alt_kk")
        )
    refuse_all(faults)
    small = made_light(said.content, said.media_type)
    width, height = size_of(small)
    kept = files.keep(pieces=[small], media_type="image/jpeg")
    with transaction.atomic():
        row = Post.objects.select_for_update().get(pk=post.pk)
        rows = Picture.objects.filter(post=row)
        if rows.count() >= PICTURES:
            raise DomainError(
                _("A post has at most %(limit)s pictures."),
                code="many",
                params={"limit": PICTURES},
            )
        made = Picture.objects.create(
            post=row,
            order=(rows.aggregate(last=Max("order"))["last"] or 0) + 1,
            file=kept,
            width=width,
            height=height,
            alt_kk=said.alt_kk.strip(),
            alt_ru=said.alt_ru.strip(),
            alt_en=said.alt_en.strip(),
        )
        append(
            action="accountability.news_picture",
            actor=actor,
            subject=f"news:{row.code}",
            payload={"digest": kept.digest},
        )
    return made


def remove_picture(*, actor: Actor, picture: Picture) -> None:
    """Take a picture out of its post; safe to repeat. Raises: NotAllowedError."""
    require(actor, NEWS)
    with transaction.atomic():
        gone, _kinds = Picture.objects.filter(pk=picture.pk).delete()
        if gone:
            append(
                action="accountability.news_picture_removed",
                actor=actor,
                subject=f"news:{picture.post.code}",
                payload={"digest": picture.file_id},
            )
    files.forget(digest=picture.file_id)


def made_light(content: bytes, media_type: str) -> bytes:
    """The picture as a light JPEG. Raises: DomainError for what is no picture."""
    try:
        return light(content, media_type)
    except CleanError as error:
        raise DomainError(
            _("This is no picture that can be shown: choose a JPEG, PNG or WebP."),
            code="picture",
            field="file",
        ) from error
