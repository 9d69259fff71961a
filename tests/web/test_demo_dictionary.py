"""The dictionary of the demonstration says what its indicators mean."""

import re

import pytest

from runut.planning.models import IndicatorVersion
from runut.web.demo.offices import OFFICES
from tests.scenarios.stage import Play

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("spec", OFFICES, ids=lambda spec: spec.key)
def test_the_printed_dictionary_of_a_demonstration_office_has_no_gaps(spec, client_for, frozen_time):
    play = Play(spec)

    page = client_for(play.person(play.head)).get("/atur/indikator/cetak/").text

    rows = re.findall(
        r'<td data-label="(Definisi operasional|Cara menghitung|Sumber data|Penanggung jawab)"><div>(.*?)</div>',
        page,
        re.S,
    )
    assert len(rows) == 4 * IndicatorVersion.objects.count()
    assert not [what for what, words in rows if not words.strip() or "–" in words]


def test_the_page_of_an_indicator_of_the_demonstration_names_who_answers_for_it(client_for, frozen_time):
    play = Play(OFFICES[0])
    version = IndicatorVersion.objects.select_related("indicator").get(indicator__code="IKU-01")

    page = client_for(play.person(play.head)).get(version.indicator.get_absolute_url()).text

    for words in (version.definition, version.formula, version.source, version.evidence_needed):
        assert words and words in page
    assert "Kasi Pelayanan" in page and "belum ditulis" not in page
