"""The people who work at the desk: their accounts, roles, invitations, and where they sit."""

import secrets
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from baqylau.kernel.roles import Role


def new_key() -> str:
    """An opaque key for the journal: 64 random bits, hex."""
    return secrets.token_hex(8)


class UserManager(BaseUserManager["User"]):
    """Makes accounts; addresses are compared in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Store an account. Raises: IntegrityError when the address is taken."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account by its address, whatever its case."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """An account. `key` is what the journal and records know; the address stays here.

    `pin` is a hash. `stamp` changes when every session of the person shall end.
    """

    last_login = None

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, default="kk", choices=settings.LANGUAGES)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    pin = models.CharField(max_length=128, blank=True)
    stamp = models.CharField(max_length=16, default=new_key, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """What a session must carry to stay valid: changes with the passphrase and the stamp."""
        return salted_hmac(
            "baqylau.staff.session", f"{self.password}{self.stamp}", algorithm="sha256"
        ).hexdigest()


class RoleGrant(models.Model):
    """One role of one person over a span of time; the row in force has no `revoked_at`.

    `granted_by` and `revoked_by` are keys as in the journal ("system" from the console).
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    granted_by = models.CharField(max_length=64)
    granted_at = models.DateTimeField()
    revoked_by = models.CharField(max_length=64, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A role is held once, and only the programme's own roles exist."""

        constraints = (
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=models.Q(revoked_at=None),
                name="staff_role_held_once",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=sorted(Role)), name="staff_role_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at=None)
                | models.Q(revoked_at__gte=models.F("granted_at")),
                name="staff_role_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class Invitation(models.Model):
    """A link by which one person chooses a passphrase: used once, gone after `expires_at`.

    Only the digest (SHA-256, hex) of the link's secret is here.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A link lives for a while."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")),
                name="staff_invitation_lives_a_while",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} until {self.expires_at:%Y-%m-%d}"


class Sitting(models.Model):
    """One person's shift at one browser: from a full sign-in, for `STAFF_SHIFT` seconds at most.

    `browser` is the digest of a random cookie; no address and no browser name is kept. While
    `locked_at` is set the session opens only the lock page.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    browser = models.CharField(max_length=64)
    session_key = models.CharField(max_length=40)
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True, blank=True)
    misses = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """One person sits once at a browser."""

        constraints = (
            models.UniqueConstraint(fields=["user", "browser"], name="staff_one_sitting_each"),
        )
        indexes = (models.Index(fields=["browser"], name="staff_sitting_by_browser"),)

    def __str__(self) -> str:
        return f"{self.user_id} since {self.opened_at:%Y-%m-%d %H:%M}"


class KeptText(models.Model):
    """What somebody was typing when the desk was locked; sealed, and gone after a day."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=2000)
    was_sent = models.BooleanField()
    kept_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        """Read by person."""

        indexes = (models.Index(fields=["user", "kept_at"], name="staff_kept_by_user"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.kept_at:%Y-%m-%d %H:%M}"
