"""What becomes of a form whose definition or target another one has replaced."""

from __future__ import annotations

from django.utils.translation import gettext as _


def renewal_words(state: str, *, may_renew: bool) -> str:
    """What whoever reads the form can do about it. state: of the form."""
    if may_renew:
        return _("Perbarui formulir ini sebelum diajukan. Isian yang sudah ditulis tetap ada.")
    if state in ("draft", "returned"):
        return _("Pengisi atau yang membagikan formulir memperbaruinya sebelum formulir ini diajukan.")
    if state in ("submitted", "validated"):
        return _(
            "Formulir ini diajukan menurut yang lama. Agar diukur menurut yang baru, kembalikan dahulu, lalu perbarui."
        )
    return _("Formulir ini ditandatangani menurut yang lama, dan tetap diukur menurut yang lama.")
