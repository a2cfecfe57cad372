"""Alembic migrations: one numbered file for each change of the tables.

`careloop.api.schema` runs them; `python -m careloop.migrations.generate` drafts a new one.
"""
