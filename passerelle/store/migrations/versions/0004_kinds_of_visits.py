"""What a URL is asked for, and its problem, beside the visit: to be counted without reading it."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BATCH = 500


def upgrade() -> None:
    with op.batch_alter_table("visits") as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=8), nullable=False, server_default="page"))
        batch_op.add_column(sa.Column("problem", sa.String(length=32), nullable=True))
    visits = sa.table("visits", *(sa.column(name) for name in ("source", "url", "kind", "problem", "payload")))
    connection = op.get_bind()
    where = sa.and_(visits.c.source == sa.bindparam("its_source"), visits.c.url == sa.bindparam("its_url"))
    for rows in connection.execute(sa.select(visits.c.source, visits.c.url, visits.c.payload)).partitions(BATCH):
        read = [(source, url, json.loads(payload)) for source, url, payload in rows]
        news = [
            {"its_source": source, "its_url": url, "kind": said["kind"], "problem": said["problem"]}
            for source, url, said in read
            if said["kind"] != "page" or said["problem"]
        ]
        if news:
            connection.execute(
                visits.update().where(where).values(kind=sa.bindparam("kind"), problem=sa.bindparam("problem")), news
            )


def downgrade() -> None:
    with op.batch_alter_table("visits") as batch_op:
        batch_op.drop_column("problem")
        batch_op.drop_column("kind")
