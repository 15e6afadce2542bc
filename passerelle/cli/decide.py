"""``passerelle decide``: what a curator does at the desk, from the command line; the same decisions, the same rules."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from passerelle.cli.desk import Desk, epilog
from passerelle.cli.errors import USAGE, CommandError

if TYPE_CHECKING:
    from pydantic import JsonValue
    from sqlalchemy.orm import Session

    from passerelle.review.deciding import Act
    from passerelle.reviewing import Helper
    from passerelle.workplace import Workplace
    from schemas.decision import Decision

PANEL = "Review · Réviser"

app = typer.Typer(
    no_args_is_help=True,
    help="Correct, approve, merge and part records as at the desk; everything can be undone.\n\n"
    "Corriger, approuver, réunir et séparer des fiches comme au bureau; tout s’annule.",
    epilog=epilog(
        "passerelle decide queue --reason new",
        'passerelle decide edit ini-7f3k9q2m audience.max_age 21 --reason "the page says 21"',
        "passerelle decide approve ini-7f3k9q2m",
        "passerelle decide merge ini-7f3k9q2m ini-2b8x0c4d --preview",
        "passerelle decide undo 20261121T083000.000000Z-1a2b3c4d",
        "Each act is a decision that stays, with who, when, what stood there before and what the pages said.",
    ),
)

Record = Annotated[str, typer.Argument(metavar="ID", help="Id of a record. · Identifiant d’une fiche.")]
By = Annotated[
    str | None, typer.Option("--by", envvar="PASSERELLE_CURATOR", help="Who decides. · Qui décide.", show_default=False)
]
PublicBy = Annotated[
    str | None,
    typer.Option(
        "--by",
        envvar="PASSERELLE_CURATOR",
        help="Who decides, published as review.by; your login name if left out. · Qui décide, publié dans review.by.",
        show_default=False,
    ),
]
Reason = Annotated[str | None, typer.Option("--reason", help="Why. · Pourquoi.")]
Later = Annotated[bool, typer.Option("--later", help="Leave it to the next matching. · Sans apparier de nouveau.")]
Preview = Annotated[bool, typer.Option("--preview", help="Show what would come of it. · Montrer ce qui en sortirait.")]


@app.command(
    epilog=epilog(
        "passerelle decide edit ini-7f3k9q2m audience.max_age 21",
        'passerelle decide edit ini-7f3k9q2m name.en "The Relay"',
        """passerelle decide edit ini-7f3k9q2m themes '["runaway", "poverty"]'""",
        "passerelle decide edit ini-7f3k9q2m contact.phone null",
        "docs/fields.en.md names the fields; a list is counted from 0: benefits.0.text.fr",
    )
)
def edit(
    context: typer.Context,
    *,
    record: Record,
    path: Annotated[str, typer.Argument(metavar="FIELD", help="Dotted path of the field. · Chemin du champ.")],
    value: Annotated[str, typer.Argument(help="A text, or JSON: 21, null, [..]. · Un texte, ou du JSON.")],
    translated_from: Annotated[
        str | None, typer.Option(help="The text that it translates, if not the present one. · Le texte traduit.")
    ] = None,
    reason: Reason = None,
    by: By = None,
) -> None:
    """Set the value of a field; the pages' own value is kept beside it.

    Donner sa valeur à un champ; celle des pages reste à côté.
    """
    from passerelle.review.deciding import Act  # noqa: PLC0415

    with _at_desk(context, by) as desk:
        told = _value(path, value)
        desk.take(Act("edit", record, path, told, translated_from=translated_from, reason=reason))


@app.command(
    epilog=epilog("passerelle decide approve ini-7f3k9q2m ini-2b8x0c4d", "passerelle decide approve ID --path name.en")
)
def approve(
    context: typer.Context,
    records: Annotated[list[str], typer.Argument(metavar="ID…", help="Ids of records. · Identifiants.")],
    path: Annotated[str | None, typer.Option(help="Only this text. · Seulement ce texte.")] = None,
    by: PublicBy = None,
) -> None:
    """Approve records as they stand, or one of their texts; several are one act, undone as one.

    Approuver des fiches telles quelles, ou un de leurs textes.
    """
    from passerelle.review.deciding import Act  # noqa: PLC0415

    with _at_desk(context, by) as desk:
        desk.take(*(Act("approve", record, path) for record in records))


@app.command(epilog=epilog('passerelle decide reopen ini-7f3k9q2m --reason "the ages look wrong"'))
def reopen(context: typer.Context, record: Record, reason: Reason = None, by: PublicBy = None) -> None:
    """Ask for another look at a record; needs a reason.

    Demander un nouvel examen d’une fiche; dites pourquoi.
    """
    from passerelle.review.deciding import Act  # noqa: PLC0415

    with _at_desk(context, by) as desk:
        desk.take(Act("reopen", record, reason=reason))


@app.command(epilog=epilog('passerelle decide reject ini-7f3k9q2m --reason "not an initiative"'))
def reject(context: typer.Context, record: Record, reason: Reason = None, by: By = None, later: Later = False) -> None:
    """Leave a record out of the data set; ``withdraw`` also takes it out of what is published already.

    Écarter une fiche du jeu de données; needs a reason. · Dites pourquoi.
    """
    from passerelle.review.deciding import Act  # noqa: PLC0415

    with _at_desk(context, by) as desk:
        desk.take(Act("reject", record, reason=reason))
        desk.rematch(later=later)


@app.command(epilog=epilog("passerelle decide merge ID OTHER --preview", "passerelle decide merge ID OTHER"))
def merge(
    context: typer.Context,
    *,
    record: Record,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="Id of the other record. · L’autre fiche.")],
    reason: Reason = None,
    by: By = None,
    preview: Preview = False,
    later: Later = False,
) -> None:
    """Make one record of two; the id that was seen first lives on, the other leads to it.

    Réunir deux fiches; l’identifiant le plus ancien demeure, l’autre y mène.
    """
    from passerelle.cli.decide_shown import show_merge  # noqa: PLC0415
    from passerelle.review.deciding import Act  # noqa: PLC0415

    with _at_desk(context, by) as desk:
        if preview:
            with desk.session() as session:
                show_merge(desk.desk, desk.help.preview_merge(session, record, other))
            return
        desk.take(Act("merge", record, value=other, reason=reason))
        desk.rematch(later=later)


@app.command(
    epilog=epilog(
        "passerelle decide split ID OTHER",
        "OTHER is an id that leads here since a merge, one of the record's source keys, or a record to keep apart.",
    )
)
def split(
    context: typer.Context,
    *,
    record: Record,
    part: Annotated[str, typer.Argument(metavar="OTHER", help="What to part from it. · Ce qui s’en sépare.")],
    reason: Reason = None,
    by: By = None,
    preview: Preview = False,
    later: Later = False,
) -> None:
    """Part a record in two, or keep two records apart for ever.

    Séparer une fiche en deux, ou tenir deux fiches à part pour toujours.
    """
    from passerelle.cli.decide_shown import show_parts  # noqa: PLC0415
    from passerelle.review.deciding import Act  # noqa: PLC0415

    with _at_desk(context, by) as desk:
        if preview:
            with desk.session() as session:
                show_parts(desk.desk, desk.help.preview_split(session, record, part))
            return
        desk.take(Act("split", record, value=part, reason=reason))
        desk.rematch(later=later)


@app.command(epilog=epilog('passerelle decide comment ini-7f3k9q2m "I wrote to them; they answer on Monday."'))
def comment(
    context: typer.Context,
    record: Record,
    text: Annotated[str, typer.Argument(help="What to say. · Ce qu’il y a à dire.")],
    by: By = None,
) -> None:
    """Leave a word on a record for the other curators.

    Laisser un mot sur une fiche pour les autres.
    """
    from passerelle.review.deciding import Act  # noqa: PLC0415

    with _at_desk(context, by) as desk:
        desk.take(Act("comment", record, value=text))


@app.command(
    epilog=epilog(
        'passerelle decide create "Atelier du Large" --sector community --municipality Rimouski',
        'passerelle decide edit ID lead_organization \'{"id": "org-…", "name": "Atelier du Large"}\'',
        "Should a page name it one day, it will be the same record.",
    )
)
def create(
    context: typer.Context,
    *,
    name: Annotated[str, typer.Argument(help="Its name. · Son nom.")],
    other_name: Annotated[str | None, typer.Option(help="In the other language. · Dans l’autre langue.")] = None,
    acronym: Annotated[str | None, typer.Option(help="Its short form. · Son sigle.")] = None,
    sector: Annotated[str | None, typer.Option(help="A code of the list. · Un code de la liste.")] = None,
    municipality: Annotated[str | None, typer.Option(help="Where it is. · Où elle est.")] = None,
    reason: Reason = None,
    by: By = None,
) -> None:
    """Create an organisation that no page names, so that records can name it.

    Créer une organisation qu’aucune page ne nomme.
    """
    from passerelle.review.deciding import Act  # noqa: PLC0415

    told = {"other_name": other_name, "acronym": acronym, "sector": sector, "municipality": municipality}
    with _at_desk(context, by) as desk:
        desk.take(Act("create", "", value={"name": name, **told}, reason=reason))


Named = Annotated[str, typer.Argument(metavar="DECISION", help="Id of a decision. · Identifiant d’une décision.")]


@app.command(epilog=epilog("passerelle decide undo 20261121T083000.000000Z-1a2b3c4d"))
def undo(context: typer.Context, decision: Named, reason: Reason = None, by: By = None, later: Later = False) -> None:
    """Undo a decision, with all others of the same act.

    Annuler une décision, et toutes celles du même geste.
    """
    from passerelle.review.deciding import undo as take_back  # noqa: PLC0415

    with _at_desk(context, by) as desk:
        with desk.session() as session:
            made = take_back(session, decision, by=desk.by, help=desk.help, reason=reason)
        desk.desk.tell("decide.undone", count=len(made), id=decision)
        desk.rematch(later=later)


@app.command(epilog=epilog("passerelle decide redo 20261121T083000.000000Z-1a2b3c4d"))
def redo(context: typer.Context, decision: Named, by: By = None, later: Later = False) -> None:
    """Bring back a decision that was undone.

    Rétablir une décision annulée.
    """
    from passerelle.review.deciding import redo as bring_back  # noqa: PLC0415

    with _at_desk(context, by) as desk:
        with desk.session() as session:
            made = bring_back(session, decision, by=desk.by, help=desk.help)
        desk.desk.tell("decide.redone", count=len(made))
        desk.rematch(later=later)


@app.command(
    epilog=epilog(
        "passerelle decide history", "passerelle decide history ini-7f3k9q2m", "passerelle decide history --of ana"
    )
)
def history(
    context: typer.Context,
    record: Annotated[str | None, typer.Argument(metavar="[ID]", help="Id of a record. · Identifiant.")] = None,
    of: Annotated[str | None, typer.Option("--of", help="Only this person's. · Seulement de cette personne.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many acts. · Combien.")] = 20,
) -> None:
    """Show what was decided: of a record, of a person or of everybody, newest first.

    Montrer ce qui a été décidé, le plus récent d’abord.
    """
    from passerelle.cli.decide_shown import show_history  # noqa: PLC0415
    from passerelle.review.history import history as of_all  # noqa: PLC0415
    from passerelle.review.history import record_history  # noqa: PLC0415

    with _at_desk(context, None) as desk, desk.session() as session:
        told = record_history(session, record) if record else of_all(session, by=of, size=limit).entries
        show_history(desk.desk, [one for one in told if of in (None, one.first.by)][:limit])


@app.command(
    epilog=epilog(
        "passerelle decide queue",
        "passerelle decide queue relais trottoir",
        "passerelle decide queue --reason changed-source --source exemple",
    )
)
def queue(
    context: typer.Context,
    *,
    words: Annotated[list[str] | None, typer.Argument(help="Words to find. · Mots à trouver.")] = None,
    reason: Annotated[str, typer.Option(help="new, changed-source, possible-duplicate … · Raison.")] = "any",
    source: Annotated[str, typer.Option(help="Name of a source. · Nom d’une source.")] = "",
    status: Annotated[str, typer.Option(help="unreviewed, approved, reopened, rejected. · État.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many. · Combien.")] = 20,
) -> None:
    """Show what needs eyes, most useful first.

    Montrer ce qui demande un examen, le plus utile d’abord.
    """
    from passerelle.cli.decide_shown import show_queue  # noqa: PLC0415
    from passerelle.review.queue import KNOWN, Filter, page  # noqa: PLC0415

    query = {"q": " ".join(words or ()), "reason": reason, "source": source, "status": status}
    for option, value in Filter.unknown(query).items():
        told = {"option": option, "value": value, "known": ", ".join(KNOWN[option])}
        raise CommandError(context.obj.text("decide.unknown", **told), USAGE)
    with _at_desk(context, None) as desk, desk.session() as session:
        show_queue(desk.desk, page(session, Filter.from_query(query), size=limit))


@dataclass(frozen=True)
class _AtDesk:
    """A data set open for deciding."""

    desk: Desk
    workplace: Workplace
    help: Helper
    by: str

    @contextmanager
    def session(self) -> Iterator[Session]:
        with self.workplace.store.session() as session:
            yield session

    def take(self, *acts: Act) -> tuple[Decision, ...]:
        """Take decisions as one act, and say how to undo them."""
        from passerelle.review.deciding import decide  # noqa: PLC0415

        with self.session() as session:
            made = decide(session, acts, by=self.by, help=self.help)
        if not made:
            self.desk.tell("decide.nothing")
        elif len(made) == 1:
            self.desk.tell(
                "decide.done", what=self.desk.text(f"decide.act-{made[0].action}"), record=made[0].record, id=made[0].id
            )
        else:
            self.desk.tell("decide.several", count=len(made), id=made[0].id)
        return made

    def rematch(self, *, later: bool) -> None:
        """Let merges, splits and rejections take effect."""
        if later:
            self.desk.tell("decide.later")
        else:
            self.desk.tell("decide.matched", changed=self.help.rematch())


@contextmanager
def _at_desk(context: typer.Context, by: str | None) -> Iterator[_AtDesk]:
    from passerelle.review.errors import Conflict, InvalidAct  # noqa: PLC0415
    from passerelle.reviewing import helper  # noqa: PLC0415

    desk: Desk = context.obj
    try:
        with desk.workplace() as workplace:
            yield _AtDesk(desk, workplace, helper(workplace), by or getpass.getuser())
    except InvalidAct as refused:
        raise CommandError(_said(desk, refused.key, refused.values), USAGE) from refused
    except Conflict as conflict:
        raise CommandError(desk.text("decide.conflict", record=conflict.record), USAGE) from conflict


def _said(desk: Desk, key: str, values: Mapping[str, object]) -> str:
    from passerelle.review.web.words import translator  # noqa: PLC0415

    t = translator(desk.language)
    said = t(f"invalid.{key}", **values)
    detail = "" if said != t(f"invalid.{key}") else ", ".join(str(value) for value in values.values() if value)
    return desk.text("decide.refused", said=said, detail=detail) if detail else said


def _value(path: str, said: str) -> JsonValue:
    """Read a value: JSON where the field is no text, else the very words."""
    if path.rpartition(".")[2] in ("fr", "en"):
        return said
    try:
        told: JsonValue = json.loads(said)
    except ValueError:
        return said
    return told
