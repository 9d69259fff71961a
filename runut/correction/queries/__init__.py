"""Reading cases: their items before and after, who may repair, who takes part, what was ordered and decided."""

from runut.correction.queries.analyses import analyses_in_words, analyses_of, analyses_of_figure
from runut.correction.queries.cases import (
    CaseRow,
    ReportGroup,
    case_list,
    case_of_figure,
    correction_of,
    correction_sops,
    open_reports,
    open_reports_for,
    report_groups,
)
from runut.correction.queries.choices import Choosable, Examined, choosable, figures_for_analysis
from runut.correction.queries.dossier import (
    Dossier,
    Waiting,
    correctable,
    dossier_of,
    is_ordered,
    now_in,
    visible_figures,
)
from runut.correction.queries.items import ItemRow, items_of, items_of_run
from runut.correction.queries.people import Invited, Seat, candidates_of, invited, repairers_of, structure, titles_of
from runut.correction.queries.records import Judged, MeetingRecord, judged_of, meeting_record, meetings_of, orders_of

__all__ = [
    "CaseRow",
    "Choosable",
    "Dossier",
    "Examined",
    "Invited",
    "ItemRow",
    "Judged",
    "MeetingRecord",
    "ReportGroup",
    "Seat",
    "Waiting",
    "analyses_in_words",
    "analyses_of",
    "analyses_of_figure",
    "candidates_of",
    "case_list",
    "case_of_figure",
    "choosable",
    "correctable",
    "correction_of",
    "correction_sops",
    "dossier_of",
    "figures_for_analysis",
    "invited",
    "is_ordered",
    "items_of",
    "items_of_run",
    "judged_of",
    "meeting_record",
    "meetings_of",
    "now_in",
    "open_reports",
    "open_reports_for",
    "orders_of",
    "repairers_of",
    "report_groups",
    "structure",
    "titles_of",
    "visible_figures",
]
