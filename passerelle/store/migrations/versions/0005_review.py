"""The curator's desk: records before decisions, who decided, the queue's index, likely duplicates, claims, skips."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("records") as batch_op:
        batch_op.add_column(
            sa.Column("base", sa.Text(), nullable=True, comment="The record before decisions, where they changed it")
        )
        batch_op.add_column(
            sa.Column("base_provenance", sa.Text(), nullable=True, comment="Its evidence before decisions, likewise")
        )
        batch_op.add_column(
            sa.Column("parts", sa.Text(), nullable=True, comment="Source keys that it was made of, as a JSON list")
        )
    with op.batch_alter_table("decisions") as batch_op:
        batch_op.add_column(sa.Column("by", sa.String(length=128), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("action", sa.String(length=16), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("batch", sa.String(length=64), nullable=True))
        batch_op.add_column(
            sa.Column("act", sa.String(length=64), nullable=True, comment="Id that the client gave the act")
        )
    with op.batch_alter_table("issues") as batch_op:
        batch_op.add_column(sa.Column("record", sa.String(length=64), nullable=True))
    _who_decided()
    _concerned()
    for column in ("by", "action", "batch", "act"):
        op.create_index(f"ix_decisions_{column}", "decisions", [column])
    op.create_index("ix_issues_record", "issues", ["record"])
    _index()
    _pairs()
    _claims_and_skips()


def _who_decided() -> None:
    decisions = sa.table("decisions", *(sa.column(name) for name in ("id", "by", "action", "payload")))
    connection = op.get_bind()
    rows = connection.execute(sa.select(decisions.c.id, decisions.c.payload)).all()
    read = [(id_, json.loads(payload)) for id_, payload in rows]
    told = [{"its_id": id_, "who": said["by"], "what": said["action"]} for id_, said in read]
    if told:
        where = decisions.c.id == sa.bindparam("its_id")
        values: dict[str, object] = {"by": sa.bindparam("who"), "action": sa.bindparam("what")}
        connection.execute(decisions.update().where(where).values(values), told)


def _concerned() -> None:
    issues = sa.table("issues", *(sa.column(name) for name in ("id", "record", "payload")))
    connection = op.get_bind()
    rows = connection.execute(sa.select(issues.c.id, issues.c.payload)).all()
    read = [{"its_id": id_, "whom": json.loads(payload)["record"]} for id_, payload in rows]
    told = [one for one in read if one["whom"]]
    if told:
        where = issues.c.id == sa.bindparam("its_id")
        connection.execute(issues.update().where(where).values(record=sa.bindparam("whom")), told)


def _index() -> None:
    op.create_table(
        "review_index",
        sa.Column("record", sa.String(length=64), primary_key=True),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("name_fr", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("sort_name", sa.Text(), nullable=False, comment="Its name without case and accents"),
        sa.Column("search", sa.Text(), nullable=False, comment="Its words without case and accents"),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("regions", sa.Text(), nullable=False),
        sa.Column("themes", sa.Text(), nullable=False),
        sa.Column("missing", sa.Text(), nullable=False, comment="Languages in which a text waits for a translation"),
        sa.Column("reasons", sa.Text(), nullable=False, comment="Why somebody should look at it"),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False, comment="The smaller, the sooner"),
        sa.Column("completeness", sa.Integer(), nullable=False, comment="Percent"),
        sa.Column("captured_at", TIME, nullable=True, comment="Newest capture of its pages"),
        sa.Column("changed_at", TIME, nullable=True, comment="Last change of what its pages say"),
        sa.Column("stamp", sa.String(length=64), nullable=False, comment="Digest of what this line was made from"),
    )
    op.create_index("ix_review_index_order", "review_index", ["priority", "record"])
    for column in ("type", "sort_name", "status", "captured_at"):
        op.create_index(f"ix_review_index_{column}", "review_index", [column])


def _pairs() -> None:
    op.create_table(
        "review_pairs",
        sa.Column("left", sa.String(length=64), primary_key=True),
        sa.Column("right", sa.String(length=64), primary_key=True),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False, comment="A JSON list"),
    )
    op.create_index("ix_review_pairs_right", "review_pairs", ["right"])


def _claims_and_skips() -> None:
    op.create_table(
        "review_claims",
        sa.Column("record", sa.String(length=64), primary_key=True),
        sa.Column("by", sa.String(length=128), nullable=False),
        sa.Column("until", TIME, nullable=False),
    )
    op.create_table(
        "review_skips",
        sa.Column("record", sa.String(length=64), primary_key=True),
        sa.Column("by", sa.String(length=128), primary_key=True),
        sa.Column("until", TIME, nullable=False),
    )


def downgrade() -> None:
    for table in ("review_skips", "review_claims", "review_pairs", "review_index"):
        op.drop_table(table)
    op.drop_index("ix_issues_record", "issues")
    with op.batch_alter_table("issues") as batch_op:
        batch_op.drop_column("record")
    for column in ("by", "action", "batch", "act"):
        op.drop_index(f"ix_decisions_{column}", "decisions")
    with op.batch_alter_table("decisions") as batch_op:
        for column in ("act", "batch", "action", "by"):
            batch_op.drop_column(column)
    with op.batch_alter_table("records") as batch_op:
        for column in ("parts", "base_provenance", "base"):
            batch_op.drop_column(column)
