"""The people who work at the desk."""

import secrets
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


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
    """An account. `key` is what the journal and records know; the address stays here."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, default="kk")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.name
