"""The list of documents: what is found in it."""

import pytest

pytestmark = pytest.mark.django_db


def test_the_report_of_a_case_is_found_by_its_code_and_a_search_without_a_find_says_so(office, to_sign, client_for):
    client, case = client_for(office.camat), to_sign.case.code

    found = client.get(f"/dokumen/?q={case}").text
    nothing = client.get("/dokumen/?q=PD-1999-001").text

    assert f"Laporan Perbaikan Data Kinerja Triwulan I 2026 ({case})" in found
    assert "Tidak ada dokumen yang cocok" in nothing and "Belum ada dokumen" not in nothing
