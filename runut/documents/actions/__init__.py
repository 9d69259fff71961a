"""Everything that changes a document: gathered, drafted, judged, initialled, numbered, signed, sent, archived."""

from runut.documents.actions.compile import Adequacy, answers_as_form, compile_data
from runut.documents.actions.finish import end_case, finish, reopen, send_back, stored
from runut.documents.actions.register import (
    Line,
    Sending,
    add_receipt,
    archive_document,
    dispatch_document,
    register_document,
    reproduce_document,
)
from runut.documents.actions.remarks import save_remarks
from runut.documents.actions.rename import LosesParafs, rename_office
from runut.documents.actions.renew import refresh_document, renew_parafs
from runut.documents.actions.report import (
    approve_document,
    draft_report,
    hand_up_document,
    initial_document,
    save_draft,
)
from runut.documents.actions.sign import sign_document
from runut.documents.actions.versions import revoke_signatures, supersede

__all__ = [
    "Adequacy",
    "Line",
    "LosesParafs",
    "Sending",
    "add_receipt",
    "answers_as_form",
    "approve_document",
    "archive_document",
    "compile_data",
    "dispatch_document",
    "draft_report",
    "end_case",
    "finish",
    "hand_up_document",
    "initial_document",
    "refresh_document",
    "register_document",
    "rename_office",
    "renew_parafs",
    "reopen",
    "reproduce_document",
    "revoke_signatures",
    "save_draft",
    "save_remarks",
    "send_back",
    "sign_document",
    "stored",
    "supersede",
]
