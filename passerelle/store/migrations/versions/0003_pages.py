"""One row a page beside its captures."""

import sqlalchemy as sa
from alembic import op

from passerelle.store.pages import life_of
from schemas.capture import Capture

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pages = op.create_table(
        "pages",
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=71), nullable=False, comment="Of its newest body"),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("page"),
    )
    captures = sa.table(
        "captures", *(sa.column(name) for name in ("id", "page", "captured_at", "payload"))
    )  # as they were at this revision, whatever the code says by now
    connection = op.get_bind()
    for page in connection.scalars(sa.select(captures.c.page).distinct()).all():
        rows = sa.select(captures.c.payload).where(captures.c.page == page)
        ordered = connection.scalars(rows.order_by(captures.c.captured_at, captures.c.id))
        life = life_of([Capture.model_validate_json(payload) for payload in ordered])
        if life:
            values = {"page": page, "digest": life.newest.digest, "payload": life.model_dump_json()}
            connection.execute(pages.insert(), values)


def downgrade() -> None:
    op.drop_table("pages")
