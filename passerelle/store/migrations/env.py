"""Alembic's entry: runs the migrations on the connection that ``open_store`` hands over."""

from alembic import context

from passerelle.store import account_tables, review_tables  # noqa: F401  # their tables belong to the schema too
from passerelle.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
