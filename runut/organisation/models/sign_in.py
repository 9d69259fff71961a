"""How a person signs in. What the person may do follows from the assignments, never from here."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from runut.organisation.models.people import Pegawai


class UserManager(BaseUserManager["User"]):
    def create_user(self, *, login: str, pegawai: Pegawai, password: str | None = None) -> User:
        user = User(login=login, pegawai=pegawai)
        user.set_password(password)
        user.save(using=self._db)
        return user


class TextSize(models.IntegerChoices):
    """Size of letters in per cent of the usual."""

    NORMAL = 100, _("Biasa")
    LARGE = 115, _("Besar")
    LARGEST = 130, _("Sangat besar")


class User(AbstractBaseUser):
    """A sign-in. What its person may see or do follows from the assignments, never from here."""

    login = models.CharField(_("nama masuk"), max_length=150, unique=True)
    pegawai = models.OneToOneField(Pegawai, on_delete=models.PROTECT, related_name="user")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    language = models.CharField(_("bahasa"), max_length=5, default="id")
    text_size = models.PositiveSmallIntegerField(_("ukuran huruf"), choices=TextSize, default=TextSize.NORMAL)
    high_contrast = models.BooleanField(_("kontras tinggi"), default=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "login"

    def __str__(self) -> str:
        return self.login

    @property
    def audit_stream(self) -> str:
        return f"user:{self.pk}"


class ActivationCode(models.Model):
    """A printed one-time code with which a person sets the first password, or a new one.

    Only the code's hash is kept; a code is used once and dies at `expires_at`.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="codes")
    code_hash = models.CharField(max_length=128)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Pegawai, on_delete=models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.user_id} {self.made_at:%Y-%m-%d}"
