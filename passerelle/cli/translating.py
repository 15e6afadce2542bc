"""``passerelle translate-text``: lines in, lines out; and the report of ``passerelle translate``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from passerelle.cli.desk import Desk, console
from passerelle.cli.errors import TROUBLE, USAGE, CommandError
from passerelle.translation.reasons import reason_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from passerelle.pipeline import StationReport
    from passerelle.translation.memory import Memory

PANEL = "The way of the data · Le chemin des données"


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    examples = "passerelle translate-text --from fr --to en < texts.fr > texts.en"
    epilog = f"Examples · Exemples\n\n{examples}"
    app.command("translate-text", rich_help_panel=PANEL, epilog=epilog)(translate_text)


def translate_text(
    context: typer.Context,
    source: Annotated[str, typer.Option("--from", metavar="fr|en", help="Language of the lines. · Langue de départ.")],
    to: Annotated[str, typer.Option(metavar="fr|en", help="Language to translate into. · Langue d’arrivée.")],
    raw: Annotated[bool, typer.Option("--raw", help="The bare engine, unchecked. · Le moteur seul.")] = False,
    memory: Annotated[bool, typer.Option("--memory", help="Use this home's memory too. · Avec la mémoire.")] = False,
) -> None:
    """Translate lines of standard input through the whole station; a line that stays pending comes out empty.

    Traduire des lignes comme le fait la station; une ligne en attente sort vide.
    """
    from passerelle.pipeline import chosen_engine  # noqa: PLC0415
    from passerelle.translation.lines import translate_lines  # noqa: PLC0415

    desk: Desk = context.obj
    languages = desk.one_of(source, "--from"), desk.one_of(to, "--to")
    if languages[0] == languages[1]:
        raise CommandError(desk.text("translate-text.same"), USAGE)
    engine = chosen_engine(desk.settings)
    if not engine.available(*languages) and not memory:
        raise CommandError(desk.text("translate-text.no-engine", source=source, target=to, engine=engine.name), TROUBLE)
    odd: set[int] = set()
    known = _memory(desk, full=memory)
    for number, line in enumerate(translate_lines(_lines(odd), *languages, known, engine, raw=raw), 1):
        sys.stdout.write(line.text + "\n")
        if number in odd:
            desk.warn("translate-text.pending", line=number, reason=desk.text("translate-text.not-utf-8"))
        elif line.reason and not line.text:
            french = line.reason_fr if desk.language == "fr" else None
            reason = french or reason_label(line.reason, desk.language)
            desk.warn("translate-text.pending", line=number, reason=reason)
    sys.stdout.flush()


def _lines(odd: set[int]) -> Iterator[str]:
    """Read standard input; a line that is not UTF-8 is empty, and its number is noted."""
    for number, line in enumerate(sys.stdin.buffer, 1):
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError:
            odd.add(number)
            yield ""


def _memory(desk: Desk, *, full: bool) -> Memory:
    """Open the home's memory where it is asked for; the machine's answers of this run are not kept."""
    from passerelle.pipeline import known_texts  # noqa: PLC0415
    from passerelle.store.records import load_matched  # noqa: PLC0415
    from passerelle.translation.memory import Memory  # noqa: PLC0415

    if not full:
        return Memory()
    with desk.workplace() as workplace, workplace.store.session() as session:
        return known_texts(session, load_matched(session))


def tell_report(desk: Desk, done: StationReport) -> None:
    """Say language by language where texts come from, why some are pending, and how fast the engine was."""
    from rich.table import Table  # noqa: PLC0415

    from passerelle.cli.search import with_all_texts  # noqa: PLC0415
    from passerelle.store.log import load_issues  # noqa: PLC0415
    from passerelle.translation.report import ORIGINS, report  # noqa: PLC0415

    with desk.workplace() as workplace:
        records, _ = with_all_texts(workplace)
        with workplace.store.session() as session:
            failed = [one for one in load_issues(session) if one.stage == "translate" and one.code == "engine-failed"]
    table = Table("", *(desk.text(f"origin.{origin}") for origin in ORIGINS), desk.text("stale"), box=None)
    counted = report(records)
    for one in counted:
        texts = [desk.text("report.cell", texts=one.texts[origin], words=one.words[origin]) for origin in ORIGINS]
        table.add_row(one.language, *texts, str(one.stale))
    console().print(table)
    desk.tell("report.counted")
    for one in counted:
        for (reason, engine), count in sorted(one.reasons.items()):
            why = reason_label(reason, desk.language) + (f" · {engine}" if engine else "")
            desk.tell("report.pending", language=one.language, count=count, why=why)
    for issue in failed:
        typer.echo((issue.message_fr if desk.language == "fr" else None) or issue.message)
    lacking = any(reason == "no-engine" for one in counted for reason, _ in one.reasons)
    if lacking:
        desk.tell("report.no-engine", engine=desk.settings.engine)
    if done.words or not (lacking or failed):
        speed = round(done.words / done.seconds) if done.seconds else 0
        desk.tell("report.speed" if done.words else "report.known", words=done.words, speed=speed)
