"""Every module that declares tables, imported once, so that the metadata is whole."""

from __future__ import annotations

from sqlalchemy import MetaData

from careloop.crm_core.accounts import models as accounts
from careloop.crm_core.assets import component_models as components
from careloop.crm_core.assets import document_models as device_documents
from careloop.crm_core.assets import fact_models as device_facts
from careloop.crm_core.assets import meter_models as meters
from careloop.crm_core.assets import models as assets
from careloop.crm_core.assets import report_models as device_reports
from careloop.crm_core.audit import models as audit
from careloop.crm_core.billing import bill_models as billing_bills
from careloop.crm_core.billing import invoice_models as billing_invoices
from careloop.crm_core.billing import models as billing
from careloop.crm_core.billing import quote_models as billing_quotes
from careloop.crm_core.calendars import models as calendars
from careloop.crm_core.catalog import models as catalog
from careloop.crm_core.contracts import models as contracts
from careloop.crm_core.conversations import models as conversations
from careloop.crm_core.custom import models as custom
from careloop.crm_core.customers import models as customers
from careloop.crm_core.dispatch import models as dispatch
from careloop.crm_core.dispatch import plan_models as dispatch_plans
from careloop.crm_core.faults import models as faults
from careloop.crm_core.feedback import models as feedback
from careloop.crm_core.intake import models as imports
from careloop.crm_core.inventory import document_models as inventory_documents
from careloop.crm_core.inventory import models as inventory
from careloop.crm_core.notices import models as notices
from careloop.crm_core.outbound import models as webhooks
from careloop.crm_core.outbound.connectors import models as connectors
from careloop.crm_core.privacy import models as privacy
from careloop.crm_core.rules import models as rules
from careloop.crm_core.sla import models as sla
from careloop.crm_core.sop import models as sop
from careloop.crm_core.tickets import models as tickets
from careloop.crm_core.tickets import search_models as ticket_search
from careloop.crm_core.views import models as views
from careloop.crm_core.workforce import models as workforce
from careloop.crm_core.workforce import roster_models as roster
from careloop.crm_core.workorders import models as workorders
from careloop.kit import jobs
from careloop.kit.ai import budget as ai
from careloop.kit.db import Base
from careloop.knowledge import models as knowledge
from careloop.knowledge.embedders import models as vectors
from careloop.knowledge.intake import models as intake
from careloop.knowledge.learning import models as learning
from careloop.knowledge.terms import models as terms

MODULES = (
    billing, billing_bills, billing_invoices, billing_quotes,
    custom, rules,
    roster, dispatch, dispatch_plans,
    calendars, notices, sla, sop,
    privacy, views,
    accounts, assets, audit, catalog, contracts, conversations, customers, imports, inventory,
    inventory_documents, tickets, ticket_search, workforce, workorders, knowledge, intake,
    learning, terms, jobs, ai, vectors,
    webhooks, connectors,
    faults, feedback,
    components, device_documents, device_facts, meters, device_reports,
)  # fmt: skip

metadata: MetaData = Base.metadata
