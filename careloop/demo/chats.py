"""A few conversations of the demo company, played through the real bot."""

from __future__ import annotations

import csv
from itertools import groupby
from pathlib import Path

from careloop.agents.turn.desk import TurnDesk
from careloop.crm_core.accounts import service as accounts
from careloop.crm_core.conversations import service as conversations
from careloop.crm_core.conversations.schemas import PickConversation
from careloop.crm_core.customers import queries as customers
from careloop.kit.actor import system_actor
from careloop.kit.db import Database
from careloop.kit.ids import new_id
from careloop.kit.messages import InboundMessage

_FILE = Path(__file__).parent / "chats.csv"


def play_chats(database: Database, turns: TurnDesk, tenant_id: str) -> int:
    """Play every chat of `chats.csv` once; returns how many there are."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    chats = [list(lines) for _, lines in groupby(rows, key=lambda row: row["chat"])]
    for lines in chats:
        _play(database, turns, tenant_id, lines)
    with database.write(tenant_id) as session:
        accounts.describe_tenant(session, tenant_id, "Yaopu Biosystems", {"chats_played": True})
    return len(chats)


def _play(database: Database, turns: TurnDesk, tenant_id: str, lines: list[dict[str, str]]) -> None:
    first = lines[0]
    with database.write(tenant_id) as session:
        row = conversations.start(session, tenant_id, "web", "default", new_id(), first["language"])
        known = customers.contact_by_address(session, tenant_id, email=first["contact"])
        if known is not None:
            row.contact_id = known.id
        conversation_id = row.id
    for line in lines:
        message = InboundMessage(channel="web", sender="", external_id=new_id(), text=line["text"])
        with database.write(tenant_id) as session:
            conversations.receive(session, conversation_id, tenant_id, message, 8000)
        turns.handle_turn(tenant_id, conversation_id)
    if first["closed"] == "yes":
        with database.write(tenant_id) as session:
            pick = PickConversation(conversation_id=conversation_id)
            conversations.close(session, system_actor(tenant_id), pick)
