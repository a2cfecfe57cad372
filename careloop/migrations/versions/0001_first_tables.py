"""First tables.

The first revision.
"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('ai_usage',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('calls', sa.Integer(), nullable=False),
    sa.Column('tokens_in', sa.Integer(), nullable=False),
    sa.Column('tokens_out', sa.Integer(), nullable=False),
    sa.Column('seconds', sa.Double(), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'day', 'kind', name=op.f('pk_ai_usage'))
    )
    op.create_table('answered_call',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('tool', sa.String(length=80), nullable=False),
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('arguments_hash', sa.String(length=64), nullable=False),
    sa.Column('result', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_answered_call')),
    sa.UniqueConstraint('tenant_id', 'actor', 'tool', 'key', name=op.f('uq_answered_call_tenant_id_actor_tool_key'))
    )
    op.create_table('audit_entry',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('tool', sa.String(length=80), nullable=False),
    sa.Column('target', sa.String(length=80), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_audit_entry'))
    )
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.create_index('ix_audit_entry_target', ['tenant_id', 'target', 'id'], unique=False)

    op.create_table('billing_cost_rate',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('level', sa.Integer(), nullable=True),
    sa.Column('hours', sa.String(length=10), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('amount', sa.Numeric(precision=14, scale=4), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('amount >= 0', name=op.f('ck_billing_cost_rate_amount')),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_billing_cost_rate'))
    )
    with op.batch_alter_table('billing_cost_rate', schema=None) as batch_op:
        batch_op.create_index('ix_billing_cost_rate', ['tenant_id', 'kind', 'valid_from'], unique=False)

    op.create_table('billing_document_counter',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('series', sa.String(length=12), nullable=False),
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'series', 'year', name=op.f('pk_billing_document_counter'))
    )
    op.create_table('billing_exchange_rate',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('base', sa.String(length=3), nullable=False),
    sa.Column('quote', sa.String(length=3), nullable=False),
    sa.Column('rate', sa.Numeric(precision=20, scale=10), nullable=False),
    sa.Column('valid_on', sa.Date(), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_billing_exchange_rate')),
    sa.UniqueConstraint('tenant_id', 'base', 'quote', 'valid_on', name=op.f('uq_billing_exchange_rate_tenant_id_base_quote_valid_on'))
    )
    op.create_table('billing_export_batch',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('series', sa.String(length=12), nullable=False),
    sa.Column('invoice_count', sa.Integer(), nullable=False),
    sa.Column('made_by', sa.String(length=60), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_billing_export_batch'))
    )
    with op.batch_alter_table('billing_export_batch', schema=None) as batch_op:
        batch_op.create_index('ix_billing_export_batch', ['tenant_id', 'id'], unique=False)

    op.create_table('billing_price_list',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('tiers', sa.JSON(), nullable=False),
    sa.Column('contracts', sa.JSON(), nullable=False),
    sa.Column('countries', sa.JSON(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('priority', sa.Integer(), nullable=False),
    sa.Column('discount', sa.Numeric(precision=5, scale=2), nullable=False),
    sa.Column('minimum', sa.Numeric(precision=14, scale=4), nullable=True),
    sa.Column('rounding', sa.Numeric(precision=14, scale=4), nullable=False),
    sa.Column('tax_code', sa.String(length=20), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_billing_price_list')),
    sa.UniqueConstraint('tenant_id', 'code', name=op.f('uq_billing_price_list_tenant_id_code'))
    )
    with op.batch_alter_table('billing_price_list', schema=None) as batch_op:
        batch_op.create_index('ix_billing_price_list_valid', ['tenant_id', 'valid_from'], unique=False)

    op.create_table('billing_rules',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('rules', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', name=op.f('pk_billing_rules'))
    )
    op.create_table('business_calendar',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('time_zone', sa.String(length=60), nullable=False),
    sa.Column('always', sa.Boolean(), nullable=False),
    sa.Column('weekly', sa.JSON(), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('subdivision', sa.String(length=10), nullable=False),
    sa.Column('days_off', sa.JSON(), nullable=False),
    sa.Column('extra_days', sa.JSON(), nullable=False),
    sa.Column('public_holidays', sa.JSON(), nullable=False),
    sa.Column('public_extra_days', sa.JSON(), nullable=False),
    sa.Column('public_until', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_business_calendar')),
    sa.UniqueConstraint('tenant_id', 'code', name=op.f('uq_business_calendar_tenant_id_code'))
    )
    op.create_table('connector',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('base_url', sa.String(length=500), nullable=False),
    sa.Column('auth', sa.String(length=10), nullable=False),
    sa.Column('auth_name', sa.String(length=120), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('every_minutes', sa.Integer(), nullable=False),
    sa.Column('mapping_text', sa.Text(), nullable=False),
    sa.Column('mapping', sa.JSON(), nullable=False),
    sa.Column('cursors', sa.JSON(), nullable=False),
    sa.Column('next_run_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_connector')),
    sa.UniqueConstraint('tenant_id', 'name', name=op.f('uq_connector_tenant_id_name'))
    )
    op.create_table('consent_note',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('purpose', sa.String(length=20), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_consent_note')),
    sa.UniqueConstraint('tenant_id', 'purpose', 'language', 'number', name=op.f('uq_consent_note_tenant_id_purpose_language_number'))
    )
    op.create_table('contract_counter',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'year', name=op.f('pk_contract_counter'))
    )
    op.create_table('custom_field',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('subject', sa.String(length=20), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('type', sa.String(length=20), nullable=False),
    sa.Column('label', sa.JSON(), nullable=False),
    sa.Column('help', sa.JSON(), nullable=False),
    sa.Column('required', sa.Boolean(), nullable=False),
    sa.Column('default', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('options', sa.JSON(), nullable=False),
    sa.Column('limits', sa.JSON(), nullable=False),
    sa.Column('searchable', sa.Boolean(), nullable=False),
    sa.Column('in_list', sa.Boolean(), nullable=False),
    sa.Column('public', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_custom_field')),
    sa.UniqueConstraint('tenant_id', 'subject', 'key', name=op.f('uq_custom_field_tenant_id_subject_key'))
    )
    op.create_table('custom_form',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('ticket_type', sa.String(length=20), nullable=False),
    sa.Column('sections', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_custom_form')),
    sa.UniqueConstraint('tenant_id', 'ticket_type', name=op.f('uq_custom_form_tenant_id_ticket_type'))
    )
    op.create_table('customer',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('city', sa.String(length=100), nullable=False),
    sa.Column('address', sa.String(length=300), nullable=False),
    sa.Column('industry', sa.String(length=100), nullable=False),
    sa.Column('tier', sa.String(length=20), nullable=False),
    sa.Column('time_zone', sa.String(length=60), nullable=False),
    sa.Column('custom', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_customer')),
    sa.UniqueConstraint('tenant_id', 'number', name=op.f('uq_customer_tenant_id_number'))
    )
    op.create_table('dispatch_change',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('revision', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('key', sa.String(length=26), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'revision', 'kind', 'key', name=op.f('pk_dispatch_change'))
    )
    op.create_table('dispatch_log',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('outcome', sa.String(length=30), nullable=False),
    sa.Column('ticket', sa.String(length=40), nullable=False),
    sa.Column('work_order', sa.String(length=40), nullable=False),
    sa.Column('engineer', sa.String(length=40), nullable=False),
    sa.Column('rule_id', sa.String(length=26), nullable=False),
    sa.Column('rule', sa.String(length=120), nullable=False),
    sa.Column('plan_id', sa.String(length=26), nullable=False),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('score', sa.Integer(), nullable=True),
    sa.Column('reasons', sa.JSON(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_dispatch_log'))
    )
    with op.batch_alter_table('dispatch_log', schema=None) as batch_op:
        batch_op.create_index('ix_dispatch_log', ['tenant_id', 'id'], unique=False)
        batch_op.create_index('ix_dispatch_log_ticket', ['tenant_id', 'ticket', 'id'], unique=False)

    op.create_table('dispatch_plan',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('days', sa.JSON(), nullable=False),
    sa.Column('engineers', sa.JSON(), nullable=False),
    sa.Column('tickets', sa.JSON(), nullable=False),
    sa.Column('seconds', sa.Double(), nullable=False),
    sa.Column('keep', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.String(length=20), nullable=False),
    sa.Column('cause', sa.String(length=200), nullable=False),
    sa.Column('progress', sa.Integer(), nullable=False),
    sa.Column('result', sa.JSON(), nullable=False),
    sa.Column('error', sa.Text(), nullable=False),
    sa.Column('made_by', sa.String(length=60), nullable=False),
    sa.Column('computing_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by', sa.String(length=60), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_dispatch_plan'))
    )
    with op.batch_alter_table('dispatch_plan', schema=None) as batch_op:
        batch_op.create_index('ix_dispatch_plan', ['tenant_id', 'id'], unique=False)

    op.create_table('dispatch_revision',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', name=op.f('pk_dispatch_revision'))
    )
    op.create_table('dispatch_rule',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('when', sa.JSON(), nullable=False),
    sa.Column('needs', sa.JSON(), nullable=False),
    sa.Column('act', sa.String(length=10), nullable=False),
    sa.Column('least_score', sa.Integer(), nullable=False),
    sa.Column('within_hours', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_dispatch_rule'))
    )
    with op.batch_alter_table('dispatch_rule', schema=None) as batch_op:
        batch_op.create_index('ix_dispatch_rule', ['tenant_id', 'active', 'position'], unique=False)

    op.create_table('dispatch_settings',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', name=op.f('pk_dispatch_settings'))
    )
    op.create_table('engineer',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('phone', sa.String(length=20), nullable=False),
    sa.Column('base_city', sa.String(length=100), nullable=False),
    sa.Column('lat', sa.Double(), nullable=True),
    sa.Column('lon', sa.Double(), nullable=True),
    sa.Column('time_zone', sa.String(length=60), nullable=False),
    sa.Column('skills', sa.JSON(), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('shift', sa.String(length=60), nullable=False),
    sa.Column('user_id', sa.String(length=26), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('skill_levels', sa.JSON(), nullable=False),
    sa.Column('areas', sa.JSON(), nullable=False),
    sa.Column('tools', sa.JSON(), nullable=False),
    sa.Column('van', sa.String(length=80), nullable=False),
    sa.Column('daily_limit', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_engineer')),
    sa.UniqueConstraint('tenant_id', 'code', name=op.f('uq_engineer_tenant_id_code'))
    )
    op.create_table('fault',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('origin', sa.String(length=10), nullable=False),
    sa.Column('models', sa.JSON(), nullable=False),
    sa.Column('error_codes', sa.JSON(), nullable=False),
    sa.Column('firmware', sa.String(length=100), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('search', sa.Text(), nullable=False),
    sa.Column('cases', sa.Integer(), nullable=False),
    sa.Column('successes', sa.Integer(), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('open_cases', sa.Integer(), nullable=False),
    sa.Column('last_seen', sa.DateTime(timezone=True), nullable=True),
    sa.Column('resolved', sa.Boolean(), nullable=False),
    sa.Column('merged_into_id', sa.String(length=26), nullable=True),
    sa.Column('merged_into', sa.String(length=20), nullable=False),
    sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reviewed_by', sa.String(length=200), nullable=False),
    sa.Column('reject_reason', sa.Text(), nullable=False),
    sa.Column('article_id', sa.String(length=26), nullable=False),
    sa.Column('component', sa.String(length=80), nullable=False),
    sa.Column('component_text', sa.String(length=500), nullable=False),
    sa.Column('component_lang', sa.String(length=10), nullable=False),
    sa.Column('symptom', sa.String(length=80), nullable=False),
    sa.Column('symptom_text', sa.String(length=500), nullable=False),
    sa.Column('symptom_lang', sa.String(length=10), nullable=False),
    sa.Column('cause', sa.String(length=80), nullable=False),
    sa.Column('cause_text', sa.String(length=500), nullable=False),
    sa.Column('cause_lang', sa.String(length=10), nullable=False),
    sa.Column('remedy', sa.String(length=80), nullable=False),
    sa.Column('remedy_text', sa.String(length=500), nullable=False),
    sa.Column('remedy_lang', sa.String(length=10), nullable=False),
    sa.Column('concepts', sa.JSON(), nullable=False),
    sa.Column('says', sa.JSON(), nullable=False),
    sa.Column('signature', sa.String(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'merged_into_id'], ['fault.tenant_id', 'fault.id'], name=op.f('fk_fault_tenant_id_merged_into_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_fault')),
    sa.UniqueConstraint('tenant_id', 'number', name=op.f('uq_fault_tenant_id_number'))
    )
    with op.batch_alter_table('fault', schema=None) as batch_op:
        batch_op.create_index('ix_fault_cases', ['tenant_id', 'cases', 'id'], unique=False)
        batch_op.create_index('ix_fault_component', ['tenant_id', 'component', 'id'], unique=False)
        batch_op.create_index('ix_fault_last_seen', ['tenant_id', 'last_seen', 'id'], unique=False)
        batch_op.create_index('ix_fault_resolved', ['tenant_id', 'resolved', 'id'], unique=False)
        batch_op.create_index('ix_fault_signature', ['tenant_id', 'signature'], unique=False)
        batch_op.create_index('ix_fault_state', ['tenant_id', 'state', 'cases', 'id'], unique=False)

    op.create_table('fault_case',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('ticket_id', sa.String(length=26), nullable=False),
    sa.Column('ticket', sa.String(length=40), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('reason', sa.String(length=40), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'ticket_id', name=op.f('pk_fault_case'))
    )
    with op.batch_alter_table('fault_case', schema=None) as batch_op:
        batch_op.create_index('ix_fault_case_waiting', ['tenant_id', 'state', 'ended_at'], unique=False)

    op.create_table('fault_counter',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', name=op.f('pk_fault_counter'))
    )
    op.create_table('file_removal',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_file_removal')),
    sa.UniqueConstraint('tenant_id', 'sha256', name=op.f('uq_file_removal_tenant_id_sha256'))
    )
    op.create_table('import_run',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('dry_run', sa.Boolean(), nullable=False),
    sa.Column('by', sa.String(length=200), nullable=False),
    sa.Column('by_user', sa.String(length=26), nullable=True),
    sa.Column('files', sa.JSON(), nullable=False),
    sa.Column('options', sa.JSON(), nullable=False),
    sa.Column('phase', sa.String(length=10), nullable=False),
    sa.Column('rows_total', sa.Integer(), nullable=False),
    sa.Column('rows_done', sa.Integer(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('report', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('error', sa.Text(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_import_run'))
    )
    with op.batch_alter_table('import_run', schema=None) as batch_op:
        batch_op.create_index('ix_import_run_newest', ['tenant_id', 'id'], unique=False)

    op.create_table('job',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('payload', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('result', sa.JSON(), nullable=False),
    sa.Column('error', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_job'))
    )
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.create_index('ix_job_state', ['state', 'updated_at'], unique=False)

    op.create_table('knowledge_documents',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('key', sa.String(length=300), nullable=False),
    sa.Column('lang', sa.String(length=8), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('type', sa.String(length=20), nullable=False),
    sa.Column('product_models', sa.JSON(), nullable=False),
    sa.Column('audience', sa.String(length=10), nullable=False),
    sa.Column('firmware', sa.String(length=100), nullable=False),
    sa.Column('effective_from', sa.Date(), nullable=True),
    sa.Column('effective_until', sa.Date(), nullable=True),
    sa.Column('updated', sa.Date(), nullable=True),
    sa.Column('supersedes', sa.JSON(), nullable=False),
    sa.Column('translation', sa.String(length=20), nullable=False),
    sa.Column('extra', sa.JSON(), nullable=False),
    sa.Column('source_path', sa.Text(), nullable=False),
    sa.Column('content_hash', sa.String(length=64), nullable=False),
    sa.Column('compiled_with', sa.String(length=64), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('owner_id', sa.String(length=26), nullable=True),
    sa.Column('format', sa.String(length=10), nullable=False),
    sa.Column('source_sha256', sa.String(length=64), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('figures', sa.JSON(), nullable=False),
    sa.Column('warnings', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_knowledge_documents')),
    sa.UniqueConstraint('tenant_id', 'key', 'lang', name=op.f('uq_knowledge_documents_tenant_id_key_lang'))
    )
    with op.batch_alter_table('knowledge_documents', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_knowledge_documents_tenant_id_knowledge_documents_source_path'), ['tenant_id', 'source_path'], unique=False)

    op.create_table('knowledge_feedback',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('document_key', sa.String(length=300), nullable=False),
    sa.Column('lang', sa.String(length=8), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('section', sa.Text(), nullable=False),
    sa.Column('helpful', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('by', sa.String(length=200), nullable=False),
    sa.Column('conversation_id', sa.String(length=26), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_knowledge_feedback'))
    )
    with op.batch_alter_table('knowledge_feedback', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_knowledge_feedback_tenant_id_knowledge_feedback_document_key'), ['tenant_id', 'document_key'], unique=False)

    op.create_table('knowledge_gaps',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('lang', sa.String(length=8), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('faults', sa.Integer(), nullable=False),
    sa.Column('persons', sa.Integer(), nullable=False),
    sa.Column('first_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('models', sa.JSON(), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('examples', sa.JSON(), nullable=False),
    sa.Column('profile', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('asked_since', sa.Integer(), nullable=False),
    sa.Column('article_id', sa.String(length=26), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_knowledge_gaps'))
    )
    with op.batch_alter_table('knowledge_gaps', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_knowledge_gaps_tenant_id_knowledge_gaps_state'), ['tenant_id', 'state'], unique=False)

    op.create_table('knowledge_intakes',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('accept', sa.Boolean(), nullable=False),
    sa.Column('again', sa.Boolean(), nullable=False),
    sa.Column('matter', sa.JSON(), nullable=False),
    sa.Column('by', sa.String(length=200), nullable=False),
    sa.Column('error', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_knowledge_intakes'))
    )
    with op.batch_alter_table('knowledge_intakes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_knowledge_intakes_tenant_id_knowledge_intakes_created_at'), ['tenant_id', 'created_at'], unique=False)

    op.create_table('knowledge_revisions',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', name=op.f('pk_knowledge_revisions'))
    )
    op.create_table('knowledge_term_proposals',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('folded', sa.String(length=200), nullable=False),
    sa.Column('text', sa.String(length=200), nullable=False),
    sa.Column('lang', sa.String(length=8), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('score', sa.Double(), nullable=False),
    sa.Column('documents', sa.JSON(), nullable=False),
    sa.Column('examples', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('term_key', sa.String(length=80), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_knowledge_term_proposals')),
    sa.UniqueConstraint('tenant_id', 'lang', 'folded', name=op.f('uq_knowledge_term_proposals_tenant_id_lang_folded'))
    )
    with op.batch_alter_table('knowledge_term_proposals', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_knowledge_term_proposals_tenant_id_knowledge_term_proposals_state'), ['tenant_id', 'state'], unique=False)

    op.create_table('knowledge_term_revisions',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('stamp', sa.String(length=26), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', name=op.f('pk_knowledge_term_revisions'))
    )
    op.create_table('knowledge_terms',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('domain', sa.String(length=80), nullable=False),
    sa.Column('names', sa.JSON(), nullable=False),
    sa.Column('reviewed', sa.JSON(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_knowledge_terms')),
    sa.UniqueConstraint('tenant_id', 'key', name=op.f('uq_knowledge_terms_tenant_id_key'))
    )
    op.create_table('knowledge_ticket_drafts',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('article_id', sa.String(length=26), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_knowledge_ticket_drafts')),
    sa.UniqueConstraint('tenant_id', 'number', name=op.f('uq_knowledge_ticket_drafts_tenant_id_number'))
    )
    op.create_table('knowledge_vectors',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('model', sa.String(length=200), nullable=False),
    sa.Column('text_hash', sa.String(length=64), nullable=False),
    sa.Column('dims', sa.Integer(), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'model', 'text_hash', name=op.f('pk_knowledge_vectors'))
    )
    op.create_table('office_hours',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('time_zone', sa.String(length=60), nullable=False),
    sa.Column('weekly', sa.JSON(), nullable=False),
    sa.Column('holidays', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', name=op.f('pk_office_hours'))
    )
    op.create_table('own_ticket_type',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('base', sa.String(length=20), nullable=False),
    sa.Column('label', sa.JSON(), nullable=False),
    sa.Column('priority', sa.String(length=10), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_own_ticket_type')),
    sa.UniqueConstraint('tenant_id', 'code', name=op.f('uq_own_ticket_type_tenant_id_code'))
    )
    op.create_table('part',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('number', sa.String(length=60), nullable=False),
    sa.Column('names', sa.JSON(), nullable=False),
    sa.Column('unit_price', sa.Numeric(precision=14, scale=4), nullable=True),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('lead_days', sa.Integer(), nullable=True),
    sa.Column('wear', sa.Boolean(), nullable=False),
    sa.Column('gtin', sa.String(length=14), nullable=False),
    sa.Column('unit', sa.String(length=20), nullable=False),
    sa.Column('tracking', sa.String(length=10), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("tracking IN ('none', 'lot', 'serial')", name=op.f('ck_part_tracking')),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_part')),
    sa.UniqueConstraint('tenant_id', 'number', name=op.f('uq_part_tenant_id_number'))
    )
    with op.batch_alter_table('part', schema=None) as batch_op:
        batch_op.create_index('uq_part_gtin', ['tenant_id', 'gtin'], unique=True, sqlite_where=sa.text("gtin <> ''"), postgresql_where=sa.text("gtin <> ''"))

    op.create_table('part_kit',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_part_kit')),
    sa.UniqueConstraint('tenant_id', 'code', name=op.f('uq_part_kit_tenant_id_code'))
    )
    op.create_table('product_model',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('model', sa.String(length=80), nullable=False),
    sa.Column('names', sa.JSON(), nullable=False),
    sa.Column('family', sa.String(length=100), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('warranty_months', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_product_model')),
    sa.UniqueConstraint('tenant_id', 'model', name=op.f('uq_product_model_tenant_id_model'))
    )
    op.create_table('retention_rule',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('basis', sa.String(length=300), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_retention_rule')),
    sa.UniqueConstraint('tenant_id', 'kind', name=op.f('uq_retention_rule_tenant_id_kind'))
    )
    op.create_table('rule',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('trigger', sa.String(length=40), nullable=False),
    sa.Column('timing', sa.JSON(), nullable=False),
    sa.Column('condition', sa.JSON(), nullable=False),
    sa.Column('actions', sa.JSON(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('archived', sa.Boolean(), nullable=False),
    sa.Column('stop_processing', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('max_per_hour', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('active_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('stopped_reason', sa.String(length=300), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_rule'))
    )
    with op.batch_alter_table('rule', schema=None) as batch_op:
        batch_op.create_index('ix_rule_trigger', ['tenant_id', 'active', 'trigger'], unique=False)

    op.create_table('rule_mail',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('to', sa.String(length=254), nullable=False),
    sa.Column('to_name', sa.String(length=200), nullable=False),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('ticket_id', sa.String(length=26), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_rule_mail'))
    )
    op.create_table('rule_run',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('rule_id', sa.String(length=26), nullable=False),
    sa.Column('rule_name', sa.String(length=120), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.String(length=26), nullable=False),
    sa.Column('trigger', sa.String(length=40), nullable=False),
    sa.Column('subject', sa.String(length=20), nullable=False),
    sa.Column('object_id', sa.String(length=26), nullable=False),
    sa.Column('object_label', sa.String(length=60), nullable=False),
    sa.Column('chain_id', sa.String(length=26), nullable=False),
    sa.Column('depth', sa.Integer(), nullable=False),
    sa.Column('matched', sa.Boolean(), nullable=False),
    sa.Column('truth', sa.JSON(), nullable=False),
    sa.Column('acts', sa.JSON(), nullable=False),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.Column('error', sa.String(length=500), nullable=False),
    sa.Column('milliseconds', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_rule_run')),
    sa.UniqueConstraint('tenant_id', 'task_id', 'rule_id', name=op.f('uq_rule_run_tenant_id_task_id_rule_id'))
    )
    with op.batch_alter_table('rule_run', schema=None) as batch_op:
        batch_op.create_index('ix_rule_run_at', ['created_at'], unique=False)
        batch_op.create_index('ix_rule_run_chain', ['tenant_id', 'chain_id', 'matched'], unique=False)
        batch_op.create_index('ix_rule_run_object', ['tenant_id', 'object_id', 'id'], unique=False)
        batch_op.create_index('ix_rule_run_rule', ['tenant_id', 'rule_id', 'id'], unique=False)

    op.create_table('rule_task',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('event_key', sa.String(length=200), nullable=False),
    sa.Column('trigger', sa.String(length=40), nullable=False),
    sa.Column('subject', sa.String(length=20), nullable=False),
    sa.Column('object_id', sa.String(length=26), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.Column('rule_id', sa.String(length=26), nullable=True),
    sa.Column('chain_id', sa.String(length=26), nullable=False),
    sa.Column('path', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('error', sa.String(length=300), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_rule_task')),
    sa.UniqueConstraint('tenant_id', 'event_key', name=op.f('uq_rule_task_tenant_id_event_key'))
    )
    with op.batch_alter_table('rule_task', schema=None) as batch_op:
        batch_op.create_index('ix_rule_task_object', ['tenant_id', 'object_id', 'id'], unique=False)
        batch_op.create_index('ix_rule_task_waiting', ['state', 'due_at', 'id'], unique=False)

    op.create_table('rule_watch',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('rule_id', sa.String(length=26), nullable=False),
    sa.Column('looked_until', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'rule_id', name=op.f('pk_rule_watch'))
    )
    op.create_table('saved_reply',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('shortcut', sa.String(length=40), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_saved_reply')),
    sa.UniqueConstraint('tenant_id', 'shortcut', 'language', name=op.f('uq_saved_reply_tenant_id_shortcut_language'))
    )
    op.create_table('service_area',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('countries', sa.JSON(), nullable=False),
    sa.Column('places', sa.JSON(), nullable=False),
    sa.Column('lat', sa.Double(), nullable=True),
    sa.Column('lon', sa.Double(), nullable=True),
    sa.Column('radius_km', sa.Double(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_service_area')),
    sa.UniqueConstraint('tenant_id', 'code', name=op.f('uq_service_area_tenant_id_code'))
    )
    op.create_table('sla_policy',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('fallback', sa.Boolean(), nullable=False),
    sa.Column('plans', sa.JSON(), nullable=False),
    sa.Column('tiers', sa.JSON(), nullable=False),
    sa.Column('calendar', sa.String(length=60), nullable=False),
    sa.Column('warn_percent', sa.Integer(), nullable=False),
    sa.Column('pauses', sa.JSON(), nullable=False),
    sa.Column('targets', sa.JSON(), nullable=False),
    sa.Column('steps', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_sla_policy')),
    sa.UniqueConstraint('tenant_id', 'code', name=op.f('uq_sla_policy_tenant_id_code'))
    )
    op.create_table('sop',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('published', sa.Integer(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('models', sa.JSON(), nullable=False),
    sa.Column('ticket_types', sa.JSON(), nullable=False),
    sa.Column('component', sa.String(length=120), nullable=False),
    sa.Column('tags', sa.JSON(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('steps_count', sa.Integer(), nullable=False),
    sa.Column('hazard', sa.String(length=10), nullable=False),
    sa.Column('draft', sa.JSON(), nullable=True),
    sa.Column('draft_base', sa.Integer(), nullable=False),
    sa.Column('draft_by', sa.String(length=60), nullable=False),
    sa.Column('draft_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('source', sa.String(length=300), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_sop')),
    sa.UniqueConstraint('tenant_id', 'code', name=op.f('uq_sop_tenant_id_code'))
    )
    with op.batch_alter_table('sop', schema=None) as batch_op:
        batch_op.create_index('ix_sop_state', ['tenant_id', 'state', 'code'], unique=False)

    op.create_table('stock_command',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('command_id', sa.String(length=100), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('answer', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_stock_command')),
    sa.UniqueConstraint('tenant_id', 'command_id', name=op.f('uq_stock_command_tenant_id_command_id'))
    )
    op.create_table('stock_counter',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('kind', sa.String(length=4), nullable=False),
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'kind', 'year', name=op.f('pk_stock_counter'))
    )
    op.create_table('stock_location',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('code', sa.String(length=80), nullable=False),
    sa.Column('level', sa.String(length=10), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('parent_code', sa.String(length=80), nullable=False),
    sa.Column('engineer', sa.String(length=40), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_stock_location')),
    sa.UniqueConstraint('tenant_id', 'code', name=op.f('uq_stock_location_tenant_id_code'))
    )
    op.create_table('stock_rules',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('own_approval', sa.Boolean(), nullable=False),
    sa.Column('second_amount', sa.Numeric(precision=14, scale=4), nullable=True),
    sa.Column('second_currency', sa.String(length=3), nullable=False),
    sa.Column('reservation_hours', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', name=op.f('pk_stock_rules'))
    )
    op.create_table('survey_settings',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', name=op.f('pk_survey_settings'))
    )
    op.create_table('tenant',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('profile', sa.JSON(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', name=op.f('pk_tenant')),
    sa.UniqueConstraint('slug', name=op.f('uq_tenant_slug'))
    )
    op.create_table('ticket_counter',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'year', name=op.f('pk_ticket_counter'))
    )
    op.create_table('ticket_word',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('word', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('ticket_id', sa.String(length=26), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'word', 'ticket_id', name=op.f('pk_ticket_word')),
    sqlite_with_rowid=False
    )
    op.create_table('user_account',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('login_subject', sa.String(length=400), nullable=True),
    sa.Column('last_login_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_user_account')),
    sa.UniqueConstraint('tenant_id', 'email', name=op.f('uq_user_account_tenant_id_email')),
    sa.UniqueConstraint('tenant_id', 'login_subject', name=op.f('uq_user_account_tenant_id_login_subject'))
    )
    op.create_table('warranty_terms',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('kinds', sa.JSON(), nullable=False),
    sa.Column('wear_parts', sa.Boolean(), nullable=False),
    sa.Column('part_months', sa.Integer(), nullable=False),
    sa.Column('months_by_part', sa.JSON(), nullable=False),
    sa.Column('goodwill_days', sa.Integer(), nullable=False),
    sa.Column('goodwill_share', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', name=op.f('pk_warranty_terms'))
    )
    op.create_table('webhook_endpoint',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('url', sa.String(length=500), nullable=False),
    sa.Column('description', sa.String(length=200), nullable=False),
    sa.Column('events', sa.JSON(), nullable=False),
    sa.Column('include_personal', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('disabled_reason', sa.String(length=300), nullable=False),
    sa.Column('disabled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('salt', sa.String(length=40), nullable=False),
    sa.Column('previous_salt', sa.String(length=40), nullable=False),
    sa.Column('previous_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_webhook_endpoint'))
    )
    op.create_table('webhook_message',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('type', sa.String(length=60), nullable=False),
    sa.Column('object', sa.String(length=40), nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('dedupe_key', sa.String(length=200), nullable=False),
    sa.Column('open_data', sa.JSON(), nullable=False),
    sa.Column('whole_data', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_webhook_message')),
    sa.UniqueConstraint('tenant_id', 'dedupe_key', name=op.f('uq_webhook_message_tenant_id_dedupe_key'))
    )
    with op.batch_alter_table('webhook_message', schema=None) as batch_op:
        batch_op.create_index('ix_webhook_message_made', ['tenant_id', 'created_at'], unique=False)

    op.create_table('webhook_sequence',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('object', sa.String(length=40), nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'object', 'key', name=op.f('pk_webhook_sequence'))
    )
    op.create_table('work_order_counter',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'year', name=op.f('pk_work_order_counter'))
    )
    op.create_table('api_token',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('user_id', sa.String(length=26), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('secret_hash', sa.String(length=64), nullable=False),
    sa.Column('scopes', sa.JSON(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'user_id'], ['user_account.tenant_id', 'user_account.id'], name=op.f('fk_api_token_tenant_id_user_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_api_token'))
    )
    with op.batch_alter_table('api_token', schema=None) as batch_op:
        batch_op.create_index('ix_api_token_secret', ['secret_hash'], unique=True)

    op.create_table('asset',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('serial', sa.String(length=80), nullable=False),
    sa.Column('serial_key', sa.String(length=80), nullable=False),
    sa.Column('model_id', sa.String(length=26), nullable=False),
    sa.Column('model', sa.String(length=80), nullable=False),
    sa.Column('customer_id', sa.String(length=26), nullable=True),
    sa.Column('site', sa.String(length=200), nullable=False),
    sa.Column('shipped_on', sa.Date(), nullable=True),
    sa.Column('installed_on', sa.Date(), nullable=True),
    sa.Column('warranty_until', sa.Date(), nullable=True),
    sa.Column('firmware', sa.String(length=40), nullable=False),
    sa.Column('usage_hours', sa.Integer(), nullable=True),
    sa.Column('contract_number', sa.String(length=60), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('status', sa.String(length=20), nullable=False),
    sa.Column('configuration', sa.JSON(), nullable=False),
    sa.Column('lat', sa.Float(), nullable=True),
    sa.Column('lon', sa.Float(), nullable=True),
    sa.Column('installed_by', sa.String(length=120), nullable=False),
    sa.Column('decommissioned_on', sa.Date(), nullable=True),
    sa.Column('parent', sa.String(length=80), nullable=True),
    sa.Column('public_code', sa.String(length=32), nullable=False),
    sa.Column('custom', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'customer_id'], ['customer.tenant_id', 'customer.id'], name=op.f('fk_asset_tenant_id_customer_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'model_id'], ['product_model.tenant_id', 'product_model.id'], name=op.f('fk_asset_tenant_id_model_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'parent'], ['asset.tenant_id', 'asset.serial'], name=op.f('fk_asset_tenant_id_parent'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_asset')),
    sa.UniqueConstraint('tenant_id', 'serial', name=op.f('uq_asset_tenant_id_serial'))
    )
    with op.batch_alter_table('asset', schema=None) as batch_op:
        batch_op.create_index('ix_asset_customer', ['tenant_id', 'customer_id'], unique=False)
        batch_op.create_index('ix_asset_parent', ['tenant_id', 'parent'], unique=False)
        batch_op.create_index('ix_asset_public_code', ['public_code'], unique=True)
        batch_op.create_index('ix_asset_serial_key', ['tenant_id', 'serial_key'], unique=False)

    op.create_table('billing_invoice',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('series', sa.String(length=12), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('customer_id', sa.String(length=26), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('tickets', sa.JSON(), nullable=False),
    sa.Column('quote', sa.String(length=40), nullable=False),
    sa.Column('buyer', sa.JSON(), nullable=False),
    sa.Column('seller', sa.JSON(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('issued_by', sa.String(length=60), nullable=False),
    sa.Column('net', sa.Numeric(precision=14, scale=4), nullable=False),
    sa.Column('tax', sa.Numeric(precision=14, scale=4), nullable=False),
    sa.Column('gross', sa.Numeric(precision=14, scale=4), nullable=False),
    sa.Column('taxes', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('credits_id', sa.String(length=26), nullable=True),
    sa.Column('credits', sa.String(length=40), nullable=False),
    sa.Column('credited_by', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('batch_id', sa.String(length=26), nullable=True),
    sa.Column('exported_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(number = '') = (state IN ('draft', 'discarded'))", name=op.f('ck_billing_invoice_number')),
    sa.ForeignKeyConstraint(['tenant_id', 'credits_id'], ['billing_invoice.tenant_id', 'billing_invoice.id'], name=op.f('fk_billing_invoice_tenant_id_credits_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'customer_id'], ['customer.tenant_id', 'customer.id'], name=op.f('fk_billing_invoice_tenant_id_customer_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_billing_invoice')),
    sa.UniqueConstraint('tenant_id', 'credits_id', name=op.f('uq_billing_invoice_tenant_id_credits_id'))
    )
    with op.batch_alter_table('billing_invoice', schema=None) as batch_op:
        batch_op.create_index('ix_billing_invoice_batch', ['tenant_id', 'batch_id'], unique=False)
        batch_op.create_index('ix_billing_invoice_customer', ['tenant_id', 'customer_id', 'id'], unique=False)
        batch_op.create_index('ix_billing_invoice_day', ['tenant_id', 'issued_on'], unique=False)
        batch_op.create_index('ix_billing_invoice_state', ['tenant_id', 'state', 'id'], unique=False)
        batch_op.create_index('uq_billing_invoice_number', ['tenant_id', 'number'], unique=True, sqlite_where=sa.text("number <> ''"), postgresql_where=sa.text("number <> ''"))

    op.create_table('billing_price_item',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('price_list_id', sa.String(length=26), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('hours', sa.String(length=10), nullable=False),
    sa.Column('names', sa.JSON(), nullable=False),
    sa.Column('unit', sa.String(length=20), nullable=False),
    sa.Column('price', sa.Numeric(precision=14, scale=4), nullable=False),
    sa.Column('discount', sa.Numeric(precision=5, scale=2), nullable=True),
    sa.Column('minimum', sa.Numeric(precision=12, scale=3), nullable=True),
    sa.Column('step', sa.Numeric(precision=12, scale=3), nullable=True),
    sa.Column('tax_code', sa.String(length=20), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'price_list_id'], ['billing_price_list.tenant_id', 'billing_price_list.id'], name=op.f('fk_billing_price_item_tenant_id_price_list_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_billing_price_item')),
    sa.UniqueConstraint('tenant_id', 'price_list_id', 'kind', 'code', 'hours', name=op.f('uq_billing_price_item_tenant_id_price_list_id_kind_code_hours'))
    )
    op.create_table('bom_line',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('model_id', sa.String(length=26), nullable=False),
    sa.Column('part_id', sa.String(length=26), nullable=False),
    sa.Column('module', sa.String(length=100), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'model_id'], ['product_model.tenant_id', 'product_model.id'], name=op.f('fk_bom_line_tenant_id_model_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'part_id'], ['part.tenant_id', 'part.id'], name=op.f('fk_bom_line_tenant_id_part_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_bom_line')),
    sa.UniqueConstraint('tenant_id', 'model_id', 'part_id', 'module', name=op.f('uq_bom_line_tenant_id_model_id_part_id_module'))
    )
    op.create_table('connector_login',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('connector_id', sa.String(length=26), nullable=False),
    sa.Column('handle', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'connector_id'], ['connector.tenant_id', 'connector.id'], name=op.f('fk_connector_login_tenant_id_connector_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'connector_id', name=op.f('pk_connector_login'))
    )
    op.create_table('connector_problem',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('connector_id', sa.String(length=26), nullable=False),
    sa.Column('object', sa.String(length=20), nullable=False),
    sa.Column('side', sa.String(length=6), nullable=False),
    sa.Column('record_id', sa.String(length=200), nullable=False),
    sa.Column('message', sa.String(length=500), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'connector_id'], ['connector.tenant_id', 'connector.id'], name=op.f('fk_connector_problem_tenant_id_connector_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_connector_problem')),
    sa.UniqueConstraint('tenant_id', 'connector_id', 'object', 'side', 'record_id', name=op.f('uq_connector_problem_tenant_id_connector_id_object_side_record_id'))
    )
    op.create_table('connector_run',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('connector_id', sa.String(length=26), nullable=False),
    sa.Column('dry', sa.Boolean(), nullable=False),
    sa.Column('asked_by', sa.String(length=60), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('place', sa.JSON(), nullable=False),
    sa.Column('counters', sa.JSON(), nullable=False),
    sa.Column('error', sa.String(length=500), nullable=False),
    sa.Column('runner', sa.String(length=26), nullable=False),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'connector_id'], ['connector.tenant_id', 'connector.id'], name=op.f('fk_connector_run_tenant_id_connector_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_connector_run'))
    )
    with op.batch_alter_table('connector_run', schema=None) as batch_op:
        batch_op.create_index('ix_connector_run_connector', ['tenant_id', 'connector_id', 'id'], unique=False)

    op.create_table('contact',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('customer_id', sa.String(length=26), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('phone', sa.String(length=20), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('role', sa.String(length=100), nullable=False),
    sa.Column('custom', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'customer_id'], ['customer.tenant_id', 'customer.id'], name=op.f('fk_contact_tenant_id_customer_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_contact'))
    )
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.create_index('ix_contact_customer', ['tenant_id', 'customer_id'], unique=False)
        batch_op.create_index('ix_contact_email', ['tenant_id', 'email'], unique=False)
        batch_op.create_index('ix_contact_phone', ['tenant_id', 'phone'], unique=False)

    op.create_table('custom_value',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('subject', sa.String(length=20), nullable=False),
    sa.Column('object_id', sa.String(length=26), nullable=False),
    sa.Column('field_id', sa.String(length=26), nullable=False),
    sa.Column('slot', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('folded', sa.String(length=500), nullable=True),
    sa.Column('number', sa.Numeric(precision=20, scale=6), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['tenant_id', 'field_id'], ['custom_field.tenant_id', 'custom_field.id'], name=op.f('fk_custom_value_tenant_id_field_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'subject', 'object_id', 'field_id', 'slot', name=op.f('pk_custom_value'))
    )
    with op.batch_alter_table('custom_value', schema=None) as batch_op:
        batch_op.create_index('ix_custom_value_at', ['tenant_id', 'field_id', 'at', 'object_id'], unique=False, sqlite_where=sa.text('at IS NOT NULL'), postgresql_where=sa.text('at IS NOT NULL'))
        batch_op.create_index('ix_custom_value_folded', ['tenant_id', 'field_id', 'folded', 'object_id'], unique=False)
        batch_op.create_index('ix_custom_value_number', ['tenant_id', 'field_id', 'number', 'object_id'], unique=False, sqlite_where=sa.text('number IS NOT NULL'), postgresql_where=sa.text('number IS NOT NULL'))

    op.create_table('dispatch_plan_line',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('plan_id', sa.String(length=26), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('ticket', sa.String(length=40), nullable=False),
    sa.Column('work_order', sa.String(length=40), nullable=False),
    sa.Column('base_version', sa.Integer(), nullable=True),
    sa.Column('engineer_before', sa.String(length=40), nullable=False),
    sa.Column('engineer', sa.String(length=40), nullable=False),
    sa.Column('starts_before', sa.DateTime(timezone=True), nullable=True),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('travel_minutes', sa.Integer(), nullable=False),
    sa.Column('late_minutes', sa.Integer(), nullable=False),
    sa.Column('reasons', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'plan_id'], ['dispatch_plan.tenant_id', 'dispatch_plan.id'], name=op.f('fk_dispatch_plan_line_tenant_id_plan_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_dispatch_plan_line'))
    )
    with op.batch_alter_table('dispatch_plan_line', schema=None) as batch_op:
        batch_op.create_index('ix_dispatch_plan_line', ['tenant_id', 'plan_id', 'id'], unique=False)

    op.create_table('engineer_absence',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('engineer_id', sa.String(length=26), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('requested_by', sa.String(length=60), nullable=False),
    sa.Column('decided_by', sa.String(length=60), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_engineer_absence_span')),
    sa.ForeignKeyConstraint(['tenant_id', 'engineer_id'], ['engineer.tenant_id', 'engineer.id'], name=op.f('fk_engineer_absence_tenant_id_engineer_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_engineer_absence'))
    )
    with op.batch_alter_table('engineer_absence', schema=None) as batch_op:
        batch_op.create_index('ix_engineer_absence', ['tenant_id', 'engineer_id', 'starts_at'], unique=False)
        batch_op.create_index('ix_engineer_absence_end', ['tenant_id', 'ends_at'], unique=False)

    op.create_table('engineer_certificate',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('engineer_id', sa.String(length=26), nullable=False),
    sa.Column('skill', sa.String(length=100), nullable=False),
    sa.Column('number', sa.String(length=80), nullable=False),
    sa.Column('issuer', sa.String(length=200), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'engineer_id'], ['engineer.tenant_id', 'engineer.id'], name=op.f('fk_engineer_certificate_tenant_id_engineer_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_engineer_certificate')),
    sa.UniqueConstraint('tenant_id', 'engineer_id', 'skill', 'number', name=op.f('uq_engineer_certificate_tenant_id_engineer_id_skill_number'))
    )
    with op.batch_alter_table('engineer_certificate', schema=None) as batch_op:
        batch_op.create_index('ix_engineer_certificate_end', ['tenant_id', 'valid_until'], unique=False)

    op.create_table('engineer_position',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('engineer_id', sa.String(length=26), nullable=False),
    sa.Column('lat', sa.Double(), nullable=False),
    sa.Column('lon', sa.Double(), nullable=False),
    sa.Column('accuracy_m', sa.Double(), nullable=True),
    sa.Column('source', sa.String(length=20), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'engineer_id'], ['engineer.tenant_id', 'engineer.id'], name=op.f('fk_engineer_position_tenant_id_engineer_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'engineer_id', name=op.f('pk_engineer_position'))
    )
    op.create_table('engineer_shift',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('engineer_id', sa.String(length=26), nullable=False),
    sa.Column('weekly', sa.JSON(), nullable=False),
    sa.Column('time_zone', sa.String(length=60), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('valid_until IS NULL OR valid_until >= valid_from', name=op.f('ck_engineer_shift_validity')),
    sa.ForeignKeyConstraint(['tenant_id', 'engineer_id'], ['engineer.tenant_id', 'engineer.id'], name=op.f('fk_engineer_shift_tenant_id_engineer_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_engineer_shift'))
    )
    with op.batch_alter_table('engineer_shift', schema=None) as batch_op:
        batch_op.create_index('ix_engineer_shift', ['tenant_id', 'engineer_id', 'valid_from'], unique=False)

    op.create_table('external_link',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('connector_id', sa.String(length=26), nullable=False),
    sa.Column('object', sa.String(length=20), nullable=False),
    sa.Column('our_id', sa.String(length=80), nullable=False),
    sa.Column('their_id', sa.String(length=200), nullable=True),
    sa.Column('their_version', sa.String(length=200), nullable=False),
    sa.Column('their_updated', sa.String(length=40), nullable=False),
    sa.Column('their_hash', sa.String(length=64), nullable=False),
    sa.Column('base', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('synced_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'connector_id'], ['connector.tenant_id', 'connector.id'], name=op.f('fk_external_link_tenant_id_connector_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_external_link')),
    sa.UniqueConstraint('tenant_id', 'connector_id', 'object', 'our_id', name=op.f('uq_external_link_tenant_id_connector_id_object_our_id')),
    sa.UniqueConstraint('tenant_id', 'connector_id', 'object', 'their_id', name=op.f('uq_external_link_tenant_id_connector_id_object_their_id'))
    )
    op.create_table('fault_apart',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('one', sa.String(length=26), nullable=False),
    sa.Column('other', sa.String(length=26), nullable=False),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'one'], ['fault.tenant_id', 'fault.id'], name=op.f('fk_fault_apart_tenant_id_one'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'other'], ['fault.tenant_id', 'fault.id'], name=op.f('fk_fault_apart_tenant_id_other'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'one', 'other', name=op.f('pk_fault_apart'))
    )
    op.create_table('fault_finding',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('fault_id', sa.String(length=26), nullable=False),
    sa.Column('ticket_id', sa.String(length=26), nullable=False),
    sa.Column('ticket', sa.String(length=40), nullable=False),
    sa.Column('origin_ticket_id', sa.String(length=26), nullable=False),
    sa.Column('origin_ticket', sa.String(length=40), nullable=False),
    sa.Column('work_order', sa.String(length=40), nullable=False),
    sa.Column('origin', sa.String(length=10), nullable=False),
    sa.Column('outcome', sa.String(length=10), nullable=False),
    sa.Column('outcome_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('superseded_by', sa.String(length=26), nullable=True),
    sa.Column('model', sa.String(length=80), nullable=False),
    sa.Column('serial', sa.String(length=80), nullable=False),
    sa.Column('error_codes', sa.JSON(), nullable=False),
    sa.Column('firmware', sa.String(length=40), nullable=False),
    sa.Column('parts', sa.JSON(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('told', sa.Boolean(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('command_id', sa.String(length=100), nullable=True),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('component', sa.String(length=80), nullable=False),
    sa.Column('component_text', sa.String(length=500), nullable=False),
    sa.Column('component_lang', sa.String(length=10), nullable=False),
    sa.Column('symptom', sa.String(length=80), nullable=False),
    sa.Column('symptom_text', sa.String(length=500), nullable=False),
    sa.Column('symptom_lang', sa.String(length=10), nullable=False),
    sa.Column('cause', sa.String(length=80), nullable=False),
    sa.Column('cause_text', sa.String(length=500), nullable=False),
    sa.Column('cause_lang', sa.String(length=10), nullable=False),
    sa.Column('remedy', sa.String(length=80), nullable=False),
    sa.Column('remedy_text', sa.String(length=500), nullable=False),
    sa.Column('remedy_lang', sa.String(length=10), nullable=False),
    sa.Column('concepts', sa.JSON(), nullable=False),
    sa.Column('says', sa.JSON(), nullable=False),
    sa.Column('signature', sa.String(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'fault_id'], ['fault.tenant_id', 'fault.id'], name=op.f('fk_fault_finding_tenant_id_fault_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'superseded_by'], ['fault_finding.tenant_id', 'fault_finding.id'], name=op.f('fk_fault_finding_tenant_id_superseded_by'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_fault_finding')),
    sa.UniqueConstraint('tenant_id', 'command_id', name=op.f('uq_fault_finding_tenant_id_command_id'))
    )
    with op.batch_alter_table('fault_finding', schema=None) as batch_op:
        batch_op.create_index('ix_fault_finding_fault', ['tenant_id', 'fault_id', 'happened_at', 'id'], unique=False)
        batch_op.create_index('ix_fault_finding_ticket', ['tenant_id', 'ticket_id'], unique=False)
        batch_op.create_index('ix_fault_finding_visit', ['tenant_id', 'work_order'], unique=False)

    op.create_table('fault_link',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('fault_id', sa.String(length=26), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('target', sa.String(length=300), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'fault_id'], ['fault.tenant_id', 'fault.id'], name=op.f('fk_fault_link_tenant_id_fault_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_fault_link')),
    sa.UniqueConstraint('tenant_id', 'fault_id', 'kind', 'target', name=op.f('uq_fault_link_tenant_id_fault_id_kind_target'))
    )
    op.create_table('fault_mark',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('value', sa.String(length=120), nullable=False),
    sa.Column('fault_id', sa.String(length=26), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'fault_id'], ['fault.tenant_id', 'fault.id'], name=op.f('fk_fault_mark_tenant_id_fault_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'kind', 'value', 'fault_id', name=op.f('pk_fault_mark'))
    )
    with op.batch_alter_table('fault_mark', schema=None) as batch_op:
        batch_op.create_index('ix_fault_mark_fault', ['tenant_id', 'fault_id'], unique=False)

    op.create_table('fault_merge',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('fault_id', sa.String(length=26), nullable=False),
    sa.Column('into_id', sa.String(length=26), nullable=False),
    sa.Column('state_before', sa.String(length=10), nullable=False),
    sa.Column('findings', sa.JSON(), nullable=False),
    sa.Column('links', sa.JSON(), nullable=False),
    sa.Column('models_before', sa.JSON(), nullable=False),
    sa.Column('models_after', sa.JSON(), nullable=False),
    sa.Column('codes_added', sa.JSON(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'fault_id'], ['fault.tenant_id', 'fault.id'], name=op.f('fk_fault_merge_tenant_id_fault_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'into_id'], ['fault.tenant_id', 'fault.id'], name=op.f('fk_fault_merge_tenant_id_into_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_fault_merge'))
    )
    with op.batch_alter_table('fault_merge', schema=None) as batch_op:
        batch_op.create_index('ix_fault_merge_fault', ['tenant_id', 'fault_id'], unique=False)
        batch_op.create_index('ix_fault_merge_into', ['tenant_id', 'into_id'], unique=False)

    op.create_table('knowledge_editions',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('document_id', sa.String(length=26), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('origin', sa.String(length=12), nullable=False),
    sa.Column('matter', sa.JSON(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('content_hash', sa.String(length=64), nullable=False),
    sa.Column('compiled_with', sa.String(length=64), nullable=False),
    sa.Column('format', sa.String(length=10), nullable=False),
    sa.Column('source_sha256', sa.String(length=64), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('figures', sa.JSON(), nullable=False),
    sa.Column('warnings', sa.JSON(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('by', sa.String(length=200), nullable=False),
    sa.Column('approved_by', sa.String(length=200), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'document_id'], ['knowledge_documents.tenant_id', 'knowledge_documents.id'], name=op.f('fk_knowledge_editions_tenant_id_document_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_knowledge_editions')),
    sa.UniqueConstraint('tenant_id', 'document_id', 'number', name=op.f('uq_knowledge_editions_tenant_id_document_id_number'))
    )
    with op.batch_alter_table('knowledge_editions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_knowledge_editions_tenant_id_knowledge_editions_state'), ['tenant_id', 'state'], unique=False)

    op.create_table('knowledge_gap_occurrences',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('gap_id', sa.String(length=26), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('lang', sa.String(length=8), nullable=False),
    sa.Column('model', sa.String(length=200), nullable=False),
    sa.Column('fault', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.String(length=12), nullable=False),
    sa.Column('person', sa.Boolean(), nullable=False),
    sa.Column('conversation_id', sa.String(length=26), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'gap_id'], ['knowledge_gaps.tenant_id', 'knowledge_gaps.id'], name=op.f('fk_knowledge_gap_occurrences_tenant_id_gap_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_knowledge_gap_occurrences'))
    )
    with op.batch_alter_table('knowledge_gap_occurrences', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_knowledge_gap_occurrences_tenant_id_knowledge_gap_occurrences_conversation_id'), ['tenant_id', 'conversation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_knowledge_gap_occurrences_tenant_id_knowledge_gap_occurrences_gap_id'), ['tenant_id', 'gap_id'], unique=False)

    op.create_table('knowledge_intake_files',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('intake_id', sa.String(length=26), nullable=False),
    sa.Column('path', sa.String(length=500), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('matter', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('warnings', sa.JSON(), nullable=False),
    sa.Column('passages', sa.Integer(), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.String(length=26), nullable=True),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'intake_id'], ['knowledge_intakes.tenant_id', 'knowledge_intakes.id'], name=op.f('fk_knowledge_intake_files_tenant_id_intake_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_knowledge_intake_files')),
    sa.UniqueConstraint('tenant_id', 'intake_id', 'path', name=op.f('uq_knowledge_intake_files_tenant_id_intake_id_path'))
    )
    op.create_table('knowledge_passages',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('document_id', sa.String(length=26), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('section', sa.Text(), nullable=False),
    sa.Column('section_ordinal', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('search', sa.Text(), nullable=False),
    sa.Column('concepts', sa.JSON(), nullable=False),
    sa.Column('codes', sa.JSON(), nullable=False),
    sa.Column('hazard', sa.JSON(), nullable=True),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.Column('page', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'document_id'], ['knowledge_documents.tenant_id', 'knowledge_documents.id'], name=op.f('fk_knowledge_passages_tenant_id_document_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_knowledge_passages')),
    sa.UniqueConstraint('tenant_id', 'document_id', 'edition', 'ordinal', name=op.f('uq_knowledge_passages_tenant_id_document_id_edition_ordinal'))
    )
    op.create_table('login_session',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('user_id', sa.String(length=26), nullable=False),
    sa.Column('secret_hash', sa.String(length=64), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('idle_minutes', sa.Integer(), nullable=False),
    sa.Column('address', sa.String(length=64), nullable=False),
    sa.Column('device', sa.String(length=200), nullable=False),
    sa.Column('method', sa.String(length=10), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'user_id'], ['user_account.tenant_id', 'user_account.id'], name=op.f('fk_login_session_tenant_id_user_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_login_session'))
    )
    with op.batch_alter_table('login_session', schema=None) as batch_op:
        batch_op.create_index('ix_login_session_secret', ['secret_hash'], unique=True)

    op.create_table('notice',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('user_id', sa.String(length=26), nullable=False),
    sa.Column('dedupe', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('args', sa.JSON(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('link', sa.String(length=300), nullable=False),
    sa.Column('severity', sa.String(length=10), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'user_id'], ['user_account.tenant_id', 'user_account.id'], name=op.f('fk_notice_tenant_id_user_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_notice')),
    sa.UniqueConstraint('tenant_id', 'user_id', 'dedupe', name=op.f('uq_notice_tenant_id_user_id_dedupe'))
    )
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.create_index('ix_notice_unread', ['tenant_id', 'user_id', 'read_at', 'id'], unique=False)

    op.create_table('part_kit_line',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('kit_id', sa.String(length=26), nullable=False),
    sa.Column('part_id', sa.String(length=26), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_part_kit_line_quantity')),
    sa.ForeignKeyConstraint(['tenant_id', 'kit_id'], ['part_kit.tenant_id', 'part_kit.id'], name=op.f('fk_part_kit_line_tenant_id_kit_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'part_id'], ['part.tenant_id', 'part.id'], name=op.f('fk_part_kit_line_tenant_id_part_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_part_kit_line')),
    sa.UniqueConstraint('tenant_id', 'kit_id', 'part_id', name=op.f('uq_part_kit_line_tenant_id_kit_id_part_id'))
    )
    op.create_table('part_substitute',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('part_id', sa.String(length=26), nullable=False),
    sa.Column('substitute_id', sa.String(length=26), nullable=False),
    sa.Column('both_ways', sa.Boolean(), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('part_id <> substitute_id', name=op.f('ck_part_substitute_other')),
    sa.ForeignKeyConstraint(['tenant_id', 'part_id'], ['part.tenant_id', 'part.id'], name=op.f('fk_part_substitute_tenant_id_part_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'substitute_id'], ['part.tenant_id', 'part.id'], name=op.f('fk_part_substitute_tenant_id_substitute_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_part_substitute')),
    sa.UniqueConstraint('tenant_id', 'part_id', 'substitute_id', name=op.f('uq_part_substitute_tenant_id_part_id_substitute_id'))
    )
    op.create_table('password_link',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('user_id', sa.String(length=26), nullable=True),
    sa.Column('purpose', sa.String(length=10), nullable=False),
    sa.Column('secret_hash', sa.String(length=64), nullable=True),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'user_id'], ['user_account.tenant_id', 'user_account.id'], name=op.f('fk_password_link_tenant_id_user_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_password_link'))
    )
    with op.batch_alter_table('password_link', schema=None) as batch_op:
        batch_op.create_index('ix_password_link_secret', ['secret_hash'], unique=True)
        batch_op.create_index('ix_password_link_user', ['tenant_id', 'user_id', 'created_at'], unique=False)

    op.create_table('presence',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('user_id', sa.String(length=26), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'user_id'], ['user_account.tenant_id', 'user_account.id'], name=op.f('fk_presence_tenant_id_user_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_presence')),
    sa.UniqueConstraint('tenant_id', 'user_id', name=op.f('uq_presence_tenant_id_user_id'))
    )
    op.create_table('rule_version',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('rule_id', sa.String(length=26), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'rule_id'], ['rule.tenant_id', 'rule.id'], name=op.f('fk_rule_version_tenant_id_rule_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_rule_version')),
    sa.UniqueConstraint('tenant_id', 'rule_id', 'revision', name=op.f('uq_rule_version_tenant_id_rule_id_revision'))
    )
    op.create_table('saved_view',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('owner_id', sa.String(length=26), nullable=False),
    sa.Column('list_name', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('filters', sa.JSON(), nullable=False),
    sa.Column('sort', sa.String(length=40), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.Column('shared', sa.Boolean(), nullable=False),
    sa.Column('is_default', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'owner_id'], ['user_account.tenant_id', 'user_account.id'], name=op.f('fk_saved_view_tenant_id_owner_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_saved_view'))
    )
    with op.batch_alter_table('saved_view', schema=None) as batch_op:
        batch_op.create_index('ix_saved_view_list', ['tenant_id', 'list_name', 'position'], unique=False)

    op.create_table('service_contract',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('number', sa.String(length=60), nullable=False),
    sa.Column('customer_id', sa.String(length=26), nullable=False),
    sa.Column('plan', sa.String(length=60), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('response_hours', sa.Integer(), nullable=True),
    sa.Column('onsite_hours', sa.Integer(), nullable=True),
    sa.Column('covers', sa.Text(), nullable=False),
    sa.Column('signed', sa.Boolean(), nullable=False),
    sa.Column('terminated_on', sa.Date(), nullable=True),
    sa.Column('state_reason', sa.Text(), nullable=False),
    sa.Column('covers_all', sa.Boolean(), nullable=False),
    sa.Column('price_amount', sa.Numeric(precision=14, scale=4), nullable=True),
    sa.Column('price_currency', sa.String(length=3), nullable=False),
    sa.Column('price_period', sa.String(length=10), nullable=False),
    sa.Column('sla_policy', sa.String(length=60), nullable=False),
    sa.Column('calendar', sa.String(length=60), nullable=False),
    sa.Column('notice_days', sa.Integer(), nullable=False),
    sa.Column('reminder_days', sa.JSON(), nullable=False),
    sa.Column('renews', sa.String(length=60), nullable=False),
    sa.Column('renewed_by', sa.String(length=60), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('custom', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'customer_id'], ['customer.tenant_id', 'customer.id'], name=op.f('fk_service_contract_tenant_id_customer_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_service_contract')),
    sa.UniqueConstraint('tenant_id', 'number', name=op.f('uq_service_contract_tenant_id_number'))
    )
    with op.batch_alter_table('service_contract', schema=None) as batch_op:
        batch_op.create_index('ix_service_contract_customer', ['tenant_id', 'customer_id'], unique=False)
        batch_op.create_index('ix_service_contract_end', ['tenant_id', 'ends_on'], unique=False)

    op.create_table('sop_rule',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('sop_id', sa.String(length=26), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('models', sa.JSON(), nullable=False),
    sa.Column('ticket_types', sa.JSON(), nullable=False),
    sa.Column('components', sa.JSON(), nullable=False),
    sa.Column('codes', sa.JSON(), nullable=False),
    sa.Column('plans', sa.JSON(), nullable=False),
    sa.Column('required', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'sop_id'], ['sop.tenant_id', 'sop.id'], name=op.f('fk_sop_rule_tenant_id_sop_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_sop_rule')),
    sa.UniqueConstraint('tenant_id', 'sop_id', 'position', name=op.f('uq_sop_rule_tenant_id_sop_id_position'))
    )
    op.create_table('sop_run',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('sop_id', sa.String(length=26), nullable=False),
    sa.Column('sop', sa.String(length=60), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('work_order', sa.String(length=40), nullable=False),
    sa.Column('ticket', sa.String(length=40), nullable=False),
    sa.Column('serial', sa.String(length=80), nullable=False),
    sa.Column('model', sa.String(length=80), nullable=False),
    sa.Column('required', sa.Boolean(), nullable=False),
    sa.Column('attached_by', sa.String(length=60), nullable=False),
    sa.Column('by_rule', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('result', sa.String(length=10), nullable=False),
    sa.Column('next_step', sa.String(length=40), nullable=False),
    sa.Column('passed_count', sa.Integer(), nullable=False),
    sa.Column('deviations', sa.Integer(), nullable=False),
    sa.Column('record_seq', sa.Integer(), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('reason_by', sa.String(length=60), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('number >= 0', name=op.f('ck_sop_run_number')),
    sa.ForeignKeyConstraint(['tenant_id', 'sop_id'], ['sop.tenant_id', 'sop.id'], name=op.f('fk_sop_run_tenant_id_sop_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_sop_run'))
    )
    with op.batch_alter_table('sop_run', schema=None) as batch_op:
        batch_op.create_index('ix_sop_run_sop', ['tenant_id', 'sop_id', 'id'], unique=False)
        batch_op.create_index('ix_sop_run_state', ['tenant_id', 'state', 'id'], unique=False)
        batch_op.create_index('ix_sop_run_visit', ['tenant_id', 'work_order', 'id'], unique=False)

    op.create_table('sop_version',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('sop_id', sa.String(length=26), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('by', sa.String(length=60), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'sop_id'], ['sop.tenant_id', 'sop.id'], name=op.f('fk_sop_version_tenant_id_sop_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_sop_version')),
    sa.UniqueConstraint('tenant_id', 'sop_id', 'number', name=op.f('uq_sop_version_tenant_id_sop_id_number'))
    )
    op.create_table('stock_balance',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('location_id', sa.String(length=26), nullable=False),
    sa.Column('part_id', sa.String(length=26), nullable=False),
    sa.Column('lot', sa.String(length=40), nullable=False),
    sa.Column('condition', sa.String(length=10), nullable=False),
    sa.Column('on_hand', sa.Integer(), nullable=False),
    sa.Column('reserved', sa.Integer(), nullable=False),
    sa.Column('minimum', sa.Integer(), nullable=True),
    sa.Column('maximum', sa.Integer(), nullable=True),
    sa.Column('bin', sa.String(length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("condition IN ('good', 'defective')", name=op.f('ck_stock_balance_condition')),
    sa.CheckConstraint('on_hand >= 0 AND reserved >= 0 AND reserved <= on_hand', name=op.f('ck_stock_balance_stock')),
    sa.ForeignKeyConstraint(['tenant_id', 'location_id'], ['stock_location.tenant_id', 'stock_location.id'], name=op.f('fk_stock_balance_tenant_id_location_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'part_id'], ['part.tenant_id', 'part.id'], name=op.f('fk_stock_balance_tenant_id_part_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_stock_balance')),
    sa.UniqueConstraint('tenant_id', 'location_id', 'part_id', 'lot', 'condition', name=op.f('uq_stock_balance_tenant_id_location_id_part_id_lot_condition'))
    )
    with op.batch_alter_table('stock_balance', schema=None) as batch_op:
        batch_op.create_index('ix_stock_balance_part', ['tenant_id', 'part_id'], unique=False)

    op.create_table('stock_count',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('location_id', sa.String(length=26), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('blind', sa.Boolean(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('made_by', sa.String(length=60), nullable=False),
    sa.Column('made_by_name', sa.String(length=200), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'location_id'], ['stock_location.tenant_id', 'stock_location.id'], name=op.f('fk_stock_count_tenant_id_location_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_stock_count')),
    sa.UniqueConstraint('tenant_id', 'number', name=op.f('uq_stock_count_tenant_id_number'))
    )
    with op.batch_alter_table('stock_count', schema=None) as batch_op:
        batch_op.create_index('ix_stock_count_state', ['tenant_id', 'state', 'id'], unique=False)

    op.create_table('stock_lot',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('part_id', sa.String(length=26), nullable=False),
    sa.Column('lot', sa.String(length=40), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'part_id'], ['part.tenant_id', 'part.id'], name=op.f('fk_stock_lot_tenant_id_part_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_stock_lot')),
    sa.UniqueConstraint('tenant_id', 'part_id', 'lot', name=op.f('uq_stock_lot_tenant_id_part_id_lot'))
    )
    op.create_table('stock_move',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('part_id', sa.String(length=26), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('from_id', sa.String(length=26), nullable=True),
    sa.Column('from_account', sa.String(length=20), nullable=False),
    sa.Column('to_id', sa.String(length=26), nullable=True),
    sa.Column('to_account', sa.String(length=20), nullable=False),
    sa.Column('lot', sa.String(length=40), nullable=False),
    sa.Column('serial', sa.String(length=80), nullable=False),
    sa.Column('condition', sa.String(length=10), nullable=False),
    sa.Column('reference_type', sa.String(length=20), nullable=False),
    sa.Column('reference', sa.String(length=80), nullable=False),
    sa.Column('ticket', sa.String(length=40), nullable=False),
    sa.Column('work_order', sa.String(length=40), nullable=False),
    sa.Column('asset', sa.String(length=80), nullable=False),
    sa.Column('partner', sa.String(length=80), nullable=False),
    sa.Column('unit_cost_amount', sa.Numeric(precision=14, scale=4), nullable=True),
    sa.Column('unit_cost_currency', sa.String(length=3), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('reverses_id', sa.String(length=26), nullable=True),
    sa.Column('command_id', sa.String(length=100), nullable=True),
    sa.Column('line', sa.Integer(), nullable=False),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(from_id IS NULL) = (from_account <> '') AND (to_id IS NULL) = (to_account <> '') AND (from_id IS NULL OR to_id IS NULL OR from_id <> to_id)", name=op.f('ck_stock_move_ends')),
    sa.CheckConstraint("condition IN ('good', 'defective')", name=op.f('ck_stock_move_condition')),
    sa.CheckConstraint("serial = '' OR quantity = 1", name=op.f('ck_stock_move_serial')),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_stock_move_quantity')),
    sa.ForeignKeyConstraint(['tenant_id', 'from_id'], ['stock_location.tenant_id', 'stock_location.id'], name=op.f('fk_stock_move_tenant_id_from_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'part_id'], ['part.tenant_id', 'part.id'], name=op.f('fk_stock_move_tenant_id_part_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'reverses_id'], ['stock_move.tenant_id', 'stock_move.id'], name=op.f('fk_stock_move_tenant_id_reverses_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'to_id'], ['stock_location.tenant_id', 'stock_location.id'], name=op.f('fk_stock_move_tenant_id_to_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_stock_move')),
    sa.UniqueConstraint('tenant_id', 'command_id', 'line', name=op.f('uq_stock_move_tenant_id_command_id_line')),
    sa.UniqueConstraint('tenant_id', 'part_id', 'seq', name=op.f('uq_stock_move_tenant_id_part_id_seq')),
    sa.UniqueConstraint('tenant_id', 'reverses_id', name=op.f('uq_stock_move_tenant_id_reverses_id'))
    )
    with op.batch_alter_table('stock_move', schema=None) as batch_op:
        batch_op.create_index('ix_stock_move_from', ['tenant_id', 'from_id', 'part_id'], unique=False)
        batch_op.create_index('ix_stock_move_part', ['tenant_id', 'part_id', 'recorded_at'], unique=False)
        batch_op.create_index('ix_stock_move_recorded', ['tenant_id', 'recorded_at', 'id'], unique=False)
        batch_op.create_index('ix_stock_move_reference', ['tenant_id', 'reference_type', 'reference'], unique=False)
        batch_op.create_index('ix_stock_move_ticket', ['tenant_id', 'ticket'], unique=False)
        batch_op.create_index('ix_stock_move_to', ['tenant_id', 'to_id', 'part_id'], unique=False)
        batch_op.create_index('ix_stock_move_work_order', ['tenant_id', 'work_order'], unique=False)

    op.create_table('stock_part',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('part_id', sa.String(length=26), nullable=False),
    sa.Column('average_amount', sa.Numeric(precision=14, scale=4), nullable=True),
    sa.Column('average_currency', sa.String(length=3), nullable=False),
    sa.Column('moves', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'part_id'], ['part.tenant_id', 'part.id'], name=op.f('fk_stock_part_tenant_id_part_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'part_id', name=op.f('pk_stock_part'))
    )
    op.create_table('stock_request',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('location_id', sa.String(length=26), nullable=False),
    sa.Column('source_id', sa.String(length=26), nullable=True),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('purpose_type', sa.String(length=20), nullable=False),
    sa.Column('purpose_number', sa.String(length=40), nullable=False),
    sa.Column('needed_by', sa.Date(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('made_by', sa.String(length=60), nullable=False),
    sa.Column('made_by_name', sa.String(length=200), nullable=False),
    sa.Column('approvals', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'location_id'], ['stock_location.tenant_id', 'stock_location.id'], name=op.f('fk_stock_request_tenant_id_location_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'source_id'], ['stock_location.tenant_id', 'stock_location.id'], name=op.f('fk_stock_request_tenant_id_source_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_stock_request')),
    sa.UniqueConstraint('tenant_id', 'number', name=op.f('uq_stock_request_tenant_id_number'))
    )
    with op.batch_alter_table('stock_request', schema=None) as batch_op:
        batch_op.create_index('ix_stock_request_place', ['tenant_id', 'location_id', 'state'], unique=False)
        batch_op.create_index('ix_stock_request_state', ['tenant_id', 'state', 'id'], unique=False)

    op.create_table('stock_reservation',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('group', sa.String(length=26), nullable=False),
    sa.Column('location_id', sa.String(length=26), nullable=False),
    sa.Column('part_id', sa.String(length=26), nullable=False),
    sa.Column('lot', sa.String(length=40), nullable=False),
    sa.Column('serial', sa.String(length=80), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('consumed', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('purpose_type', sa.String(length=20), nullable=False),
    sa.Column('purpose_number', sa.String(length=40), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('made_by', sa.String(length=60), nullable=False),
    sa.Column('made_by_name', sa.String(length=200), nullable=False),
    sa.Column('ended_reason', sa.String(length=500), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('quantity > 0 AND consumed >= 0 AND consumed <= quantity', name=op.f('ck_stock_reservation_used')),
    sa.ForeignKeyConstraint(['tenant_id', 'location_id'], ['stock_location.tenant_id', 'stock_location.id'], name=op.f('fk_stock_reservation_tenant_id_location_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'part_id'], ['part.tenant_id', 'part.id'], name=op.f('fk_stock_reservation_tenant_id_part_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_stock_reservation'))
    )
    with op.batch_alter_table('stock_reservation', schema=None) as batch_op:
        batch_op.create_index('ix_stock_reservation_due', ['state', 'due_at'], unique=False)
        batch_op.create_index('ix_stock_reservation_place', ['tenant_id', 'location_id', 'part_id', 'state'], unique=False)
        batch_op.create_index('ix_stock_reservation_purpose', ['tenant_id', 'purpose_type', 'purpose_number'], unique=False)
        batch_op.create_index('uq_stock_reservation_serial', ['tenant_id', 'part_id', 'serial'], unique=True, sqlite_where=sa.text("serial <> '' AND state = 'active'"), postgresql_where=sa.text("serial <> '' AND state = 'active'"))

    op.create_table('stock_serial',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('part_id', sa.String(length=26), nullable=False),
    sa.Column('serial', sa.String(length=80), nullable=False),
    sa.Column('lot', sa.String(length=40), nullable=False),
    sa.Column('location_id', sa.String(length=26), nullable=True),
    sa.Column('account', sa.String(length=20), nullable=False),
    sa.Column('condition', sa.String(length=10), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'location_id'], ['stock_location.tenant_id', 'stock_location.id'], name=op.f('fk_stock_serial_tenant_id_location_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'part_id'], ['part.tenant_id', 'part.id'], name=op.f('fk_stock_serial_tenant_id_part_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_stock_serial')),
    sa.UniqueConstraint('tenant_id', 'part_id', 'serial', name=op.f('uq_stock_serial_tenant_id_part_id_serial'))
    )
    with op.batch_alter_table('stock_serial', schema=None) as batch_op:
        batch_op.create_index('ix_stock_serial_place', ['tenant_id', 'location_id', 'part_id'], unique=False)
        batch_op.create_index('ix_stock_serial_serial', ['tenant_id', 'serial'], unique=False)

    op.create_table('webhook_delivery',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('endpoint_id', sa.String(length=26), nullable=False),
    sa.Column('message_id', sa.String(length=26), nullable=False),
    sa.Column('type', sa.String(length=60), nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('replay', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('next_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('delivered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('status', sa.Integer(), nullable=True),
    sa.Column('error', sa.String(length=40), nullable=False),
    sa.Column('duration_ms', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'endpoint_id'], ['webhook_endpoint.tenant_id', 'webhook_endpoint.id'], name=op.f('fk_webhook_delivery_tenant_id_endpoint_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'message_id'], ['webhook_message.tenant_id', 'webhook_message.id'], name=op.f('fk_webhook_delivery_tenant_id_message_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_webhook_delivery')),
    sa.UniqueConstraint('tenant_id', 'endpoint_id', 'message_id', 'replay', name=op.f('uq_webhook_delivery_tenant_id_endpoint_id_message_id_replay'))
    )
    with op.batch_alter_table('webhook_delivery', schema=None) as batch_op:
        batch_op.create_index('ix_webhook_delivery_due', ['state', 'next_at'], unique=False)
        batch_op.create_index('ix_webhook_delivery_endpoint', ['tenant_id', 'endpoint_id', 'state', 'next_at'], unique=False)
        batch_op.create_index('ix_webhook_delivery_message', ['tenant_id', 'message_id'], unique=False)

    op.create_table('webhook_health',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('endpoint_id', sa.String(length=26), nullable=False),
    sa.Column('throttled_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('failing_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('succeeded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('slow', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'endpoint_id'], ['webhook_endpoint.tenant_id', 'webhook_endpoint.id'], name=op.f('fk_webhook_health_tenant_id_endpoint_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'endpoint_id', name=op.f('pk_webhook_health'))
    )
    op.create_table('asset_component',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('asset_id', sa.String(length=26), nullable=False),
    sa.Column('position', sa.String(length=120), nullable=False),
    sa.Column('parent', sa.String(length=120), nullable=False),
    sa.Column('module', sa.String(length=100), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('part', sa.String(length=60), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('serial', sa.String(length=80), nullable=False),
    sa.Column('serial_key', sa.String(length=80), nullable=False),
    sa.Column('lot', sa.String(length=60), nullable=False),
    sa.Column('fitted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('work_order', sa.String(length=40), nullable=False),
    sa.Column('removed_by', sa.String(length=40), nullable=False),
    sa.Column('removed_for', sa.String(length=500), nullable=False),
    sa.Column('warranty_until', sa.Date(), nullable=True),
    sa.Column('replaces', sa.String(length=26), nullable=True),
    sa.Column('replaced_by', sa.String(length=26), nullable=True),
    sa.Column('command_id', sa.String(length=100), nullable=True),
    sa.Column('command_digest', sa.String(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'asset_id'], ['asset.tenant_id', 'asset.id'], name=op.f('fk_asset_component_tenant_id_asset_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_asset_component')),
    sa.UniqueConstraint('tenant_id', 'command_id', name=op.f('uq_asset_component_tenant_id_command_id'))
    )
    with op.batch_alter_table('asset_component', schema=None) as batch_op:
        batch_op.create_index('ix_asset_component_position', ['tenant_id', 'asset_id', 'position'], unique=False)
        batch_op.create_index('ix_asset_component_serial', ['tenant_id', 'serial_key'], unique=False)
        batch_op.create_index('uq_asset_component_fitted', ['tenant_id', 'asset_id', 'position'], unique=True, sqlite_where=sa.text('removed_at IS NULL'), postgresql_where=sa.text('removed_at IS NULL'))
        batch_op.create_index('uq_asset_component_serial', ['tenant_id', 'part', 'serial'], unique=True, sqlite_where=sa.text("removed_at IS NULL AND serial <> ''"), postgresql_where=sa.text("removed_at IS NULL AND serial <> ''"))

    op.create_table('asset_document',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('asset_id', sa.String(length=26), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('lang', sa.String(length=10), nullable=False),
    sa.Column('public', sa.Boolean(), nullable=False),
    sa.Column('article', sa.String(length=100), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('added_by', sa.String(length=60), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'asset_id'], ['asset.tenant_id', 'asset.id'], name=op.f('fk_asset_document_tenant_id_asset_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_asset_document'))
    )
    with op.batch_alter_table('asset_document', schema=None) as batch_op:
        batch_op.create_index('ix_asset_document_asset', ['tenant_id', 'asset_id'], unique=False)

    op.create_table('asset_fact',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('asset_id', sa.String(length=26), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('work_order', sa.String(length=40), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'asset_id'], ['asset.tenant_id', 'asset.id'], name=op.f('fk_asset_fact_tenant_id_asset_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_asset_fact'))
    )
    with op.batch_alter_table('asset_fact', schema=None) as batch_op:
        batch_op.create_index('ix_asset_fact_time', ['tenant_id', 'asset_id', 'happened_at'], unique=False)

    op.create_table('asset_meter',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('asset_id', sa.String(length=26), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('unit', sa.String(length=20), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('feeds_usage', sa.Boolean(), nullable=False),
    sa.Column('rollover_at', sa.Numeric(precision=18, scale=3), nullable=True),
    sa.Column('last_value', sa.Numeric(precision=18, scale=3), nullable=True),
    sa.Column('last_total', sa.Numeric(precision=18, scale=3), nullable=True),
    sa.Column('last_read_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'asset_id'], ['asset.tenant_id', 'asset.id'], name=op.f('fk_asset_meter_tenant_id_asset_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_asset_meter')),
    sa.UniqueConstraint('tenant_id', 'asset_id', 'name', name=op.f('uq_asset_meter_tenant_id_asset_id_name'))
    )
    op.create_table('billing_invoice_line',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('invoice_id', sa.String(length=26), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('item', sa.String(length=20), nullable=False),
    sa.Column('hours', sa.String(length=10), nullable=False),
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('text', sa.String(length=500), nullable=False),
    sa.Column('happened_on', sa.Date(), nullable=True),
    sa.Column('quantity', sa.Numeric(precision=12, scale=3), nullable=False),
    sa.Column('unit', sa.String(length=20), nullable=False),
    sa.Column('per_units', sa.Integer(), nullable=False),
    sa.Column('unit_price', sa.Numeric(precision=14, scale=4), nullable=False),
    sa.Column('discount', sa.Numeric(precision=5, scale=2), nullable=False),
    sa.Column('share', sa.Numeric(precision=5, scale=2), nullable=False),
    sa.Column('net', sa.Numeric(precision=14, scale=4), nullable=False),
    sa.Column('tax_code', sa.String(length=20), nullable=False),
    sa.Column('tax_rate', sa.Numeric(precision=6, scale=3), nullable=True),
    sa.Column('tax', sa.Numeric(precision=14, scale=4), nullable=False),
    sa.Column('ticket', sa.String(length=40), nullable=False),
    sa.Column('source', sa.String(length=120), nullable=False),
    sa.Column('issued', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'invoice_id'], ['billing_invoice.tenant_id', 'billing_invoice.id'], name=op.f('fk_billing_invoice_line_tenant_id_invoice_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_billing_invoice_line')),
    sa.UniqueConstraint('tenant_id', 'invoice_id', 'position', name=op.f('uq_billing_invoice_line_tenant_id_invoice_id_position'))
    )
    with op.batch_alter_table('billing_invoice_line', schema=None) as batch_op:
        batch_op.create_index('ix_billing_invoice_line_source', ['tenant_id', 'ticket', 'source'], unique=False)

    op.create_table('channel_identity',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('contact_id', sa.String(length=26), nullable=False),
    sa.Column('channel', sa.String(length=20), nullable=False),
    sa.Column('account', sa.String(length=60), nullable=False),
    sa.Column('external_id', sa.String(length=200), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'contact_id'], ['contact.tenant_id', 'contact.id'], name=op.f('fk_channel_identity_tenant_id_contact_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_channel_identity')),
    sa.UniqueConstraint('tenant_id', 'channel', 'account', 'external_id', name=op.f('uq_channel_identity_tenant_id_channel_account_external_id'))
    )
    with op.batch_alter_table('channel_identity', schema=None) as batch_op:
        batch_op.create_index('ix_channel_identity_contact', ['tenant_id', 'contact_id'], unique=False)

    op.create_table('connector_line',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('connector_run_id', sa.String(length=26), nullable=False),
    sa.Column('seq', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('object', sa.String(length=20), nullable=False),
    sa.Column('our_id', sa.String(length=80), nullable=False),
    sa.Column('their_id', sa.String(length=200), nullable=False),
    sa.Column('did', sa.String(length=20), nullable=False),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'connector_run_id'], ['connector_run.tenant_id', 'connector_run.id'], name=op.f('fk_connector_line_tenant_id_connector_run_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'connector_run_id', 'seq', name=op.f('pk_connector_line'))
    )
    op.create_table('consent',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('contact_id', sa.String(length=26), nullable=False),
    sa.Column('purpose', sa.String(length=20), nullable=False),
    sa.Column('given', sa.Boolean(), nullable=False),
    sa.Column('channel', sa.String(length=20), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('note_number', sa.Integer(), nullable=True),
    sa.Column('recorded_by', sa.String(length=60), nullable=False),
    sa.Column('remark', sa.String(length=300), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'contact_id'], ['contact.tenant_id', 'contact.id'], name=op.f('fk_consent_tenant_id_contact_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_consent'))
    )
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.create_index('ix_consent_contact', ['tenant_id', 'contact_id', 'id'], unique=False)

    op.create_table('contract_asset',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('contract_id', sa.String(length=26), nullable=False),
    sa.Column('asset_id', sa.String(length=26), nullable=False),
    sa.Column('serial', sa.String(length=80), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=True),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'asset_id'], ['asset.tenant_id', 'asset.id'], name=op.f('fk_contract_asset_tenant_id_asset_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'contract_id'], ['service_contract.tenant_id', 'service_contract.id'], name=op.f('fk_contract_asset_tenant_id_contract_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_contract_asset')),
    sa.UniqueConstraint('tenant_id', 'contract_id', 'asset_id', name=op.f('uq_contract_asset_tenant_id_contract_id_asset_id'))
    )
    with op.batch_alter_table('contract_asset', schema=None) as batch_op:
        batch_op.create_index('ix_contract_asset_asset', ['tenant_id', 'asset_id'], unique=False)

    op.create_table('contract_line',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('contract_id', sa.String(length=26), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('what', sa.String(length=20), nullable=False),
    sa.Column('share', sa.Integer(), nullable=False),
    sa.Column('parts', sa.JSON(), nullable=False),
    sa.Column('visits', sa.Integer(), nullable=True),
    sa.Column('limit_amount', sa.Numeric(precision=14, scale=4), nullable=True),
    sa.Column('limit_currency', sa.String(length=3), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'contract_id'], ['service_contract.tenant_id', 'service_contract.id'], name=op.f('fk_contract_line_tenant_id_contract_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_contract_line')),
    sa.UniqueConstraint('tenant_id', 'contract_id', 'position', name=op.f('uq_contract_line_tenant_id_contract_id_position'))
    )
    op.create_table('contract_pause',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('contract_id', sa.String(length=26), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'contract_id'], ['service_contract.tenant_id', 'service_contract.id'], name=op.f('fk_contract_pause_tenant_id_contract_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_contract_pause'))
    )
    with op.batch_alter_table('contract_pause', schema=None) as batch_op:
        batch_op.create_index('ix_contract_pause_contract', ['tenant_id', 'contract_id', 'from_on'], unique=False)

    op.create_table('contract_reminder',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('contract_id', sa.String(length=26), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'contract_id'], ['service_contract.tenant_id', 'service_contract.id'], name=op.f('fk_contract_reminder_tenant_id_contract_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_contract_reminder')),
    sa.UniqueConstraint('tenant_id', 'contract_id', 'ends_on', 'days', name=op.f('uq_contract_reminder_tenant_id_contract_id_ends_on_days'))
    )
    op.create_table('contract_use',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('contract_id', sa.String(length=26), nullable=False),
    sa.Column('what', sa.String(length=20), nullable=False),
    sa.Column('used_on', sa.Date(), nullable=False),
    sa.Column('visits', sa.Integer(), nullable=False),
    sa.Column('amount', sa.Numeric(precision=14, scale=4), nullable=True),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'contract_id'], ['service_contract.tenant_id', 'service_contract.id'], name=op.f('fk_contract_use_tenant_id_contract_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_contract_use')),
    sa.UniqueConstraint('tenant_id', 'contract_id', 'what', 'source', name=op.f('uq_contract_use_tenant_id_contract_id_what_source'))
    )
    with op.batch_alter_table('contract_use', schema=None) as batch_op:
        batch_op.create_index('ix_contract_use_day', ['tenant_id', 'contract_id', 'used_on'], unique=False)

    op.create_table('conversation',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('channel', sa.String(length=20), nullable=False),
    sa.Column('account', sa.String(length=60), nullable=False),
    sa.Column('contact_id', sa.String(length=26), nullable=False),
    sa.Column('visitor_hash', sa.String(length=64), nullable=True),
    sa.Column('visitor_expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('owner', sa.String(length=10), nullable=False),
    sa.Column('owner_user_id', sa.String(length=26), nullable=True),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('last_seq', sa.Integer(), nullable=False),
    sa.Column('last_customer_seq', sa.Integer(), nullable=False),
    sa.Column('answered_seq', sa.Integer(), nullable=False),
    sa.Column('unread', sa.Integer(), nullable=False),
    sa.Column('turn_token', sa.String(length=26), nullable=True),
    sa.Column('turn_lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('turn_attempts', sa.Integer(), nullable=False),
    sa.Column('memory', sa.JSON(), nullable=False),
    sa.Column('asset_id', sa.String(length=26), nullable=True),
    sa.Column('handoff_reason', sa.String(length=30), nullable=False),
    sa.Column('handoff_summary', sa.Text(), nullable=False),
    sa.Column('waiting_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('waited_seconds', sa.Integer(), nullable=True),
    sa.Column('last_snippet', sa.String(length=160), nullable=False),
    sa.Column('last_message_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('rating', sa.Integer(), nullable=True),
    sa.Column('rating_comment', sa.Text(), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('page_url', sa.String(length=500), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'contact_id'], ['contact.tenant_id', 'contact.id'], name=op.f('fk_conversation_tenant_id_contact_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_conversation'))
    )
    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.create_index('ix_conversation_box', ['tenant_id', 'state', 'owner', 'last_message_at'], unique=False)
        batch_op.create_index('ix_conversation_changed', ['tenant_id', 'updated_at'], unique=False)
        batch_op.create_index('ix_conversation_contact', ['tenant_id', 'contact_id'], unique=False)
        batch_op.create_index('ix_conversation_visitor', ['visitor_hash'], unique=True)

    op.create_table('device_report',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('asset_id', sa.String(length=26), nullable=False),
    sa.Column('contact_id', sa.String(length=26), nullable=False),
    sa.Column('client_id', sa.String(length=64), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('ticket', sa.String(length=40), nullable=False),
    sa.Column('lang', sa.String(length=10), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'asset_id'], ['asset.tenant_id', 'asset.id'], name=op.f('fk_device_report_tenant_id_asset_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'contact_id'], ['contact.tenant_id', 'contact.id'], name=op.f('fk_device_report_tenant_id_contact_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_device_report')),
    sa.UniqueConstraint('tenant_id', 'asset_id', 'client_id', name=op.f('uq_device_report_tenant_id_asset_id_client_id'))
    )
    with op.batch_alter_table('device_report', schema=None) as batch_op:
        batch_op.create_index('ix_device_report_ticket', ['tenant_id', 'ticket'], unique=False)
        batch_op.create_index('ix_device_report_token', ['token_hash'], unique=True)

    op.create_table('erasure',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('contact_id', sa.String(length=26), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('basis', sa.String(length=20), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('asked_by', sa.String(length=60), nullable=False),
    sa.Column('confirmed_by', sa.String(length=60), nullable=False),
    sa.Column('confirmed_how', sa.String(length=10), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('kept', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'contact_id'], ['contact.tenant_id', 'contact.id'], name=op.f('fk_erasure_tenant_id_contact_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_erasure'))
    )
    with op.batch_alter_table('erasure', schema=None) as batch_op:
        batch_op.create_index('ix_erasure_contact', ['tenant_id', 'contact_id'], unique=False)

    op.create_table('legal_hold',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('contact_id', sa.String(length=26), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('placed_by', sa.String(length=60), nullable=False),
    sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'contact_id'], ['contact.tenant_id', 'contact.id'], name=op.f('fk_legal_hold_tenant_id_contact_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_legal_hold'))
    )
    with op.batch_alter_table('legal_hold', schema=None) as batch_op:
        batch_op.create_index('ix_legal_hold_contact', ['tenant_id', 'contact_id'], unique=False)

    op.create_table('personal_export',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('contact_id', sa.String(length=26), nullable=False),
    sa.Column('made_by', sa.String(length=60), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('files', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'contact_id'], ['contact.tenant_id', 'contact.id'], name=op.f('fk_personal_export_tenant_id_contact_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_personal_export'))
    )
    with op.batch_alter_table('personal_export', schema=None) as batch_op:
        batch_op.create_index('ix_personal_export_contact', ['tenant_id', 'contact_id'], unique=False)

    op.create_table('report_photo',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('asset_id', sa.String(length=26), nullable=False),
    sa.Column('report_id', sa.String(length=26), nullable=True),
    sa.Column('handle', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'asset_id'], ['asset.tenant_id', 'asset.id'], name=op.f('fk_report_photo_tenant_id_asset_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_report_photo')),
    sa.UniqueConstraint('tenant_id', 'handle', name=op.f('uq_report_photo_tenant_id_handle'))
    )
    with op.batch_alter_table('report_photo', schema=None) as batch_op:
        batch_op.create_index('ix_report_photo_loose', ['tenant_id', 'asset_id', 'report_id'], unique=False)
        batch_op.create_index('ix_report_photo_report', ['tenant_id', 'report_id'], unique=False)

    op.create_table('sop_record',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('run_id', sa.String(length=26), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('command_id', sa.String(length=100), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('step', sa.String(length=40), nullable=False),
    sa.Column('outcome', sa.String(length=10), nullable=False),
    sa.Column('value', sa.Numeric(precision=20, scale=6), nullable=True),
    sa.Column('ok', sa.Boolean(), nullable=True),
    sa.Column('option', sa.String(length=40), nullable=False),
    sa.Column('photo_ids', sa.JSON(), nullable=False),
    sa.Column('signed_by', sa.String(length=200), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('hazard_text', sa.Text(), nullable=False),
    sa.Column('hazard_by', sa.String(length=60), nullable=False),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('engineer', sa.String(length=40), nullable=False),
    sa.Column('role', sa.String(length=80), nullable=False),
    sa.Column('corrects', sa.String(length=26), nullable=True),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('order_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'run_id'], ['sop_run.tenant_id', 'sop_run.id'], name=op.f('fk_sop_record_tenant_id_run_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_sop_record')),
    sa.UniqueConstraint('tenant_id', 'command_id', name=op.f('uq_sop_record_tenant_id_command_id')),
    sa.UniqueConstraint('tenant_id', 'run_id', 'seq', name=op.f('uq_sop_record_tenant_id_run_id_seq'))
    )
    op.create_table('stock_count_line',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('count_id', sa.String(length=26), nullable=False),
    sa.Column('part_id', sa.String(length=26), nullable=False),
    sa.Column('lot', sa.String(length=40), nullable=False),
    sa.Column('condition', sa.String(length=10), nullable=False),
    sa.Column('expected', sa.Integer(), nullable=False),
    sa.Column('counted', sa.Integer(), nullable=True),
    sa.Column('serials', sa.JSON(), nullable=False),
    sa.Column('counted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'count_id'], ['stock_count.tenant_id', 'stock_count.id'], name=op.f('fk_stock_count_line_tenant_id_count_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'part_id'], ['part.tenant_id', 'part.id'], name=op.f('fk_stock_count_line_tenant_id_part_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_stock_count_line')),
    sa.UniqueConstraint('tenant_id', 'count_id', 'part_id', 'lot', 'condition', name=op.f('uq_stock_count_line_tenant_id_count_id_part_id_lot_condition'))
    )
    op.create_table('stock_request_line',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('request_id', sa.String(length=26), nullable=False),
    sa.Column('part_id', sa.String(length=26), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('fulfilled', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('quantity > 0 AND fulfilled >= 0', name=op.f('ck_stock_request_line_quantity')),
    sa.ForeignKeyConstraint(['tenant_id', 'part_id'], ['part.tenant_id', 'part.id'], name=op.f('fk_stock_request_line_tenant_id_part_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'request_id'], ['stock_request.tenant_id', 'stock_request.id'], name=op.f('fk_stock_request_line_tenant_id_request_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_stock_request_line'))
    )
    with op.batch_alter_table('stock_request_line', schema=None) as batch_op:
        batch_op.create_index('ix_stock_request_line_request', ['tenant_id', 'request_id'], unique=False)

    op.create_table('stock_transfer',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('source_id', sa.String(length=26), nullable=False),
    sa.Column('target_id', sa.String(length=26), nullable=False),
    sa.Column('request_id', sa.String(length=26), nullable=True),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('expected_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('shipped_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('made_by', sa.String(length=60), nullable=False),
    sa.Column('made_by_name', sa.String(length=200), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'request_id'], ['stock_request.tenant_id', 'stock_request.id'], name=op.f('fk_stock_transfer_tenant_id_request_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'source_id'], ['stock_location.tenant_id', 'stock_location.id'], name=op.f('fk_stock_transfer_tenant_id_source_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'target_id'], ['stock_location.tenant_id', 'stock_location.id'], name=op.f('fk_stock_transfer_tenant_id_target_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_stock_transfer')),
    sa.UniqueConstraint('tenant_id', 'number', name=op.f('uq_stock_transfer_tenant_id_number'))
    )
    with op.batch_alter_table('stock_transfer', schema=None) as batch_op:
        batch_op.create_index('ix_stock_transfer_state', ['tenant_id', 'state', 'id'], unique=False)
        batch_op.create_index('ix_stock_transfer_target', ['tenant_id', 'target_id', 'state'], unique=False)

    op.create_table('sync_conflict',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('connector_id', sa.String(length=26), nullable=False),
    sa.Column('link_id', sa.String(length=26), nullable=False),
    sa.Column('object', sa.String(length=20), nullable=False),
    sa.Column('our_id', sa.String(length=80), nullable=False),
    sa.Column('their_id', sa.String(length=200), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('choice', sa.JSON(), nullable=False),
    sa.Column('resolved_by', sa.String(length=60), nullable=False),
    sa.Column('resolved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'connector_id'], ['connector.tenant_id', 'connector.id'], name=op.f('fk_sync_conflict_tenant_id_connector_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'link_id'], ['external_link.tenant_id', 'external_link.id'], name=op.f('fk_sync_conflict_tenant_id_link_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_sync_conflict'))
    )
    with op.batch_alter_table('sync_conflict', schema=None) as batch_op:
        batch_op.create_index('ix_sync_conflict_open', ['tenant_id', 'connector_id', 'state', 'id'], unique=False)

    op.create_table('ticket',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('type', sa.String(length=20), nullable=False),
    sa.Column('own_type', sa.String(length=20), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('priority', sa.String(length=10), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('channel', sa.String(length=20), nullable=False),
    sa.Column('customer_id', sa.String(length=26), nullable=True),
    sa.Column('contact_id', sa.String(length=26), nullable=True),
    sa.Column('asset_id', sa.String(length=26), nullable=True),
    sa.Column('serial', sa.String(length=80), nullable=False),
    sa.Column('model', sa.String(length=80), nullable=False),
    sa.Column('conversation_id', sa.String(length=26), nullable=True),
    sa.Column('assignee_id', sa.String(length=26), nullable=True),
    sa.Column('engineer', sa.String(length=40), nullable=False),
    sa.Column('error_codes', sa.JSON(), nullable=False),
    sa.Column('callback_phone', sa.String(length=30), nullable=False),
    sa.Column('diagnosis', sa.JSON(), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('tags', sa.JSON(), nullable=False),
    sa.Column('contract', sa.String(length=60), nullable=False),
    sa.Column('parent_id', sa.String(length=26), nullable=True),
    sa.Column('parent', sa.String(length=40), nullable=False),
    sa.Column('children_count', sa.Integer(), nullable=False),
    sa.Column('merged_into_id', sa.String(length=26), nullable=True),
    sa.Column('merged_into', sa.String(length=40), nullable=False),
    sa.Column('merged_count', sa.Integer(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('due_kind', sa.String(length=10), nullable=False),
    sa.Column('due_state', sa.String(length=10), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('resolution', sa.Text(), nullable=False),
    sa.Column('cause', sa.String(length=60), nullable=False),
    sa.Column('component', sa.String(length=120), nullable=False),
    sa.Column('resolved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('confirmed_by', sa.String(length=20), nullable=False),
    sa.Column('durable', sa.Boolean(), nullable=True),
    sa.Column('durable_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reopened_count', sa.Integer(), nullable=False),
    sa.Column('history_seq', sa.Integer(), nullable=False),
    sa.Column('custom', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'asset_id'], ['asset.tenant_id', 'asset.id'], name=op.f('fk_ticket_tenant_id_asset_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'contact_id'], ['contact.tenant_id', 'contact.id'], name=op.f('fk_ticket_tenant_id_contact_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'customer_id'], ['customer.tenant_id', 'customer.id'], name=op.f('fk_ticket_tenant_id_customer_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'merged_into_id'], ['ticket.tenant_id', 'ticket.id'], name=op.f('fk_ticket_tenant_id_merged_into_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'parent_id'], ['ticket.tenant_id', 'ticket.id'], name=op.f('fk_ticket_tenant_id_parent_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_ticket')),
    sa.UniqueConstraint('tenant_id', 'number', name=op.f('uq_ticket_tenant_id_number'))
    )
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.create_index('ix_ticket_asset', ['tenant_id', 'asset_id', 'id'], unique=False)
        batch_op.create_index('ix_ticket_assignee', ['tenant_id', 'assignee_id', 'id'], unique=False)
        batch_op.create_index('ix_ticket_closed', ['tenant_id', 'closed_at', 'id'], unique=False)
        batch_op.create_index('ix_ticket_contact', ['tenant_id', 'contact_id', 'id'], unique=False)
        batch_op.create_index('ix_ticket_contract', ['tenant_id', 'contract', 'id'], unique=False)
        batch_op.create_index('ix_ticket_conversation', ['tenant_id', 'conversation_id'], unique=False)
        batch_op.create_index('ix_ticket_created', ['tenant_id', 'created_at', 'id'], unique=False)
        batch_op.create_index('ix_ticket_customer', ['tenant_id', 'customer_id', 'id'], unique=False)
        batch_op.create_index('ix_ticket_due', ['tenant_id', 'due_at', 'id'], unique=False)
        batch_op.create_index('ix_ticket_due_state', ['tenant_id', 'due_state', 'due_at'], unique=False)
        batch_op.create_index('ix_ticket_engineer', ['tenant_id', 'engineer', 'id'], unique=False)
        batch_op.create_index('ix_ticket_merged', ['tenant_id', 'merged_into_id'], unique=False)
        batch_op.create_index('ix_ticket_model', ['tenant_id', 'model', 'id'], unique=False)
        batch_op.create_index('ix_ticket_own_type', ['tenant_id', 'own_type', 'id'], unique=False)
        batch_op.create_index('ix_ticket_parent', ['tenant_id', 'parent_id'], unique=False)
        batch_op.create_index('ix_ticket_priority', ['tenant_id', 'priority', 'id'], unique=False)
        batch_op.create_index('ix_ticket_serial', ['tenant_id', 'serial', 'id'], unique=False)
        batch_op.create_index('ix_ticket_state', ['tenant_id', 'state', 'id'], unique=False)
        batch_op.create_index('ix_ticket_updated', ['tenant_id', 'updated_at', 'id'], unique=False)

    op.create_table('webhook_attempt',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('delivery_id', sa.String(length=26), nullable=False),
    sa.Column('attempt', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('status', sa.Integer(), nullable=True),
    sa.Column('error', sa.String(length=40), nullable=False),
    sa.Column('detail', sa.String(length=300), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('duration_ms', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['tenant_id', 'delivery_id'], ['webhook_delivery.tenant_id', 'webhook_delivery.id'], name=op.f('fk_webhook_attempt_tenant_id_delivery_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'delivery_id', 'attempt', name=op.f('pk_webhook_attempt'))
    )
    op.create_table('attachment',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('conversation_id', sa.String(length=26), nullable=False),
    sa.Column('message_id', sa.String(length=26), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'conversation_id'], ['conversation.tenant_id', 'conversation.id'], name=op.f('fk_attachment_tenant_id_conversation_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_attachment'))
    )
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.create_index('ix_attachment_message', ['tenant_id', 'message_id'], unique=False)

    op.create_table('billing_bearing_decision',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('ticket_id', sa.String(length=26), nullable=False),
    sa.Column('borne_by', sa.String(length=20), nullable=False),
    sa.Column('kinds', sa.JSON(), nullable=False),
    sa.Column('source', sa.String(length=120), nullable=False),
    sa.Column('share', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('asked_by', sa.String(length=60), nullable=False),
    sa.Column('decided_by', sa.String(length=60), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'ticket_id'], ['ticket.tenant_id', 'ticket.id'], name=op.f('fk_billing_bearing_decision_tenant_id_ticket_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_billing_bearing_decision'))
    )
    with op.batch_alter_table('billing_bearing_decision', schema=None) as batch_op:
        batch_op.create_index('ix_billing_bearing_decision', ['tenant_id', 'ticket_id'], unique=False)

    op.create_table('billing_cost_entry',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('ticket_id', sa.String(length=26), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('text', sa.String(length=500), nullable=False),
    sa.Column('supplier', sa.String(length=200), nullable=False),
    sa.Column('document', sa.String(length=120), nullable=False),
    sa.Column('happened_on', sa.Date(), nullable=False),
    sa.Column('quantity', sa.Numeric(precision=12, scale=3), nullable=False),
    sa.Column('unit', sa.String(length=20), nullable=False),
    sa.Column('unit_cost', sa.Numeric(precision=14, scale=4), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('charge', sa.String(length=10), nullable=False),
    sa.Column('unit_price', sa.Numeric(precision=14, scale=4), nullable=True),
    sa.Column('price_currency', sa.String(length=3), nullable=False),
    sa.Column('cover', sa.String(length=20), nullable=False),
    sa.Column('tax_code', sa.String(length=20), nullable=False),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('voided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('void_reason', sa.String(length=500), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'ticket_id'], ['ticket.tenant_id', 'ticket.id'], name=op.f('fk_billing_cost_entry_tenant_id_ticket_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_billing_cost_entry'))
    )
    with op.batch_alter_table('billing_cost_entry', schema=None) as batch_op:
        batch_op.create_index('ix_billing_cost_entry', ['tenant_id', 'ticket_id'], unique=False)

    op.create_table('billing_quote',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('customer_id', sa.String(length=26), nullable=False),
    sa.Column('contact_id', sa.String(length=26), nullable=True),
    sa.Column('ticket_id', sa.String(length=26), nullable=True),
    sa.Column('ticket', sa.String(length=40), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('intro', sa.Text(), nullable=False),
    sa.Column('terms', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('price_list', sa.String(length=60), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=False),
    sa.Column('net', sa.Numeric(precision=14, scale=4), nullable=False),
    sa.Column('tax', sa.Numeric(precision=14, scale=4), nullable=False),
    sa.Column('gross', sa.Numeric(precision=14, scale=4), nullable=False),
    sa.Column('author_id', sa.String(length=26), nullable=True),
    sa.Column('author', sa.String(length=60), nullable=False),
    sa.Column('state_reason', sa.Text(), nullable=False),
    sa.Column('released_by', sa.String(length=60), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.String(length=200), nullable=False),
    sa.Column('decided_via', sa.String(length=20), nullable=False),
    sa.Column('decision_reason', sa.Text(), nullable=False),
    sa.Column('approved_hash', sa.String(length=64), nullable=False),
    sa.Column('open_questions', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'contact_id'], ['contact.tenant_id', 'contact.id'], name=op.f('fk_billing_quote_tenant_id_contact_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'customer_id'], ['customer.tenant_id', 'customer.id'], name=op.f('fk_billing_quote_tenant_id_customer_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'ticket_id'], ['ticket.tenant_id', 'ticket.id'], name=op.f('fk_billing_quote_tenant_id_ticket_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_billing_quote')),
    sa.UniqueConstraint('tenant_id', 'number', name=op.f('uq_billing_quote_tenant_id_number'))
    )
    with op.batch_alter_table('billing_quote', schema=None) as batch_op:
        batch_op.create_index('ix_billing_quote_customer', ['tenant_id', 'customer_id', 'id'], unique=False)
        batch_op.create_index('ix_billing_quote_state', ['tenant_id', 'state', 'id'], unique=False)
        batch_op.create_index('ix_billing_quote_ticket', ['tenant_id', 'ticket_id'], unique=False)

    op.create_table('billing_ticket_bill',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('ticket_id', sa.String(length=26), nullable=False),
    sa.Column('ticket', sa.String(length=40), nullable=False),
    sa.Column('customer_id', sa.String(length=26), nullable=True),
    sa.Column('serial', sa.String(length=80), nullable=False),
    sa.Column('model', sa.String(length=80), nullable=False),
    sa.Column('contract', sa.String(length=60), nullable=False),
    sa.Column('cause', sa.String(length=60), nullable=False),
    sa.Column('type', sa.String(length=20), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=False),
    sa.Column('computed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('minimum', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'customer_id'], ['customer.tenant_id', 'customer.id'], name=op.f('fk_billing_ticket_bill_tenant_id_customer_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'ticket_id'], ['ticket.tenant_id', 'ticket.id'], name=op.f('fk_billing_ticket_bill_tenant_id_ticket_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_billing_ticket_bill')),
    sa.UniqueConstraint('tenant_id', 'ticket_id', name=op.f('uq_billing_ticket_bill_tenant_id_ticket_id'))
    )
    with op.batch_alter_table('billing_ticket_bill', schema=None) as batch_op:
        batch_op.create_index('ix_billing_ticket_bill_customer', ['tenant_id', 'customer_id'], unique=False)
        batch_op.create_index('ix_billing_ticket_bill_day', ['tenant_id', 'closed_on', 'id'], unique=False)

    op.create_table('dispatch_need',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('ticket_id', sa.String(length=26), nullable=False),
    sa.Column('ticket', sa.String(length=40), nullable=False),
    sa.Column('wanted', sa.Boolean(), nullable=False),
    sa.Column('skills', sa.JSON(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('parts', sa.JSON(), nullable=False),
    sa.Column('tools', sa.JSON(), nullable=False),
    sa.Column('preferred', sa.String(length=40), nullable=False),
    sa.Column('excluded', sa.JSON(), nullable=False),
    sa.Column('not_before', sa.DateTime(timezone=True), nullable=True),
    sa.Column('not_after', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lat', sa.Double(), nullable=True),
    sa.Column('lon', sa.Double(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'ticket_id'], ['ticket.tenant_id', 'ticket.id'], name=op.f('fk_dispatch_need_tenant_id_ticket_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_dispatch_need')),
    sa.UniqueConstraint('tenant_id', 'ticket_id', name=op.f('uq_dispatch_need_tenant_id_ticket_id'))
    )
    op.create_table('message',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('conversation_id', sa.String(length=26), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('author', sa.String(length=10), nullable=False),
    sa.Column('author_user_id', sa.String(length=26), nullable=True),
    sa.Column('author_name', sa.String(length=200), nullable=False),
    sa.Column('internal', sa.Boolean(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('truncated', sa.Boolean(), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('parts', sa.JSON(), nullable=False),
    sa.Column('client_msg_id', sa.String(length=100), nullable=True),
    sa.Column('trace', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'conversation_id'], ['conversation.tenant_id', 'conversation.id'], name=op.f('fk_message_tenant_id_conversation_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_message')),
    sa.UniqueConstraint('tenant_id', 'conversation_id', 'client_msg_id', name=op.f('uq_message_tenant_id_conversation_id_client_msg_id')),
    sa.UniqueConstraint('tenant_id', 'conversation_id', 'seq', name=op.f('uq_message_tenant_id_conversation_id_seq'))
    )
    op.create_table('meter_reading',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('asset_id', sa.String(length=26), nullable=False),
    sa.Column('meter_id', sa.String(length=26), nullable=False),
    sa.Column('value', sa.Numeric(precision=18, scale=3), nullable=False),
    sa.Column('total', sa.Numeric(precision=18, scale=3), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('source', sa.String(length=40), nullable=False),
    sa.Column('work_order', sa.String(length=40), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('command_id', sa.String(length=100), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'meter_id'], ['asset_meter.tenant_id', 'asset_meter.id'], name=op.f('fk_meter_reading_tenant_id_meter_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_meter_reading')),
    sa.UniqueConstraint('tenant_id', 'command_id', name=op.f('uq_meter_reading_tenant_id_command_id')),
    sa.UniqueConstraint('tenant_id', 'meter_id', 'read_at', name=op.f('uq_meter_reading_tenant_id_meter_id_read_at'))
    )
    with op.batch_alter_table('meter_reading', schema=None) as batch_op:
        batch_op.create_index('ix_meter_reading_asset', ['tenant_id', 'asset_id', 'read_at'], unique=False)

    op.create_table('sla_clock',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('ticket_id', sa.String(length=26), nullable=False),
    sa.Column('ticket', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('generation', sa.Integer(), nullable=False),
    sa.Column('policy_id', sa.String(length=26), nullable=False),
    sa.Column('policy', sa.String(length=60), nullable=False),
    sa.Column('contract', sa.String(length=60), nullable=False),
    sa.Column('calendar', sa.String(length=60), nullable=False),
    sa.Column('target_minutes', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('warn_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('next_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('paused_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('pauses', sa.JSON(), nullable=False),
    sa.Column('paused_us', sa.BigInteger(), nullable=False),
    sa.Column('met_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('stopped_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('stop_reason', sa.String(length=40), nullable=False),
    sa.Column('warned_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('breached_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'ticket_id'], ['ticket.tenant_id', 'ticket.id'], name=op.f('fk_sla_clock_tenant_id_ticket_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_sla_clock')),
    sa.UniqueConstraint('tenant_id', 'ticket_id', 'kind', 'generation', name=op.f('uq_sla_clock_tenant_id_ticket_id_kind_generation'))
    )
    with op.batch_alter_table('sla_clock', schema=None) as batch_op:
        batch_op.create_index('ix_sla_clock_contract', ['tenant_id', 'contract', 'state'], unique=False)
        batch_op.create_index('ix_sla_clock_due', ['tenant_id', 'state', 'due_at'], unique=False)
        batch_op.create_index('ix_sla_clock_met', ['tenant_id', 'met_at'], unique=False)
        batch_op.create_index('ix_sla_clock_next', ['state', 'next_at'], unique=False)
        batch_op.create_index('ix_sla_clock_policy', ['tenant_id', 'policy_id', 'state'], unique=False)

    op.create_table('stock_transfer_line',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('transfer_id', sa.String(length=26), nullable=False),
    sa.Column('part_id', sa.String(length=26), nullable=False),
    sa.Column('lot', sa.String(length=40), nullable=False),
    sa.Column('serial', sa.String(length=80), nullable=False),
    sa.Column('condition', sa.String(length=10), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('received', sa.Integer(), nullable=False),
    sa.Column('lost', sa.Integer(), nullable=False),
    sa.Column('reservation_id', sa.String(length=26), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('quantity > 0 AND received >= 0 AND lost >= 0 AND received + lost <= quantity', name=op.f('ck_stock_transfer_line_transit')),
    sa.ForeignKeyConstraint(['tenant_id', 'part_id'], ['part.tenant_id', 'part.id'], name=op.f('fk_stock_transfer_line_tenant_id_part_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'transfer_id'], ['stock_transfer.tenant_id', 'stock_transfer.id'], name=op.f('fk_stock_transfer_line_tenant_id_transfer_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_stock_transfer_line'))
    )
    with op.batch_alter_table('stock_transfer_line', schema=None) as batch_op:
        batch_op.create_index('ix_stock_transfer_line_transfer', ['tenant_id', 'transfer_id'], unique=False)

    op.create_table('survey_invitation',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('ticket_id', sa.String(length=26), nullable=False),
    sa.Column('ticket', sa.String(length=40), nullable=False),
    sa.Column('occasion', sa.String(length=60), nullable=False),
    sa.Column('contact_id', sa.String(length=26), nullable=True),
    sa.Column('customer_id', sa.String(length=26), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('reason', sa.String(length=20), nullable=False),
    sa.Column('way', sa.String(length=10), nullable=False),
    sa.Column('channel', sa.String(length=20), nullable=False),
    sa.Column('engineer', sa.String(length=40), nullable=False),
    sa.Column('model', sa.String(length=80), nullable=False),
    sa.Column('serial', sa.String(length=80), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=True),
    sa.Column('send_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'contact_id'], ['contact.tenant_id', 'contact.id'], name=op.f('fk_survey_invitation_tenant_id_contact_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'ticket_id'], ['ticket.tenant_id', 'ticket.id'], name=op.f('fk_survey_invitation_tenant_id_ticket_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_survey_invitation')),
    sa.UniqueConstraint('tenant_id', 'ticket_id', 'occasion', name=op.f('uq_survey_invitation_tenant_id_ticket_id_occasion'))
    )
    with op.batch_alter_table('survey_invitation', schema=None) as batch_op:
        batch_op.create_index('ix_survey_contact', ['tenant_id', 'contact_id', 'sent_at'], unique=False)
        batch_op.create_index('ix_survey_expiry', ['state', 'expires_at'], unique=False)
        batch_op.create_index('ix_survey_list', ['tenant_id', 'id'], unique=False)
        batch_op.create_index('ix_survey_month', ['tenant_id', 'month'], unique=False)
        batch_op.create_index('ix_survey_token', ['token_hash'], unique=True)
        batch_op.create_index('ix_survey_waiting', ['state', 'send_at'], unique=False)

    op.create_table('ticket_event',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('ticket_id', sa.String(length=26), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.Column('public', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'ticket_id'], ['ticket.tenant_id', 'ticket.id'], name=op.f('fk_ticket_event_tenant_id_ticket_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_ticket_event')),
    sa.UniqueConstraint('tenant_id', 'ticket_id', 'seq', name=op.f('uq_ticket_event_tenant_id_ticket_id_seq'))
    )
    op.create_table('ticket_file',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('ticket_id', sa.String(length=26), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('public', sa.Boolean(), nullable=False),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'ticket_id'], ['ticket.tenant_id', 'ticket.id'], name=op.f('fk_ticket_file_tenant_id_ticket_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_ticket_file'))
    )
    with op.batch_alter_table('ticket_file', schema=None) as batch_op:
        batch_op.create_index('ix_ticket_file', ['tenant_id', 'ticket_id'], unique=False)

    op.create_table('ticket_link',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('ticket_id', sa.String(length=26), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('target_id', sa.String(length=26), nullable=False),
    sa.Column('target', sa.String(length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'ticket_id'], ['ticket.tenant_id', 'ticket.id'], name=op.f('fk_ticket_link_tenant_id_ticket_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_ticket_link')),
    sa.UniqueConstraint('tenant_id', 'ticket_id', 'kind', 'target_id', name=op.f('uq_ticket_link_tenant_id_ticket_id_kind_target_id'))
    )
    with op.batch_alter_table('ticket_link', schema=None) as batch_op:
        batch_op.create_index('ix_ticket_link_target', ['tenant_id', 'target_id'], unique=False)

    op.create_table('ticket_tag',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('tag', sa.String(length=40), nullable=False),
    sa.Column('ticket_id', sa.String(length=26), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'ticket_id'], ['ticket.tenant_id', 'ticket.id'], name=op.f('fk_ticket_tag_tenant_id_ticket_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'tag', 'ticket_id', name=op.f('pk_ticket_tag'))
    )
    op.create_table('ticket_watcher',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('user_id', sa.String(length=26), nullable=False),
    sa.Column('ticket_id', sa.String(length=26), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'ticket_id'], ['ticket.tenant_id', 'ticket.id'], name=op.f('fk_ticket_watcher_tenant_id_ticket_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'user_id'], ['user_account.tenant_id', 'user_account.id'], name=op.f('fk_ticket_watcher_tenant_id_user_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'user_id', 'ticket_id', name=op.f('pk_ticket_watcher'))
    )
    with op.batch_alter_table('ticket_watcher', schema=None) as batch_op:
        batch_op.create_index('ix_ticket_watcher_ticket', ['tenant_id', 'ticket_id'], unique=False)

    op.create_table('work_order',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('ticket_id', sa.String(length=26), nullable=False),
    sa.Column('ticket', sa.String(length=40), nullable=False),
    sa.Column('visit', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('customer_id', sa.String(length=26), nullable=True),
    sa.Column('asset_id', sa.String(length=26), nullable=True),
    sa.Column('serial', sa.String(length=80), nullable=False),
    sa.Column('engineer', sa.String(length=40), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('site', sa.String(length=200), nullable=False),
    sa.Column('window_from', sa.DateTime(timezone=True), nullable=False),
    sa.Column('window_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('time_zone', sa.String(length=60), nullable=False),
    sa.Column('promised', sa.Boolean(), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('moved_count', sa.Integer(), nullable=False),
    sa.Column('departed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('check_in', sa.JSON(), nullable=True),
    sa.Column('check_out', sa.JSON(), nullable=True),
    sa.Column('arrived_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('travel_minutes', sa.Integer(), nullable=False),
    sa.Column('travel_km', sa.Numeric(precision=9, scale=1), nullable=True),
    sa.Column('result', sa.String(length=20), nullable=False),
    sa.Column('repeat_reason', sa.String(length=20), nullable=False),
    sa.Column('report', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('next_visit', sa.JSON(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('open_for_revision', sa.Boolean(), nullable=False),
    sa.Column('log_seq', sa.Integer(), nullable=False),
    sa.Column('custom', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('window_until > window_from', name=op.f('ck_work_order_window')),
    sa.ForeignKeyConstraint(['tenant_id', 'asset_id'], ['asset.tenant_id', 'asset.id'], name=op.f('fk_work_order_tenant_id_asset_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'customer_id'], ['customer.tenant_id', 'customer.id'], name=op.f('fk_work_order_tenant_id_customer_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'ticket_id'], ['ticket.tenant_id', 'ticket.id'], name=op.f('fk_work_order_tenant_id_ticket_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_work_order')),
    sa.UniqueConstraint('tenant_id', 'number', name=op.f('uq_work_order_tenant_id_number'))
    )
    with op.batch_alter_table('work_order', schema=None) as batch_op:
        batch_op.create_index('ix_work_order_asset', ['tenant_id', 'asset_id', 'id'], unique=False)
        batch_op.create_index('ix_work_order_customer', ['tenant_id', 'customer_id', 'id'], unique=False)
        batch_op.create_index('ix_work_order_engineer', ['tenant_id', 'engineer', 'window_from'], unique=False)
        batch_op.create_index('ix_work_order_state', ['tenant_id', 'state', 'window_from'], unique=False)
        batch_op.create_index('ix_work_order_ticket', ['tenant_id', 'ticket_id', 'visit'], unique=False)
        batch_op.create_index('ix_work_order_window', ['tenant_id', 'window_from', 'id'], unique=False)

    op.create_table('billing_bill_line',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('bill_id', sa.String(length=26), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('item', sa.String(length=20), nullable=False),
    sa.Column('hours', sa.String(length=10), nullable=False),
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('text', sa.String(length=500), nullable=False),
    sa.Column('work_order', sa.String(length=40), nullable=False),
    sa.Column('engineer', sa.String(length=40), nullable=False),
    sa.Column('supplier', sa.String(length=200), nullable=False),
    sa.Column('document', sa.String(length=120), nullable=False),
    sa.Column('happened_on', sa.Date(), nullable=False),
    sa.Column('quantity', sa.Numeric(precision=12, scale=3), nullable=False),
    sa.Column('billed', sa.Numeric(precision=12, scale=3), nullable=False),
    sa.Column('unit', sa.String(length=20), nullable=False),
    sa.Column('per_units', sa.Integer(), nullable=False),
    sa.Column('unit_cost', sa.Numeric(precision=14, scale=4), nullable=True),
    sa.Column('cost', sa.Numeric(precision=14, scale=4), nullable=True),
    sa.Column('cost_currency', sa.String(length=3), nullable=False),
    sa.Column('unit_price', sa.Numeric(precision=14, scale=4), nullable=True),
    sa.Column('discount', sa.Numeric(precision=5, scale=2), nullable=False),
    sa.Column('price', sa.Numeric(precision=14, scale=4), nullable=True),
    sa.Column('price_currency', sa.String(length=3), nullable=False),
    sa.Column('price_list', sa.String(length=60), nullable=False),
    sa.Column('tax_code', sa.String(length=20), nullable=False),
    sa.Column('tax_rate', sa.Numeric(precision=6, scale=3), nullable=True),
    sa.Column('contract', sa.String(length=60), nullable=False),
    sa.Column('shares', sa.JSON(), nullable=False),
    sa.Column('reasons', sa.JSON(), nullable=False),
    sa.Column('problems', sa.JSON(), nullable=False),
    sa.Column('late', sa.Boolean(), nullable=False),
    sa.Column('price_warranty', sa.Numeric(precision=14, scale=4), nullable=False),
    sa.Column('price_contract', sa.Numeric(precision=14, scale=4), nullable=False),
    sa.Column('price_goodwill', sa.Numeric(precision=14, scale=4), nullable=False),
    sa.Column('price_customer', sa.Numeric(precision=14, scale=4), nullable=False),
    sa.Column('cost_warranty', sa.Numeric(precision=14, scale=4), nullable=False),
    sa.Column('cost_contract', sa.Numeric(precision=14, scale=4), nullable=False),
    sa.Column('cost_goodwill', sa.Numeric(precision=14, scale=4), nullable=False),
    sa.Column('cost_customer', sa.Numeric(precision=14, scale=4), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'bill_id'], ['billing_ticket_bill.tenant_id', 'billing_ticket_bill.id'], name=op.f('fk_billing_bill_line_tenant_id_bill_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_billing_bill_line')),
    sa.UniqueConstraint('tenant_id', 'bill_id', 'source', name=op.f('uq_billing_bill_line_tenant_id_bill_id_source'))
    )
    with op.batch_alter_table('billing_bill_line', schema=None) as batch_op:
        batch_op.create_index('ix_billing_bill_line_contract', ['tenant_id', 'contract'], unique=False)

    op.create_table('billing_quote_line',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('quote_id', sa.String(length=26), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('hours', sa.String(length=10), nullable=False),
    sa.Column('text', sa.String(length=500), nullable=False),
    sa.Column('quantity', sa.Numeric(precision=12, scale=3), nullable=False),
    sa.Column('unit', sa.String(length=20), nullable=False),
    sa.Column('per_units', sa.Integer(), nullable=False),
    sa.Column('unit_price', sa.Numeric(precision=14, scale=4), nullable=False),
    sa.Column('discount', sa.Numeric(precision=5, scale=2), nullable=False),
    sa.Column('tax_code', sa.String(length=20), nullable=False),
    sa.Column('tax_rate', sa.Numeric(precision=6, scale=3), nullable=True),
    sa.Column('net', sa.Numeric(precision=14, scale=4), nullable=False),
    sa.Column('tax', sa.Numeric(precision=14, scale=4), nullable=False),
    sa.Column('origin', sa.String(length=80), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_billing_quote_line_quantity')),
    sa.ForeignKeyConstraint(['tenant_id', 'quote_id'], ['billing_quote.tenant_id', 'billing_quote.id'], name=op.f('fk_billing_quote_line_tenant_id_quote_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_billing_quote_line')),
    sa.UniqueConstraint('tenant_id', 'quote_id', 'position', name=op.f('uq_billing_quote_line_tenant_id_quote_id_position'))
    )
    op.create_table('billing_quote_question',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('quote_id', sa.String(length=26), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('from_customer', sa.Boolean(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('client_id', sa.String(length=60), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'quote_id'], ['billing_quote.tenant_id', 'billing_quote.id'], name=op.f('fk_billing_quote_question_tenant_id_quote_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_billing_quote_question')),
    sa.UniqueConstraint('tenant_id', 'quote_id', 'client_id', name=op.f('uq_billing_quote_question_tenant_id_quote_id_client_id'))
    )
    op.create_table('billing_quote_revision',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('quote_id', sa.String(length=26), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('document', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('link', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_by', sa.String(length=60), nullable=False),
    sa.Column('outcome', sa.String(length=20), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.String(length=200), nullable=False),
    sa.Column('decided_via', sa.String(length=20), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('approved_hash', sa.String(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'quote_id'], ['billing_quote.tenant_id', 'billing_quote.id'], name=op.f('fk_billing_quote_revision_tenant_id_quote_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_billing_quote_revision')),
    sa.UniqueConstraint('tenant_id', 'quote_id', 'revision', name=op.f('uq_billing_quote_revision_tenant_id_quote_id_revision')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_billing_quote_revision_token_hash'))
    )
    op.create_table('dispatch_slot',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('work_order_id', sa.String(length=26), nullable=False),
    sa.Column('work_order', sa.String(length=40), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('source', sa.String(length=10), nullable=False),
    sa.Column('pool', sa.String(length=10), nullable=False),
    sa.Column('offered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('offered_by', sa.String(length=60), nullable=False),
    sa.Column('offered_to', sa.JSON(), nullable=False),
    sa.Column('taken_by', sa.String(length=40), nullable=False),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('minutes IS NULL OR minutes > 0', name=op.f('ck_dispatch_slot_minutes')),
    sa.ForeignKeyConstraint(['tenant_id', 'work_order_id'], ['work_order.tenant_id', 'work_order.id'], name=op.f('fk_dispatch_slot_tenant_id_work_order_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_dispatch_slot')),
    sa.UniqueConstraint('tenant_id', 'work_order_id', name=op.f('uq_dispatch_slot_tenant_id_work_order_id'))
    )
    with op.batch_alter_table('dispatch_slot', schema=None) as batch_op:
        batch_op.create_index('ix_dispatch_slot_pool', ['tenant_id', 'pool', 'offered_at'], unique=False)

    op.create_table('sla_event',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('clock_id', sa.String(length=26), nullable=False),
    sa.Column('ticket_id', sa.String(length=26), nullable=False),
    sa.Column('ticket', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('policy', sa.String(length=60), nullable=False),
    sa.Column('level', sa.String(length=40), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('fired_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'clock_id'], ['sla_clock.tenant_id', 'sla_clock.id'], name=op.f('fk_sla_event_tenant_id_clock_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_sla_event')),
    sa.UniqueConstraint('tenant_id', 'clock_id', 'level', name=op.f('uq_sla_event_tenant_id_clock_id_level'))
    )
    with op.batch_alter_table('sla_event', schema=None) as batch_op:
        batch_op.create_index('ix_sla_event_ticket', ['tenant_id', 'ticket_id', 'id'], unique=False)

    op.create_table('survey_answer',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('invitation_id', sa.String(length=26), nullable=False),
    sa.Column('ticket_id', sa.String(length=26), nullable=False),
    sa.Column('ticket', sa.String(length=40), nullable=False),
    sa.Column('contact_id', sa.String(length=26), nullable=True),
    sa.Column('customer_id', sa.String(length=26), nullable=True),
    sa.Column('csat', sa.Integer(), nullable=True),
    sa.Column('nps', sa.Integer(), nullable=True),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.Column('reasons', sa.JSON(), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('channel', sa.String(length=20), nullable=False),
    sa.Column('engineer', sa.String(length=40), nullable=False),
    sa.Column('model', sa.String(length=80), nullable=False),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('mood', sa.Integer(), nullable=True),
    sa.Column('low', sa.Boolean(), nullable=False),
    sa.Column('case', sa.String(length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('csat IS NULL OR csat BETWEEN 1 AND 5', name=op.f('ck_survey_answer_csat')),
    sa.CheckConstraint('nps IS NULL OR nps BETWEEN 0 AND 10', name=op.f('ck_survey_answer_nps')),
    sa.ForeignKeyConstraint(['tenant_id', 'contact_id'], ['contact.tenant_id', 'contact.id'], name=op.f('fk_survey_answer_tenant_id_contact_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'invitation_id'], ['survey_invitation.tenant_id', 'survey_invitation.id'], name=op.f('fk_survey_answer_tenant_id_invitation_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'ticket_id'], ['ticket.tenant_id', 'ticket.id'], name=op.f('fk_survey_answer_tenant_id_ticket_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_survey_answer')),
    sa.UniqueConstraint('tenant_id', 'invitation_id', name=op.f('uq_survey_answer_tenant_id_invitation_id'))
    )
    with op.batch_alter_table('survey_answer', schema=None) as batch_op:
        batch_op.create_index('ix_survey_answer_list', ['tenant_id', 'answered_at', 'id'], unique=False)
        batch_op.create_index('ix_survey_answer_ticket', ['tenant_id', 'ticket_id'], unique=False)

    op.create_table('visit_command',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('command_id', sa.String(length=100), nullable=False),
    sa.Column('work_order_id', sa.String(length=26), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'work_order_id'], ['work_order.tenant_id', 'work_order.id'], name=op.f('fk_visit_command_tenant_id_work_order_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'command_id', name=op.f('pk_visit_command'))
    )
    op.create_table('visit_labour',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('work_order_id', sa.String(length=26), nullable=False),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('late', sa.Boolean(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'work_order_id'], ['work_order.tenant_id', 'work_order.id'], name=op.f('fk_visit_labour_tenant_id_work_order_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_visit_labour'))
    )
    with op.batch_alter_table('visit_labour', schema=None) as batch_op:
        batch_op.create_index('ix_visit_labour', ['tenant_id', 'work_order_id'], unique=False)

    op.create_table('visit_log',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('work_order_id', sa.String(length=26), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'work_order_id'], ['work_order.tenant_id', 'work_order.id'], name=op.f('fk_visit_log_tenant_id_work_order_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_visit_log')),
    sa.UniqueConstraint('tenant_id', 'work_order_id', 'seq', name=op.f('uq_visit_log_tenant_id_work_order_id_seq'))
    )
    op.create_table('visit_part',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('part_id', sa.String(length=26), nullable=False),
    sa.Column('part', sa.String(length=60), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('location', sa.String(length=80), nullable=False),
    sa.Column('lot', sa.String(length=80), nullable=False),
    sa.Column('serial_out', sa.String(length=80), nullable=False),
    sa.Column('serial_in', sa.String(length=80), nullable=False),
    sa.Column('position', sa.String(length=120), nullable=False),
    sa.Column('covered', sa.Boolean(), nullable=True),
    sa.Column('covered_by', sa.String(length=20), nullable=False),
    sa.Column('reasons', sa.JSON(), nullable=False),
    sa.Column('price_amount', sa.Numeric(precision=14, scale=4), nullable=True),
    sa.Column('price_currency', sa.String(length=3), nullable=False),
    sa.Column('move_ids', sa.JSON(), nullable=False),
    sa.Column('discrepancy', sa.Integer(), nullable=False),
    sa.Column('work_order_id', sa.String(length=26), nullable=False),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('late', sa.Boolean(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_visit_part_quantity')),
    sa.ForeignKeyConstraint(['tenant_id', 'part_id'], ['part.tenant_id', 'part.id'], name=op.f('fk_visit_part_tenant_id_part_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'work_order_id'], ['work_order.tenant_id', 'work_order.id'], name=op.f('fk_visit_part_tenant_id_work_order_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_visit_part'))
    )
    with op.batch_alter_table('visit_part', schema=None) as batch_op:
        batch_op.create_index('ix_visit_part', ['tenant_id', 'work_order_id'], unique=False)

    op.create_table('visit_photo',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('taken', sa.String(length=10), nullable=False),
    sa.Column('caption', sa.String(length=300), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('work_order_id', sa.String(length=26), nullable=False),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('late', sa.Boolean(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'work_order_id'], ['work_order.tenant_id', 'work_order.id'], name=op.f('fk_visit_photo_tenant_id_work_order_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_visit_photo'))
    )
    with op.batch_alter_table('visit_photo', schema=None) as batch_op:
        batch_op.create_index('ix_visit_photo', ['tenant_id', 'work_order_id'], unique=False)

    op.create_table('visit_reading',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('value', sa.Numeric(precision=20, scale=6), nullable=False),
    sa.Column('unit', sa.String(length=20), nullable=False),
    sa.Column('low', sa.Numeric(precision=20, scale=6), nullable=True),
    sa.Column('high', sa.Numeric(precision=20, scale=6), nullable=True),
    sa.Column('ok', sa.Boolean(), nullable=True),
    sa.Column('work_order_id', sa.String(length=26), nullable=False),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('late', sa.Boolean(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'work_order_id'], ['work_order.tenant_id', 'work_order.id'], name=op.f('fk_visit_reading_tenant_id_work_order_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_visit_reading'))
    )
    with op.batch_alter_table('visit_reading', schema=None) as batch_op:
        batch_op.create_index('ix_visit_reading', ['tenant_id', 'work_order_id'], unique=False)

    op.create_table('visit_signature',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('work_order_id', sa.String(length=26), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('role', sa.String(length=100), nullable=False),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('report', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'work_order_id'], ['work_order.tenant_id', 'work_order.id'], name=op.f('fk_visit_signature_tenant_id_work_order_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_visit_signature')),
    sa.UniqueConstraint('tenant_id', 'work_order_id', 'revision', name=op.f('uq_visit_signature_tenant_id_work_order_id_revision'))
    )
    op.create_table('callback_task',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('ticket_id', sa.String(length=26), nullable=False),
    sa.Column('ticket', sa.String(length=40), nullable=False),
    sa.Column('contact_id', sa.String(length=26), nullable=True),
    sa.Column('customer_id', sa.String(length=26), nullable=True),
    sa.Column('answer_id', sa.String(length=26), nullable=True),
    sa.Column('owner_id', sa.String(length=26), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('phone', sa.String(length=30), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('first_due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('postponed', sa.Integer(), nullable=False),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('outcome', sa.String(length=20), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_by', sa.String(length=200), nullable=False),
    sa.Column('actor', sa.String(length=60), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'answer_id'], ['survey_answer.tenant_id', 'survey_answer.id'], name=op.f('fk_callback_task_tenant_id_answer_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'contact_id'], ['contact.tenant_id', 'contact.id'], name=op.f('fk_callback_task_tenant_id_contact_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'owner_id'], ['user_account.tenant_id', 'user_account.id'], name=op.f('fk_callback_task_tenant_id_owner_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'ticket_id'], ['ticket.tenant_id', 'ticket.id'], name=op.f('fk_callback_task_tenant_id_ticket_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_callback_task')),
    sa.UniqueConstraint('tenant_id', 'answer_id', name=op.f('uq_callback_task_tenant_id_answer_id'))
    )
    with op.batch_alter_table('callback_task', schema=None) as batch_op:
        batch_op.create_index('ix_callback_due', ['state', 'due_at'], unique=False)
        batch_op.create_index('ix_callback_list', ['tenant_id', 'state', 'due_at', 'id'], unique=False)
        batch_op.create_index('ix_callback_owner', ['tenant_id', 'owner_id', 'state'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('callback_task', schema=None) as batch_op:
        batch_op.drop_index('ix_callback_owner')
        batch_op.drop_index('ix_callback_list')
        batch_op.drop_index('ix_callback_due')

    op.drop_table('callback_task')
    op.drop_table('visit_signature')
    with op.batch_alter_table('visit_reading', schema=None) as batch_op:
        batch_op.drop_index('ix_visit_reading')

    op.drop_table('visit_reading')
    with op.batch_alter_table('visit_photo', schema=None) as batch_op:
        batch_op.drop_index('ix_visit_photo')

    op.drop_table('visit_photo')
    with op.batch_alter_table('visit_part', schema=None) as batch_op:
        batch_op.drop_index('ix_visit_part')

    op.drop_table('visit_part')
    op.drop_table('visit_log')
    with op.batch_alter_table('visit_labour', schema=None) as batch_op:
        batch_op.drop_index('ix_visit_labour')

    op.drop_table('visit_labour')
    op.drop_table('visit_command')
    with op.batch_alter_table('survey_answer', schema=None) as batch_op:
        batch_op.drop_index('ix_survey_answer_ticket')
        batch_op.drop_index('ix_survey_answer_list')

    op.drop_table('survey_answer')
    with op.batch_alter_table('sla_event', schema=None) as batch_op:
        batch_op.drop_index('ix_sla_event_ticket')

    op.drop_table('sla_event')
    with op.batch_alter_table('dispatch_slot', schema=None) as batch_op:
        batch_op.drop_index('ix_dispatch_slot_pool')

    op.drop_table('dispatch_slot')
    op.drop_table('billing_quote_revision')
    op.drop_table('billing_quote_question')
    op.drop_table('billing_quote_line')
    with op.batch_alter_table('billing_bill_line', schema=None) as batch_op:
        batch_op.drop_index('ix_billing_bill_line_contract')

    op.drop_table('billing_bill_line')
    with op.batch_alter_table('work_order', schema=None) as batch_op:
        batch_op.drop_index('ix_work_order_window')
        batch_op.drop_index('ix_work_order_ticket')
        batch_op.drop_index('ix_work_order_state')
        batch_op.drop_index('ix_work_order_engineer')
        batch_op.drop_index('ix_work_order_customer')
        batch_op.drop_index('ix_work_order_asset')

    op.drop_table('work_order')
    with op.batch_alter_table('ticket_watcher', schema=None) as batch_op:
        batch_op.drop_index('ix_ticket_watcher_ticket')

    op.drop_table('ticket_watcher')
    op.drop_table('ticket_tag')
    with op.batch_alter_table('ticket_link', schema=None) as batch_op:
        batch_op.drop_index('ix_ticket_link_target')

    op.drop_table('ticket_link')
    with op.batch_alter_table('ticket_file', schema=None) as batch_op:
        batch_op.drop_index('ix_ticket_file')

    op.drop_table('ticket_file')
    op.drop_table('ticket_event')
    with op.batch_alter_table('survey_invitation', schema=None) as batch_op:
        batch_op.drop_index('ix_survey_waiting')
        batch_op.drop_index('ix_survey_token')
        batch_op.drop_index('ix_survey_month')
        batch_op.drop_index('ix_survey_list')
        batch_op.drop_index('ix_survey_expiry')
        batch_op.drop_index('ix_survey_contact')

    op.drop_table('survey_invitation')
    with op.batch_alter_table('stock_transfer_line', schema=None) as batch_op:
        batch_op.drop_index('ix_stock_transfer_line_transfer')

    op.drop_table('stock_transfer_line')
    with op.batch_alter_table('sla_clock', schema=None) as batch_op:
        batch_op.drop_index('ix_sla_clock_policy')
        batch_op.drop_index('ix_sla_clock_next')
        batch_op.drop_index('ix_sla_clock_met')
        batch_op.drop_index('ix_sla_clock_due')
        batch_op.drop_index('ix_sla_clock_contract')

    op.drop_table('sla_clock')
    with op.batch_alter_table('meter_reading', schema=None) as batch_op:
        batch_op.drop_index('ix_meter_reading_asset')

    op.drop_table('meter_reading')
    op.drop_table('message')
    op.drop_table('dispatch_need')
    with op.batch_alter_table('billing_ticket_bill', schema=None) as batch_op:
        batch_op.drop_index('ix_billing_ticket_bill_day')
        batch_op.drop_index('ix_billing_ticket_bill_customer')

    op.drop_table('billing_ticket_bill')
    with op.batch_alter_table('billing_quote', schema=None) as batch_op:
        batch_op.drop_index('ix_billing_quote_ticket')
        batch_op.drop_index('ix_billing_quote_state')
        batch_op.drop_index('ix_billing_quote_customer')

    op.drop_table('billing_quote')
    with op.batch_alter_table('billing_cost_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_billing_cost_entry')

    op.drop_table('billing_cost_entry')
    with op.batch_alter_table('billing_bearing_decision', schema=None) as batch_op:
        batch_op.drop_index('ix_billing_bearing_decision')

    op.drop_table('billing_bearing_decision')
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.drop_index('ix_attachment_message')

    op.drop_table('attachment')
    op.drop_table('webhook_attempt')
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.drop_index('ix_ticket_updated')
        batch_op.drop_index('ix_ticket_state')
        batch_op.drop_index('ix_ticket_serial')
        batch_op.drop_index('ix_ticket_priority')
        batch_op.drop_index('ix_ticket_parent')
        batch_op.drop_index('ix_ticket_own_type')
        batch_op.drop_index('ix_ticket_model')
        batch_op.drop_index('ix_ticket_merged')
        batch_op.drop_index('ix_ticket_engineer')
        batch_op.drop_index('ix_ticket_due_state')
        batch_op.drop_index('ix_ticket_due')
        batch_op.drop_index('ix_ticket_customer')
        batch_op.drop_index('ix_ticket_created')
        batch_op.drop_index('ix_ticket_conversation')
        batch_op.drop_index('ix_ticket_contract')
        batch_op.drop_index('ix_ticket_contact')
        batch_op.drop_index('ix_ticket_closed')
        batch_op.drop_index('ix_ticket_assignee')
        batch_op.drop_index('ix_ticket_asset')

    op.drop_table('ticket')
    with op.batch_alter_table('sync_conflict', schema=None) as batch_op:
        batch_op.drop_index('ix_sync_conflict_open')

    op.drop_table('sync_conflict')
    with op.batch_alter_table('stock_transfer', schema=None) as batch_op:
        batch_op.drop_index('ix_stock_transfer_target')
        batch_op.drop_index('ix_stock_transfer_state')

    op.drop_table('stock_transfer')
    with op.batch_alter_table('stock_request_line', schema=None) as batch_op:
        batch_op.drop_index('ix_stock_request_line_request')

    op.drop_table('stock_request_line')
    op.drop_table('stock_count_line')
    op.drop_table('sop_record')
    with op.batch_alter_table('report_photo', schema=None) as batch_op:
        batch_op.drop_index('ix_report_photo_report')
        batch_op.drop_index('ix_report_photo_loose')

    op.drop_table('report_photo')
    with op.batch_alter_table('personal_export', schema=None) as batch_op:
        batch_op.drop_index('ix_personal_export_contact')

    op.drop_table('personal_export')
    with op.batch_alter_table('legal_hold', schema=None) as batch_op:
        batch_op.drop_index('ix_legal_hold_contact')

    op.drop_table('legal_hold')
    with op.batch_alter_table('erasure', schema=None) as batch_op:
        batch_op.drop_index('ix_erasure_contact')

    op.drop_table('erasure')
    with op.batch_alter_table('device_report', schema=None) as batch_op:
        batch_op.drop_index('ix_device_report_token')
        batch_op.drop_index('ix_device_report_ticket')

    op.drop_table('device_report')
    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.drop_index('ix_conversation_visitor')
        batch_op.drop_index('ix_conversation_contact')
        batch_op.drop_index('ix_conversation_changed')
        batch_op.drop_index('ix_conversation_box')

    op.drop_table('conversation')
    with op.batch_alter_table('contract_use', schema=None) as batch_op:
        batch_op.drop_index('ix_contract_use_day')

    op.drop_table('contract_use')
    op.drop_table('contract_reminder')
    with op.batch_alter_table('contract_pause', schema=None) as batch_op:
        batch_op.drop_index('ix_contract_pause_contract')

    op.drop_table('contract_pause')
    op.drop_table('contract_line')
    with op.batch_alter_table('contract_asset', schema=None) as batch_op:
        batch_op.drop_index('ix_contract_asset_asset')

    op.drop_table('contract_asset')
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.drop_index('ix_consent_contact')

    op.drop_table('consent')
    op.drop_table('connector_line')
    with op.batch_alter_table('channel_identity', schema=None) as batch_op:
        batch_op.drop_index('ix_channel_identity_contact')

    op.drop_table('channel_identity')
    with op.batch_alter_table('billing_invoice_line', schema=None) as batch_op:
        batch_op.drop_index('ix_billing_invoice_line_source')

    op.drop_table('billing_invoice_line')
    op.drop_table('asset_meter')
    with op.batch_alter_table('asset_fact', schema=None) as batch_op:
        batch_op.drop_index('ix_asset_fact_time')

    op.drop_table('asset_fact')
    with op.batch_alter_table('asset_document', schema=None) as batch_op:
        batch_op.drop_index('ix_asset_document_asset')

    op.drop_table('asset_document')
    with op.batch_alter_table('asset_component', schema=None) as batch_op:
        batch_op.drop_index('uq_asset_component_serial', sqlite_where=sa.text("removed_at IS NULL AND serial <> ''"), postgresql_where=sa.text("removed_at IS NULL AND serial <> ''"))
        batch_op.drop_index('uq_asset_component_fitted', sqlite_where=sa.text('removed_at IS NULL'), postgresql_where=sa.text('removed_at IS NULL'))
        batch_op.drop_index('ix_asset_component_serial')
        batch_op.drop_index('ix_asset_component_position')

    op.drop_table('asset_component')
    op.drop_table('webhook_health')
    with op.batch_alter_table('webhook_delivery', schema=None) as batch_op:
        batch_op.drop_index('ix_webhook_delivery_message')
        batch_op.drop_index('ix_webhook_delivery_endpoint')
        batch_op.drop_index('ix_webhook_delivery_due')

    op.drop_table('webhook_delivery')
    with op.batch_alter_table('stock_serial', schema=None) as batch_op:
        batch_op.drop_index('ix_stock_serial_serial')
        batch_op.drop_index('ix_stock_serial_place')

    op.drop_table('stock_serial')
    with op.batch_alter_table('stock_reservation', schema=None) as batch_op:
        batch_op.drop_index('uq_stock_reservation_serial', sqlite_where=sa.text("serial <> '' AND state = 'active'"), postgresql_where=sa.text("serial <> '' AND state = 'active'"))
        batch_op.drop_index('ix_stock_reservation_purpose')
        batch_op.drop_index('ix_stock_reservation_place')
        batch_op.drop_index('ix_stock_reservation_due')

    op.drop_table('stock_reservation')
    with op.batch_alter_table('stock_request', schema=None) as batch_op:
        batch_op.drop_index('ix_stock_request_state')
        batch_op.drop_index('ix_stock_request_place')

    op.drop_table('stock_request')
    op.drop_table('stock_part')
    with op.batch_alter_table('stock_move', schema=None) as batch_op:
        batch_op.drop_index('ix_stock_move_work_order')
        batch_op.drop_index('ix_stock_move_to')
        batch_op.drop_index('ix_stock_move_ticket')
        batch_op.drop_index('ix_stock_move_reference')
        batch_op.drop_index('ix_stock_move_recorded')
        batch_op.drop_index('ix_stock_move_part')
        batch_op.drop_index('ix_stock_move_from')

    op.drop_table('stock_move')
    op.drop_table('stock_lot')
    with op.batch_alter_table('stock_count', schema=None) as batch_op:
        batch_op.drop_index('ix_stock_count_state')

    op.drop_table('stock_count')
    with op.batch_alter_table('stock_balance', schema=None) as batch_op:
        batch_op.drop_index('ix_stock_balance_part')

    op.drop_table('stock_balance')
    op.drop_table('sop_version')
    with op.batch_alter_table('sop_run', schema=None) as batch_op:
        batch_op.drop_index('ix_sop_run_visit')
        batch_op.drop_index('ix_sop_run_state')
        batch_op.drop_index('ix_sop_run_sop')

    op.drop_table('sop_run')
    op.drop_table('sop_rule')
    with op.batch_alter_table('service_contract', schema=None) as batch_op:
        batch_op.drop_index('ix_service_contract_end')
        batch_op.drop_index('ix_service_contract_customer')

    op.drop_table('service_contract')
    with op.batch_alter_table('saved_view', schema=None) as batch_op:
        batch_op.drop_index('ix_saved_view_list')

    op.drop_table('saved_view')
    op.drop_table('rule_version')
    op.drop_table('presence')
    with op.batch_alter_table('password_link', schema=None) as batch_op:
        batch_op.drop_index('ix_password_link_user')
        batch_op.drop_index('ix_password_link_secret')

    op.drop_table('password_link')
    op.drop_table('part_substitute')
    op.drop_table('part_kit_line')
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_index('ix_notice_unread')

    op.drop_table('notice')
    with op.batch_alter_table('login_session', schema=None) as batch_op:
        batch_op.drop_index('ix_login_session_secret')

    op.drop_table('login_session')
    op.drop_table('knowledge_passages')
    op.drop_table('knowledge_intake_files')
    with op.batch_alter_table('knowledge_gap_occurrences', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_knowledge_gap_occurrences_tenant_id_knowledge_gap_occurrences_gap_id'))
        batch_op.drop_index(batch_op.f('ix_knowledge_gap_occurrences_tenant_id_knowledge_gap_occurrences_conversation_id'))

    op.drop_table('knowledge_gap_occurrences')
    with op.batch_alter_table('knowledge_editions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_knowledge_editions_tenant_id_knowledge_editions_state'))

    op.drop_table('knowledge_editions')
    with op.batch_alter_table('fault_merge', schema=None) as batch_op:
        batch_op.drop_index('ix_fault_merge_into')
        batch_op.drop_index('ix_fault_merge_fault')

    op.drop_table('fault_merge')
    with op.batch_alter_table('fault_mark', schema=None) as batch_op:
        batch_op.drop_index('ix_fault_mark_fault')

    op.drop_table('fault_mark')
    op.drop_table('fault_link')
    with op.batch_alter_table('fault_finding', schema=None) as batch_op:
        batch_op.drop_index('ix_fault_finding_visit')
        batch_op.drop_index('ix_fault_finding_ticket')
        batch_op.drop_index('ix_fault_finding_fault')

    op.drop_table('fault_finding')
    op.drop_table('fault_apart')
    op.drop_table('external_link')
    with op.batch_alter_table('engineer_shift', schema=None) as batch_op:
        batch_op.drop_index('ix_engineer_shift')

    op.drop_table('engineer_shift')
    op.drop_table('engineer_position')
    with op.batch_alter_table('engineer_certificate', schema=None) as batch_op:
        batch_op.drop_index('ix_engineer_certificate_end')

    op.drop_table('engineer_certificate')
    with op.batch_alter_table('engineer_absence', schema=None) as batch_op:
        batch_op.drop_index('ix_engineer_absence_end')
        batch_op.drop_index('ix_engineer_absence')

    op.drop_table('engineer_absence')
    with op.batch_alter_table('dispatch_plan_line', schema=None) as batch_op:
        batch_op.drop_index('ix_dispatch_plan_line')

    op.drop_table('dispatch_plan_line')
    with op.batch_alter_table('custom_value', schema=None) as batch_op:
        batch_op.drop_index('ix_custom_value_number', sqlite_where=sa.text('number IS NOT NULL'), postgresql_where=sa.text('number IS NOT NULL'))
        batch_op.drop_index('ix_custom_value_folded')
        batch_op.drop_index('ix_custom_value_at', sqlite_where=sa.text('at IS NOT NULL'), postgresql_where=sa.text('at IS NOT NULL'))

    op.drop_table('custom_value')
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.drop_index('ix_contact_phone')
        batch_op.drop_index('ix_contact_email')
        batch_op.drop_index('ix_contact_customer')

    op.drop_table('contact')
    with op.batch_alter_table('connector_run', schema=None) as batch_op:
        batch_op.drop_index('ix_connector_run_connector')

    op.drop_table('connector_run')
    op.drop_table('connector_problem')
    op.drop_table('connector_login')
    op.drop_table('bom_line')
    op.drop_table('billing_price_item')
    with op.batch_alter_table('billing_invoice', schema=None) as batch_op:
        batch_op.drop_index('uq_billing_invoice_number', sqlite_where=sa.text("number <> ''"), postgresql_where=sa.text("number <> ''"))
        batch_op.drop_index('ix_billing_invoice_state')
        batch_op.drop_index('ix_billing_invoice_day')
        batch_op.drop_index('ix_billing_invoice_customer')
        batch_op.drop_index('ix_billing_invoice_batch')

    op.drop_table('billing_invoice')
    with op.batch_alter_table('asset', schema=None) as batch_op:
        batch_op.drop_index('ix_asset_serial_key')
        batch_op.drop_index('ix_asset_public_code')
        batch_op.drop_index('ix_asset_parent')
        batch_op.drop_index('ix_asset_customer')

    op.drop_table('asset')
    with op.batch_alter_table('api_token', schema=None) as batch_op:
        batch_op.drop_index('ix_api_token_secret')

    op.drop_table('api_token')
    op.drop_table('work_order_counter')
    op.drop_table('webhook_sequence')
    with op.batch_alter_table('webhook_message', schema=None) as batch_op:
        batch_op.drop_index('ix_webhook_message_made')

    op.drop_table('webhook_message')
    op.drop_table('webhook_endpoint')
    op.drop_table('warranty_terms')
    op.drop_table('user_account')
    op.drop_table('ticket_word')
    op.drop_table('ticket_counter')
    op.drop_table('tenant')
    op.drop_table('survey_settings')
    op.drop_table('stock_rules')
    op.drop_table('stock_location')
    op.drop_table('stock_counter')
    op.drop_table('stock_command')
    with op.batch_alter_table('sop', schema=None) as batch_op:
        batch_op.drop_index('ix_sop_state')

    op.drop_table('sop')
    op.drop_table('sla_policy')
    op.drop_table('service_area')
    op.drop_table('saved_reply')
    op.drop_table('rule_watch')
    with op.batch_alter_table('rule_task', schema=None) as batch_op:
        batch_op.drop_index('ix_rule_task_waiting')
        batch_op.drop_index('ix_rule_task_object')

    op.drop_table('rule_task')
    with op.batch_alter_table('rule_run', schema=None) as batch_op:
        batch_op.drop_index('ix_rule_run_rule')
        batch_op.drop_index('ix_rule_run_object')
        batch_op.drop_index('ix_rule_run_chain')
        batch_op.drop_index('ix_rule_run_at')

    op.drop_table('rule_run')
    op.drop_table('rule_mail')
    with op.batch_alter_table('rule', schema=None) as batch_op:
        batch_op.drop_index('ix_rule_trigger')

    op.drop_table('rule')
    op.drop_table('retention_rule')
    op.drop_table('product_model')
    op.drop_table('part_kit')
    with op.batch_alter_table('part', schema=None) as batch_op:
        batch_op.drop_index('uq_part_gtin', sqlite_where=sa.text("gtin <> ''"), postgresql_where=sa.text("gtin <> ''"))

    op.drop_table('part')
    op.drop_table('own_ticket_type')
    op.drop_table('office_hours')
    op.drop_table('knowledge_vectors')
    op.drop_table('knowledge_ticket_drafts')
    op.drop_table('knowledge_terms')
    op.drop_table('knowledge_term_revisions')
    with op.batch_alter_table('knowledge_term_proposals', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_knowledge_term_proposals_tenant_id_knowledge_term_proposals_state'))

    op.drop_table('knowledge_term_proposals')
    op.drop_table('knowledge_revisions')
    with op.batch_alter_table('knowledge_intakes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_knowledge_intakes_tenant_id_knowledge_intakes_created_at'))

    op.drop_table('knowledge_intakes')
    with op.batch_alter_table('knowledge_gaps', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_knowledge_gaps_tenant_id_knowledge_gaps_state'))

    op.drop_table('knowledge_gaps')
    with op.batch_alter_table('knowledge_feedback', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_knowledge_feedback_tenant_id_knowledge_feedback_document_key'))

    op.drop_table('knowledge_feedback')
    with op.batch_alter_table('knowledge_documents', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_knowledge_documents_tenant_id_knowledge_documents_source_path'))

    op.drop_table('knowledge_documents')
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.drop_index('ix_job_state')

    op.drop_table('job')
    with op.batch_alter_table('import_run', schema=None) as batch_op:
        batch_op.drop_index('ix_import_run_newest')

    op.drop_table('import_run')
    op.drop_table('file_removal')
    op.drop_table('fault_counter')
    with op.batch_alter_table('fault_case', schema=None) as batch_op:
        batch_op.drop_index('ix_fault_case_waiting')

    op.drop_table('fault_case')
    with op.batch_alter_table('fault', schema=None) as batch_op:
        batch_op.drop_index('ix_fault_state')
        batch_op.drop_index('ix_fault_signature')
        batch_op.drop_index('ix_fault_resolved')
        batch_op.drop_index('ix_fault_last_seen')
        batch_op.drop_index('ix_fault_component')
        batch_op.drop_index('ix_fault_cases')

    op.drop_table('fault')
    op.drop_table('engineer')
    op.drop_table('dispatch_settings')
    with op.batch_alter_table('dispatch_rule', schema=None) as batch_op:
        batch_op.drop_index('ix_dispatch_rule')

    op.drop_table('dispatch_rule')
    op.drop_table('dispatch_revision')
    with op.batch_alter_table('dispatch_plan', schema=None) as batch_op:
        batch_op.drop_index('ix_dispatch_plan')

    op.drop_table('dispatch_plan')
    with op.batch_alter_table('dispatch_log', schema=None) as batch_op:
        batch_op.drop_index('ix_dispatch_log_ticket')
        batch_op.drop_index('ix_dispatch_log')

    op.drop_table('dispatch_log')
    op.drop_table('dispatch_change')
    op.drop_table('customer')
    op.drop_table('custom_form')
    op.drop_table('custom_field')
    op.drop_table('contract_counter')
    op.drop_table('consent_note')
    op.drop_table('connector')
    op.drop_table('business_calendar')
    op.drop_table('billing_rules')
    with op.batch_alter_table('billing_price_list', schema=None) as batch_op:
        batch_op.drop_index('ix_billing_price_list_valid')

    op.drop_table('billing_price_list')
    with op.batch_alter_table('billing_export_batch', schema=None) as batch_op:
        batch_op.drop_index('ix_billing_export_batch')

    op.drop_table('billing_export_batch')
    op.drop_table('billing_exchange_rate')
    op.drop_table('billing_document_counter')
    with op.batch_alter_table('billing_cost_rate', schema=None) as batch_op:
        batch_op.drop_index('ix_billing_cost_rate')

    op.drop_table('billing_cost_rate')
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_entry_target')

    op.drop_table('audit_entry')
    op.drop_table('answered_call')
    op.drop_table('ai_usage')
