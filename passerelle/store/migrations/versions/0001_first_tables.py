"""First tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "captures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=63), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.String(length=71), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("page", "captured_at", "digest", name="uq_captures_page_time_digest"),
    )
    with op.batch_alter_table("captures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_captures_digest"), ["digest"], unique=False)
        batch_op.create_index("ix_captures_page_time", ["page", "captured_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_captures_source"), ["source"], unique=False)

    op.create_table(
        "decisions",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("record", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decisions_record"), ["record"], unique=False)

    op.create_table(
        "extractions",
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=71), nullable=False),
        sa.Column(
            "code",
            sa.String(length=64),
            nullable=False,
            comment="Fingerprint of what read it",
        ),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("page", "digest", "code"),
    )
    op.create_table(
        "fillings",
        sa.Column("record", sa.String(length=64), nullable=False),
        sa.Column("path", sa.String(length=255), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("record", "path"),
    )
    op.create_table(
        "identities",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("record", sa.String(length=64), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("identities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_identities_record"), ["record"], unique=False)

    op.create_table(
        "issues",
        sa.Column("id", sa.String(length=71), nullable=False, comment="Digest of the line"),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("batch", sa.Text(), nullable=False, comment="What the station worked on, for instance a manifest"),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("issues", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_issues_stage"), ["stage"], unique=False)

    op.create_table(
        "judgements",
        sa.Column("left", sa.Text(), nullable=False),
        sa.Column("right", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=128), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("left", "right", "by"),
    )
    op.create_table(
        "memory",
        sa.Column("source_hash", sa.String(length=71), nullable=False),
        sa.Column("direction", sa.String(length=5), nullable=False, comment="fr-en or en-fr"),
        sa.Column("origin", sa.String(length=8), nullable=False),
        sa.Column("engine", sa.String(length=128), nullable=False, comment="'' for a person's"),
        sa.Column("context", sa.String(length=64), nullable=False, comment="'' where it fits any field"),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source_hash", "direction", "origin", "engine", "context"),
    )
    op.create_table(
        "outcomes",
        sa.Column("station", sa.String(length=32), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("station"),
    )
    op.create_table(
        "records",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("records", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_records_type"), ["type"], unique=False)

    op.create_table(
        "releases",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(length=71), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )


def downgrade() -> None:
    op.drop_table("releases")
    with op.batch_alter_table("records", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_records_type"))

    op.drop_table("records")
    op.drop_table("outcomes")
    op.drop_table("memory")
    op.drop_table("judgements")
    with op.batch_alter_table("issues", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_issues_stage"))

    op.drop_table("issues")
    with op.batch_alter_table("identities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_identities_record"))

    op.drop_table("identities")
    op.drop_table("fillings")
    op.drop_table("extractions")
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decisions_record"))

    op.drop_table("decisions")
    with op.batch_alter_table("captures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_captures_source"))
        batch_op.drop_index("ix_captures_page_time")
        batch_op.drop_index(batch_op.f("ix_captures_digest"))

    op.drop_table("captures")
