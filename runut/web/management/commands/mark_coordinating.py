"""Say that an office coordinates the others of its government (kantor pengampu). Only the server's operator can."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import override

from runut.lib.errors import Refused
from runut.organisation.actions import mark_coordinating
from runut.organisation.models import Office


class Command(BaseCommand):
    help = "Let those who work in an office see how far all offices of its government are, in counts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--government-code", required=True, help="code of the government")
        parser.add_argument("--code", required=True, help="code of the office")
        parser.add_argument("--revoke", action="store_true", help="from now on no longer")

    def handle(self, *args: Any, **given: Any) -> None:
        with override("id"):
            office = Office.objects.filter(instansi__code=given["government_code"], code=given["code"]).first()
            if office is None:
                raise CommandError(_("Tidak ada kantor dengan kode ini pada pemerintah daerah itu."))
            try:
                mark_coordinating(office=office, coordinates=not given["revoke"], by=None)
            except Refused as refused:
                raise CommandError(refused.sentence) from refused
            now, no_longer = _("%(office)s kini kantor pengampu."), _("%(office)s bukan lagi kantor pengampu.")
            self.stdout.write((no_longer if given["revoke"] else now) % {"office": office})
