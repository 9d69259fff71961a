"""Take up an office in an installation, with the person who will look after it. Only the server's operator can."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from runut.lib.errors import Refused
from runut.organisation.actions import (
    assign,
    create_instansi,
    create_jabatan,
    create_office,
    create_pegawai,
    issue_codes,
)
from runut.organisation.models import Instansi, JabatanKind, Office, OfficeKind

ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}


class Command(BaseCommand):
    help = "Take up an office and its admin; prints the admin's one-time code."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--government", required=True, help="name of the government, e.g. 'Kabupaten Contoh'")
        parser.add_argument("--government-code", required=True, help="its code; an existing one is used")
        parser.add_argument("--name", required=True, help="name of the office, e.g. 'Kecamatan Contoh'")
        parser.add_argument("--code", required=True, help="its code, e.g. 7.01.0.00.0.00.01.0000")
        parser.add_argument("--kind", required=True, choices=OfficeKind.values)
        parser.add_argument("--zone", choices=ZONES, default="WIB")
        parser.add_argument("--admin-nip", required=True, help="NIP of who looks after the office in Runut")
        parser.add_argument("--admin-name", required=True)

    def handle(self, *args: Any, **given: Any) -> None:
        with override("id"):
            _have_a_database()
            try:
                office, name, code = _take_up(given)
            except Refused as refused:
                raise CommandError(refused.sentence) from refused
            self.stdout.write(_("%(office)s terdaftar.") % {"office": office})
            self.stdout.write(_("Kode aktivasi %(name)s: %(code)s") % {"name": name, "code": code})
            self.stdout.write(_("Aktifkan di /aktivasi/, lalu buka /siapkan/."))


def _have_a_database() -> None:
    """Make the database of a new installation. One that is older than the program is left to its operator."""
    executor = MigrationExecutor(connection)
    if not executor.loader.applied_migrations:
        call_command("migrate", interactive=False, verbosity=0)
    elif executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError(_("Basis data ini dari versi yang lebih lama. Jalankan “runut migrate” dahulu."))


@transaction.atomic
def _take_up(given: dict[str, Any]) -> tuple[Office, str, str]:
    """The office, its admin's name and one-time code; nothing of it where any part is refused."""
    instansi = Instansi.objects.filter(code=given["government_code"]).first()
    if instansi is None:
        instansi = create_instansi(code=given["government_code"], name=given["government"])
    office = create_office(
        instansi=instansi,
        code=given["code"],
        name=given["name"],
        kind=given["kind"],
        zone=ZONES[given["zone"]],
        by=None,
    )
    seat = create_jabatan(
        office=office, code="admin", name="Admin Runut", kind=JabatanKind.ADMIN, single_holder=False, by=None
    )
    admin = create_pegawai(office=office, nip=given["admin_nip"], name=given["admin_name"], by=None)
    assign(pegawai=admin, jabatan=seat, start=timezone.localdate(), by=None)
    [(person, code)] = issue_codes(pegawai_ids=[admin.pk], by=None)
    return office, person.full_name, code
