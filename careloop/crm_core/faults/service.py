"""Every writer of the fault library, for those above."""

from __future__ import annotations

from careloop.crm_core.faults.bookkeeping import recount
from careloop.crm_core.faults.findings import fill_in, move_finding, record
from careloop.crm_core.faults.following import wait
from careloop.crm_core.faults.library import (
    change_fault,
    create_fault,
    keep_apart,
    link_fault,
    note_article,
    reject_fault,
    restore_fault,
    review_fault,
    settle_words,
    unlink_fault,
)  # fmt: skip
from careloop.crm_core.faults.merging import merge_faults, preview, unmerge

__all__ = [
    "change_fault", "create_fault", "fill_in", "keep_apart", "link_fault", "merge_faults",
    "move_finding", "note_article", "preview", "record", "recount", "reject_fault", "restore_fault",
    "review_fault", "settle_words", "unlink_fault", "unmerge", "wait",
]  # fmt: skip
