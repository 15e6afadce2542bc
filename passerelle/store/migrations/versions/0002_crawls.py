"""Crawls and visits."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "crawls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=63), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end", sa.String(length=16), nullable=True, comment="done, limit, interrupted, unreachable, failed"),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_crawls_source_started", "crawls", ["source", "started"], unique=False)
    op.create_table(
        "visits",
        sa.Column("source", sa.String(length=63), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("crawl", sa.Integer(), nullable=True, comment="Run that last queued it"),
        sa.Column("state", sa.String(length=8), nullable=False, comment="In that run: queued, fetched, done"),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source", "url"),
    )
    op.create_index("ix_visits_crawl_state", "visits", ["crawl", "state"], unique=False)
    op.create_index("ix_visits_outcome", "visits", ["outcome"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_visits_outcome", table_name="visits")
    op.drop_index("ix_visits_crawl_state", table_name="visits")
    op.drop_table("visits")
    op.drop_index("ix_crawls_source_started", table_name="crawls")
    op.drop_table("crawls")
