"""Accounts at the curator's desk: people, their sessions and known browsers, and failed attempts to sign in."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
HASHED = "SHA-256 of the token in the cookie"


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("name", sa.String(length=64), nullable=False, comment="As folded for signing in"),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("password", sa.Text(), nullable=True, comment="argon2id; none where only a provider signs in"),
        sa.Column("temporary", sa.Boolean(), nullable=False, comment="Somebody else chose the password"),
        sa.Column("created", TIME, nullable=False),
        sa.Column("disabled", TIME, nullable=True),
        sa.PrimaryKeyConstraint("name"),
        sa.UniqueConstraint("email"),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(length=64), nullable=False, comment=HASHED),
        sa.Column("user_name", sa.String(length=64), nullable=False),
        sa.Column("created", TIME, nullable=False),
        sa.Column("seen", TIME, nullable=False, comment="To some minutes"),
        sa.Column("agent", sa.String(length=200), nullable=False, comment="What the browser calls itself"),
        sa.ForeignKeyConstraint(["user_name"], ["users.name"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_sessions_user_name", "sessions", ["user_name"])
    op.create_table(
        "known_browsers",
        sa.Column("id", sa.String(length=64), nullable=False, comment=HASHED),
        sa.Column("user_name", sa.String(length=64), nullable=False),
        sa.Column("seen", TIME, nullable=False),
        sa.ForeignKeyConstraint(["user_name"], ["users.name"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_known_browsers_user_name", "known_browsers", ["user_name"])
    op.create_table(
        "throttles",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last", TIME, nullable=False),
        sa.Column("until", TIME, nullable=False, comment="No attempt is looked at before"),
        sa.PrimaryKeyConstraint("key"),
    )


def downgrade() -> None:
    for table in ("throttles", "known_browsers", "sessions", "users"):
        op.drop_table(table)
