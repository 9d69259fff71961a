"""What the pages of a report say: the step's own words, and why it came back, once."""

import re

from tests.documents import builders
from tests.sop.play import open_task


def test_why_the_draft_came_back_is_said_once(office, yearly, client_for):
    builders.draft(office, yearly.run)
    remarks = {"remarks": {"BAB III": "tambah sebab"}}
    builders.send_back(office, yearly.run, "koreksi", office.sekretaris, reason="perlu dilengkapi", form=remarks)
    task = open_task(yearly.run, "draf")

    page = client_for(office.kasubag).get(f"/tugas/{task.pk}/konsep/").text

    assert page.count("perlu dilengkapi") == 1
    assert page.count("tambah sebab") == 1


def test_judging_a_document_is_called_as_the_step(office, yearly, client_for):
    builders.draft(office, yearly.run)
    task = open_task(yearly.run, "koreksi")
    client = client_for(office.sekretaris)

    page, inbox = client.get(task.get_absolute_url(), follow=True).content.decode(), client.get("/tugas/").text

    assert f"<h1>{task.text}</h1>" in page and "Nilai dokumen" not in page
    assert re.search(rf'aria-label="Koreksi: {re.escape(task.text)}"', inbox)
