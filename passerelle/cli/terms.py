"""``passerelle terms``: the sector's language in French and English."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from passerelle.cli.desk import Desk, console, epilog
from passerelle.cli.errors import USAGE

PANEL = "Look after · Entretenir"

app = typer.Typer(
    no_args_is_help=True,
    help="List, check and export the termbase.\n\nLa base terminologique.",
    epilog="Examples · Exemples\n\npasserelle terms list fugue\n\npasserelle terms export terms.tbx",
)


@app.command("list", epilog=epilog("passerelle terms list", "passerelle terms list outreach"))
def list_terms(
    context: typer.Context,
    word: Annotated[
        str, typer.Argument(help="Only terms that hold it. · Seulement les termes qui le contiennent.")
    ] = "",
) -> None:
    """List the terms with their translations, and the renderings to avoid.

    Lister les termes, leurs traductions et ce qui est à éviter.
    """
    from rich.table import Table  # noqa: PLC0415

    from passerelle.translation.termbase import load_terms  # noqa: PLC0415

    desk: Desk = context.obj
    table = Table(*(desk.text(f"terms.{column}") for column in ("fr", "en", "avoid", "subject")), box=None)
    found = [term for term in load_terms() if word.lower() in " ".join((*term.fr.written, *term.en.written)).lower()]
    for term in found:
        avoid = ", ".join((*term.fr.avoid, *term.en.avoid))
        table.add_row(", ".join(term.fr.good), ", ".join(term.en.good), avoid, term.subject)
    console().print(table)
    desk.tell("terms.count", count=len(found))


@app.command(epilog=epilog("passerelle terms check", "passerelle terms check my-terms/"))
def check(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(exists=True, file_okay=False, help="Another folder. · Un autre dossier.")
    ] = None,
) -> None:
    """Check every file of terms; each problem is told with its file, line and field.

    Vérifier chaque fichier de termes; chaque problème est dit avec son fichier, sa ligne et son champ.
    """
    from passerelle.translation.termbase import FOLDER, read_terms  # noqa: PLC0415

    desk: Desk = context.obj
    terms, problems = read_terms(folder or FOLDER)
    for problem in problems:
        typer.echo(problem.text(desk.language))
    desk.tell("terms.trouble" if problems else "terms.fine", count=len(terms), problems=len(problems))
    raise typer.Exit(USAGE if problems else 0)


@app.command(epilog=epilog("passerelle terms export terms.tbx", "passerelle terms export - | less"))
def export(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(allow_dash=True, help="The .tbx file, or - . · Le fichier .tbx, ou - .")],
) -> None:
    """Write the termbase as TBX-Basic (ISO 30042), for terminology tools.

    Écrire la base en TBX-Basic (ISO 30042), pour les outils de terminologie.
    """
    from passerelle.translation.exchange import write_whole  # noqa: PLC0415
    from passerelle.translation.tbx import to_tbx  # noqa: PLC0415
    from passerelle.translation.termbase import load_terms  # noqa: PLC0415

    desk: Desk = context.obj
    terms = load_terms()
    if str(path) == "-":
        typer.echo(to_tbx(terms), nl=False)
        return
    write_whole(path, to_tbx(terms).encode())
    desk.tell("terms.exported", count=len(terms), path=path)
