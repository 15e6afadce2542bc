"""The stamps of the queue's lines beside each other, so that what changed is found without reading their words."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_review_index_stamp", "review_index", ["record", "stamp"])


def downgrade() -> None:
    op.drop_index("ix_review_index_stamp", "review_index")
