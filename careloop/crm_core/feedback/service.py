"""Every writer of feedback, for those above."""

from __future__ import annotations

from careloop.crm_core.feedback.answering import answer
from careloop.crm_core.feedback.callbacks import (
    change_callback,
    create_callback,
    finish_callback,
    postpone_callback,
    remind,
)  # fmt: skip
from careloop.crm_core.feedback.inviting import ask, expire, hold, invite, mail_failed, opened, sent
from careloop.crm_core.feedback.settings import put_settings

__all__ = [
    "answer", "ask", "change_callback", "create_callback", "expire", "finish_callback", "hold",
    "invite", "mail_failed", "opened", "postpone_callback", "put_settings", "remind", "sent",
]  # fmt: skip
