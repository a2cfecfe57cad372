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
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_part')),
    sa.UniqueConstraint('tenant_id', 'number', name=op.f('uq_part_tenant_id_number'))
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
    op.create_table('stock_location',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('code', sa.String(length=80), nullable=False),
    sa.Column('level', sa.String(length=10), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_stock_location')),
    sa.UniqueConstraint('tenant_id', 'code', name=op.f('uq_stock_location_tenant_id_code'))
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
    op.create_table('user_account',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_user_account')),
    sa.UniqueConstraint('tenant_id', 'email', name=op.f('uq_user_account_tenant_id_email'))
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
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'customer_id'], ['customer.tenant_id', 'customer.id'], name=op.f('fk_asset_tenant_id_customer_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'model_id'], ['product_model.tenant_id', 'product_model.id'], name=op.f('fk_asset_tenant_id_model_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_asset')),
    sa.UniqueConstraint('tenant_id', 'serial', name=op.f('uq_asset_tenant_id_serial'))
    )
    with op.batch_alter_table('asset', schema=None) as batch_op:
        batch_op.create_index('ix_asset_customer', ['tenant_id', 'customer_id'], unique=False)
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
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'user_id'], ['user_account.tenant_id', 'user_account.id'], name=op.f('fk_login_session_tenant_id_user_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_login_session'))
    )
    with op.batch_alter_table('login_session', schema=None) as batch_op:
        batch_op.create_index('ix_login_session_secret', ['secret_hash'], unique=True)

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
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'customer_id'], ['customer.tenant_id', 'customer.id'], name=op.f('fk_service_contract_tenant_id_customer_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_service_contract')),
    sa.UniqueConstraint('tenant_id', 'number', name=op.f('uq_service_contract_tenant_id_number'))
    )
    with op.batch_alter_table('service_contract', schema=None) as batch_op:
        batch_op.create_index('ix_service_contract_customer', ['tenant_id', 'customer_id'], unique=False)

    op.create_table('stock_balance',
    sa.Column('tenant_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('location_id', sa.String(length=26), nullable=False),
    sa.Column('part_id', sa.String(length=26), nullable=False),
    sa.Column('on_hand', sa.Integer(), nullable=False),
    sa.Column('reserved', sa.Integer(), nullable=False),
    sa.Column('minimum', sa.Integer(), nullable=True),
    sa.Column('maximum', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('on_hand >= 0 AND reserved >= 0 AND reserved <= on_hand', name=op.f('ck_stock_balance_stock')),
    sa.ForeignKeyConstraint(['tenant_id', 'location_id'], ['stock_location.tenant_id', 'stock_location.id'], name=op.f('fk_stock_balance_tenant_id_location_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'part_id'], ['part.tenant_id', 'part.id'], name=op.f('fk_stock_balance_tenant_id_part_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_stock_balance')),
    sa.UniqueConstraint('tenant_id', 'location_id', 'part_id', name=op.f('uq_stock_balance_tenant_id_location_id_part_id'))
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
    sa.Column('resolved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('history_seq', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['tenant_id', 'asset_id'], ['asset.tenant_id', 'asset.id'], name=op.f('fk_ticket_tenant_id_asset_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'contact_id'], ['contact.tenant_id', 'contact.id'], name=op.f('fk_ticket_tenant_id_contact_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['tenant_id', 'customer_id'], ['customer.tenant_id', 'customer.id'], name=op.f('fk_ticket_tenant_id_customer_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('tenant_id', 'id', name=op.f('pk_ticket')),
    sa.UniqueConstraint('tenant_id', 'number', name=op.f('uq_ticket_tenant_id_number'))
    )
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.create_index('ix_ticket_asset', ['tenant_id', 'asset_id'], unique=False)
        batch_op.create_index('ix_ticket_conversation', ['tenant_id', 'conversation_id'], unique=False)
        batch_op.create_index('ix_ticket_customer', ['tenant_id', 'customer_id', 'id'], unique=False)
        batch_op.create_index('ix_ticket_state', ['tenant_id', 'state', 'id'], unique=False)

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


def downgrade() -> None:
    op.drop_table('ticket_event')
    op.drop_table('message')
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.drop_index('ix_attachment_message')

    op.drop_table('attachment')
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.drop_index('ix_ticket_state')
        batch_op.drop_index('ix_ticket_customer')
        batch_op.drop_index('ix_ticket_conversation')
        batch_op.drop_index('ix_ticket_asset')

    op.drop_table('ticket')
    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.drop_index('ix_conversation_visitor')
        batch_op.drop_index('ix_conversation_contact')
        batch_op.drop_index('ix_conversation_changed')
        batch_op.drop_index('ix_conversation_box')

    op.drop_table('conversation')
    with op.batch_alter_table('channel_identity', schema=None) as batch_op:
        batch_op.drop_index('ix_channel_identity_contact')

    op.drop_table('channel_identity')
    op.drop_table('stock_balance')
    with op.batch_alter_table('service_contract', schema=None) as batch_op:
        batch_op.drop_index('ix_service_contract_customer')

    op.drop_table('service_contract')
    op.drop_table('presence')
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
        batch_op.drop_index('ix_asset_customer')

    op.drop_table('asset')
    with op.batch_alter_table('api_token', schema=None) as batch_op:
        batch_op.drop_index('ix_api_token_secret')

    op.drop_table('api_token')
    op.drop_table('user_account')
    op.drop_table('ticket_counter')
    op.drop_table('tenant')
    op.drop_table('stock_location')
    op.drop_table('saved_reply')
    op.drop_table('product_model')
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
    op.drop_table('engineer')
    op.drop_table('customer')
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_entry_target')

    op.drop_table('audit_entry')
    op.drop_table('answered_call')
    op.drop_table('ai_usage')
