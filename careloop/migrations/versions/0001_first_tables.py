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
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_customer')),
    sa.UniqueConstraint('tenant_id', 'number', name=op.f('uq_customer_tenant_id_number'))
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
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_engineer')),
    sa.UniqueConstraint('tenant_id', 'code', name=op.f('uq_engineer_tenant_id_code'))
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
    op.create_table('contact',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('customer_id', sa.String(length=26), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('phone', sa.String(length=20), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('role', sa.String(length=100), nullable=False),
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

    op.create_table('ticket',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('type', sa.String(length=20), nullable=False),
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
        batch_op.create_index('ix_ticket_parent', ['tenant_id', 'parent_id'], unique=False)
        batch_op.create_index('ix_ticket_priority', ['tenant_id', 'priority', 'id'], unique=False)
        batch_op.create_index('ix_ticket_serial', ['tenant_id', 'serial', 'id'], unique=False)
        batch_op.create_index('ix_ticket_state', ['tenant_id', 'state', 'id'], unique=False)
        batch_op.create_index('ix_ticket_updated', ['tenant_id', 'updated_at', 'id'], unique=False)

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


def downgrade() -> None:
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
    with op.batch_alter_table('sla_event', schema=None) as batch_op:
        batch_op.drop_index('ix_sla_event_ticket')

    op.drop_table('sla_event')
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
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.drop_index('ix_attachment_message')

    op.drop_table('attachment')
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.drop_index('ix_ticket_updated')
        batch_op.drop_index('ix_ticket_state')
        batch_op.drop_index('ix_ticket_serial')
        batch_op.drop_index('ix_ticket_priority')
        batch_op.drop_index('ix_ticket_parent')
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
    with op.batch_alter_table('stock_transfer', schema=None) as batch_op:
        batch_op.drop_index('ix_stock_transfer_target')
        batch_op.drop_index('ix_stock_transfer_state')

    op.drop_table('stock_transfer')
    with op.batch_alter_table('stock_request_line', schema=None) as batch_op:
        batch_op.drop_index('ix_stock_request_line_request')

    op.drop_table('stock_request_line')
    op.drop_table('stock_count_line')
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
    with op.batch_alter_table('channel_identity', schema=None) as batch_op:
        batch_op.drop_index('ix_channel_identity_contact')

    op.drop_table('channel_identity')
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
    with op.batch_alter_table('service_contract', schema=None) as batch_op:
        batch_op.drop_index('ix_service_contract_end')
        batch_op.drop_index('ix_service_contract_customer')

    op.drop_table('service_contract')
    with op.batch_alter_table('saved_view', schema=None) as batch_op:
        batch_op.drop_index('ix_saved_view_list')

    op.drop_table('saved_view')
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
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.drop_index('ix_contact_phone')
        batch_op.drop_index('ix_contact_email')
        batch_op.drop_index('ix_contact_customer')

    op.drop_table('contact')
    op.drop_table('bom_line')
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
    op.drop_table('warranty_terms')
    op.drop_table('user_account')
    op.drop_table('ticket_word')
    op.drop_table('ticket_counter')
    op.drop_table('tenant')
    op.drop_table('stock_rules')
    op.drop_table('stock_location')
    op.drop_table('stock_counter')
    op.drop_table('stock_command')
    op.drop_table('sla_policy')
    op.drop_table('saved_reply')
    op.drop_table('retention_rule')
    op.drop_table('product_model')
    op.drop_table('part_kit')
    with op.batch_alter_table('part', schema=None) as batch_op:
        batch_op.drop_index('uq_part_gtin', sqlite_where=sa.text("gtin <> ''"), postgresql_where=sa.text("gtin <> ''"))

    op.drop_table('part')
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
    op.drop_table('engineer')
    op.drop_table('customer')
    op.drop_table('contract_counter')
    op.drop_table('consent_note')
    op.drop_table('business_calendar')
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_entry_target')

    op.drop_table('audit_entry')
    op.drop_table('answered_call')
    op.drop_table('ai_usage')
