"""What the shell's pages ask for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from runut.audit.events import EVENTS
from runut.audit.models import Entry
from runut.lib.fields import DayField, OfficerForm
from runut.organisation.models import Office


class LogFilter(OfficerForm):
    """Narrows an office's log; `office_id` is the office chosen, else the first one may see."""

    tampil = forms.ChoiceField(
        choices=[("", _("Yang dilakukan")), ("ditolak", _("Yang ditolak"))], required=False, widget=forms.HiddenInput
    )
    kantor = forms.ModelChoiceField(label=_("Kantor"), queryset=Office.objects.none(), required=False, empty_label=None)
    tindakan = forms.ChoiceField(label=_("Tindakan"), required=False)
    orang = forms.CharField(label=_("Orang atau hal"), max_length=100, required=False)
    dari = DayField(label=_("Dari tanggal"), required=False)
    sampai = DayField(label=_("Sampai tanggal"), required=False)

    def __init__(self, *args: object, offices: Collection[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        office, act = self.fields["kantor"], self.fields["tindakan"]
        assert isinstance(office, forms.ModelChoiceField) and isinstance(act, forms.ChoiceField)
        office.queryset = Office.objects.filter(pk__in=offices).order_by("name")
        if len(offices) == 1:
            office.widget = office.hidden_widget()
        act.choices = [("", _("Semua tindakan")), *EVENTS.items()]
        given = self.cleaned_data if self.is_bound and self.is_valid() else {}
        self.given = given
        self.refused = self.data.get("tampil") == "ditolak"
        if self.refused:
            del self.fields["tindakan"]
        self.office_id: int = given["kantor"].pk if given.get("kantor") else min(offices)

    def narrow(self, entries: QuerySet[Entry]) -> QuerySet[Entry]:
        """The entries that fit; an unreadable filter narrows nothing and says so beside its field."""
        given, zone = self.given, timezone.get_current_timezone()
        if given.get("tindakan") and not self.refused:
            entries = entries.filter(event=given["tindakan"])
        if given.get("orang"):
            entries = entries.filter(
                Q(actor_name__icontains=given["orang"]) | Q(subject_label__icontains=given["orang"])
            )
        if given.get("dari"):
            entries = entries.filter(at__gte=datetime.combine(given["dari"], time.min, zone))
        if given.get("sampai"):
            entries = entries.filter(at__lt=datetime.combine(given["sampai"] + timedelta(days=1), time.min, zone))
        return entries
