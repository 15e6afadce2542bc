"""The command line put together: global options, the commands in the order of the way of the data, error handling."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Annotated, Any

import typer
from typer._click.exceptions import NoArgsIsHelpError, UsageError  # Typer carries its own Click and exports neither
from typer.core import TyperGroup

from passerelle.cli import (
    care,
    crawling,
    decide,
    exporting,
    memory,
    models,
    pages,
    privacy,
    reading,
    releases,
    review,
    schedules,
    serve,
    sheet,
    sources,
    stations,
    terms,
    translating,
    users,
    xliff,
)
from passerelle.cli.desk import Desk, chosen_language, set_up_logging
from passerelle.cli.errors import INTERRUPTED, USAGE, expected
from passerelle.cli.messages import message

EPILOG = """
Examples · Exemples

passerelle run examples/site/manifest.json

passerelle show "relais trottoir"

passerelle --home ~/donnees --lang fr issues --stage extract

--home, --lang and --verbose may stand anywhere. Exit codes: docs/exit-codes.md.
"""

_VALUED = ("--home", "--lang")
_FLAGS = ("--verbose",)


class PasserelleGroup(TyperGroup):
    """The root command: global options may stand anywhere, and expected errors end in one line."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take the global options to the front first."""
        return super().parse_args(ctx, _globals_first(args))

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Read the global options; what is wrong with them is said in the language asked for."""
        asked = next((arg.partition("=")[2] or value for arg, value in zip(args, [*args[1:], ""], strict=True)
                      if arg.partition("=")[0] == "--lang"), None)  # fmt: skip
        try:
            return super().make_context(info_name, args, parent, **extra)
        except UsageError as error:
            _refuse_usage(error, chosen_language(asked))
            raise

    def invoke(self, ctx: Any) -> Any:
        """Run a command; an expected error is one line and an exit code, a bug keeps its traceback."""
        try:
            return super().invoke(ctx)
        except UsageError as error:
            _refuse_usage(error, _language(ctx))
            raise
        except KeyboardInterrupt:
            typer.echo(message("interrupted", _language(ctx)), err=True)
            raise typer.Exit(INTERRUPTED) from None
        except Exception as error:
            known = expected(error, _language(ctx))
            if known is None:
                raise
            if isinstance(ctx.obj, Desk) and ctx.obj.verbose:
                traceback.print_exc()
            said, code = known
            typer.echo(message("error", _language(ctx), said=said), err=True)
            raise typer.Exit(code) from error


def _language(ctx: Any) -> Any:
    return ctx.obj.language if isinstance(ctx.obj, Desk) else chosen_language(ctx.params.get("lang"))


def _refuse_usage(error: UsageError, language: str) -> None:
    """Say in French what is wrong with the usage, and end; in English Typer says it."""
    if language != "fr" or isinstance(error, NoArgsIsHelpError):
        return
    from passerelle.cli.usage_errors import as_lines  # noqa: PLC0415

    typer.echo(as_lines(error), err=True)
    raise typer.Exit(USAGE) from error


def _globals_first(args: list[str]) -> list[str]:
    """Move --home, --lang and --verbose before the command, up to a ``--``."""
    front: list[str] = []
    rest: list[str] = []
    todo = iter(args)
    for arg in todo:
        if arg == "--":
            return [*front, *rest, arg, *todo]
        if arg in _VALUED:
            front += [arg, *([value] if (value := next(todo, None)) is not None else [])]
        elif arg in _FLAGS or arg.startswith(tuple(f"{name}=" for name in _VALUED)):
            front.append(arg)
        else:
            rest.append(arg)
    return [*front, *rest]


def _show_version(value: bool) -> None:
    if value:
        from importlib.metadata import version  # noqa: PLC0415

        typer.echo(f"passerelle {version('passerelle')}")
        raise typer.Exit


app = typer.Typer(
    cls=PasserelleGroup,
    rich_markup_mode="rich",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    epilog=EPILOG,
)


@app.callback()
def passerelle(
    context: typer.Context,
    home: Annotated[
        Path | None,
        typer.Option(
            envvar="PASSERELLE_HOME",
            file_okay=False,
            help="Folder of raw/, curated/ and the database. · Dossier des données.",
        ),
    ] = None,
    lang: Annotated[
        str | None, typer.Option(metavar="fr|en", help="Language of messages. · Langue des messages.")
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Log more, to stderr. · Journal détaillé.")] = False,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version. · La version.")
    ] = False,
) -> None:
    """Carry community organisations' pages into one bilingual, checked data set.

    Des pages d’organismes communautaires à un jeu de données bilingue et vérifié.
    """
    if lang not in {None, "fr", "en"}:
        raise typer.BadParameter("fr or en · fr ou en", param_hint="--lang")
    set_up_logging(verbose=verbose)
    context.obj = Desk(home=home, language=chosen_language(lang), verbose=verbose)


crawling.add_to(app)
stations.add_to(app)
translating.add_to(app)
reading.add_to(app)
exporting.add_to(app)
serve.add_to(app)
review.add_to(app)
app.add_typer(decide.app, name="decide", rich_help_panel=decide.PANEL)
app.add_typer(sheet.app, name="sheet", rich_help_panel=sheet.PANEL)
app.add_typer(sources.app, name="sources", rich_help_panel=sources.PANEL)
pages.add_to(app)
app.add_typer(models.app, name="models", rich_help_panel=models.PANEL)
app.add_typer(terms.app, name="terms", rich_help_panel=terms.PANEL)
app.add_typer(memory.app, name="memory", rich_help_panel=memory.PANEL)
app.add_typer(xliff.app, name="xliff", rich_help_panel=xliff.PANEL)
schedules.add_to(app)
care.add_to(app)
privacy.add_to(app)
app.add_typer(users.app, name="users", rich_help_panel=users.PANEL)
app.add_typer(releases.app, name="releases", rich_help_panel=releases.PANEL)
