"""Why a record was in the queue when somebody left it, so that it is offered again only for a reason that is new."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("review_skips") as skips:
        skips.add_column(
            sa.Column(
                "reasons",
                sa.Text(),
                nullable=False,
                server_default="",
                comment="Why it was in the queue when the person left it",
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("review_skips") as skips:
        skips.drop_column("reasons")
