"""The request as every room's views get it: a person is signed in and acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponseBase

from runut.organisation.models import User
from runut.organisation.permissions import Actor

# In the address of the sign-in, for whoever sent something after the session had ended.
UNSENT = "belum"
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class OfficeRequest(HttpRequest):
    """A request of a signed-in person. The middleware sets `actor` as of today in the office's zone."""

    user: User
    actor: Actor


def without_position(view: View) -> View:
    """Mark a view that also a person without a position in force may use: one's own account."""
    view.without_position = True  # type: ignore[attr-defined]
    return view
