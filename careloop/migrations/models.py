"""Every module that declares tables, imported once, so that the metadata is whole."""

from __future__ import annotations

from sqlalchemy import MetaData

from careloop.crm_core.accounts import models as accounts
from careloop.crm_core.assets import models as assets
from careloop.crm_core.audit import models as audit
from careloop.crm_core.catalog import models as catalog
from careloop.crm_core.contracts import models as contracts
from careloop.crm_core.conversations import models as conversations
from careloop.crm_core.customers import models as customers
from careloop.crm_core.inventory import models as inventory
from careloop.crm_core.tickets import models as tickets
from careloop.crm_core.workforce import models as workforce
from careloop.kit import jobs
from careloop.kit.ai import budget as ai
from careloop.kit.db import Base
from careloop.knowledge import models as knowledge
from careloop.knowledge.embedders import models as vectors
from careloop.knowledge.intake import models as intake
from careloop.knowledge.learning import models as learning
from careloop.knowledge.terms import models as terms

MODULES = (
    accounts, assets, audit, catalog, contracts, conversations, customers, inventory, tickets,
    workforce, knowledge, intake, learning, terms, jobs, ai, vectors,
)  # fmt: skip

metadata: MetaData = Base.metadata
