"""Which columns a report of corrections has: those that its procedure can fill."""

import re

from runut.correction.models import Correction
from runut.documents.queries import main_document


def heads(client, run):
    page = client.get(main_document(run).get_absolute_url()).text
    table = page[page.index("Angka sebelum dan sesudah perbaikan") :]
    return re.findall(r"<th[^>]*>([^<]+)</th>", table[: table.index("</thead>")])


def test_where_each_one_repairs_his_own_and_no_meeting_decides_there_is_no_column_for_it(office, repaired, client_for):
    found = heads(client_for(office.camat), Correction.objects.get(source__run=repaired.run).run)

    assert "Sesudah" in found
    assert not {"Milik", "Putusan"} & set(found)


def test_where_others_repair_and_a_meeting_decides_both_stand_there(office, to_sign, client_for):
    assert {"Milik", "Putusan"} <= set(heads(client_for(office.camat), to_sign.run))
