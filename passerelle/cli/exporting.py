"""``passerelle export``: a release in the formats of other programs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from passerelle.cli.desk import Desk, console
from passerelle.cli.errors import TROUBLE, USAGE, CommandError

if TYPE_CHECKING:
    from passerelle.publishing.exports.formats import Format
    from passerelle.publishing.exports.narrow import Wanted
    from passerelle.publishing.folder import Release
    from passerelle.publishing.view import View
    from schemas.base import Language
    from schemas.records import Initiative

_READ = ("initiatives.ndjson", "organizations.ndjson", "news.ndjson", "changes.ndjson")
"""Files of a release that exports are made from."""

PANEL = "Publish · Publier"
EPILOG = """
Examples · Exemples

passerelle export --list

passerelle export hsds --out exports/hsds

passerelle export datapackage --out montreal --region 06 --reviewed-only

passerelle export csv --out fugue --theme runaway --language fr --release 3
"""


def add_to(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command(rich_help_panel=PANEL, epilog=EPILOG)(export)


def export(
    context: typer.Context,
    format_name: Annotated[
        str | None, typer.Argument(metavar="[FORMAT]", help="One of those that --list explains. · Un format de --list.")
    ] = None,
    *,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="New folder to write to. · Nouveau dossier où écrire.")
    ] = None,
    release: Annotated[
        int | None, typer.Option(min=1, help="Number of a kept release; else the one served. · Numéro de version.")
    ] = None,
    region: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="Only these regions, 01 to 17; repeatable. · Régions.")
    ] = None,
    theme: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="Only these themes; repeatable. · Thèmes.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="fr|en", help="Texts in this language only. · Textes dans cette langue.")
    ] = None,
    reviewed_only: Annotated[
        bool, typer.Option("--reviewed-only", help="Only what a curator approved. · Seules les fiches approuvées.")
    ] = False,
    curated: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Another folder of releases, or one release. · Autre dossier de versions."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace an export that stands there. · Remplacer un export.")
    ] = False,
    list_formats: Annotated[bool, typer.Option("--list", help="Explain the formats. · Expliquer les formats.")] = False,
) -> None:
    """Write a release in a standard format, whole or in part, into a folder of its own.

    Écrire une version dans un format normalisé, en tout ou en partie, dans un dossier à elle.
    """
    from passerelle.publishing.exports.writing import export as write  # noqa: PLC0415

    desk: Desk = context.obj
    if list_formats or format_name is None:
        _explain(desk)
        raise typer.Exit(0 if list_formats else USAGE)
    form = _format(desk, format_name)
    wanted = _wanted(desk, region or (), theme or (), reviewed_only=reviewed_only)
    languages = _languages(desk, language)
    if out is None:
        raise CommandError(desk.text("export.no-out", format=form.name), USAGE)
    found = _release(desk, curated or desk.settings.curated, release)
    with desk.progress("progress.export") as advance:
        try:
            note = write(_counted(found, advance), form, out, wanted=wanted, languages=languages, force=force)
        except OSError as error:
            said = error.strerror or error
            raise CommandError(desk.text("export.unwritable", place=out, said=said), TROUBLE) from error
    desk.tell("export.done", number=note.release, format=form.name, files=note.files, place=out)


def _explain(desk: Desk) -> None:
    from rich.table import Table  # noqa: PLC0415

    from passerelle.publishing.exports.formats import FORMATS  # noqa: PLC0415

    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    for column in ("format", "standard", "use"):
        table.add_column(desk.text(f"export.{column}"), no_wrap=column == "format")
    for form in FORMATS.values():
        table.add_row(form.name, form.standard, form.use.get(desk.language))
    console().print(table)


def _format(desk: Desk, name: str) -> Format:
    from importlib.util import find_spec  # noqa: PLC0415

    from passerelle.publishing.exports.formats import FORMATS  # noqa: PLC0415

    form = FORMATS.get(name)
    if form is None:
        raise CommandError(desk.text("issues.unknown", value=name, choices=", ".join(FORMATS)), USAGE)
    if form.module and find_spec(form.module) is None:
        raise CommandError(desk.text("export.needs", format=name, module=form.module, python=sys.executable), TROUBLE)
    return form


def _wanted(desk: Desk, regions: Iterable[str], themes: Iterable[str], *, reviewed_only: bool) -> Wanted:
    from passerelle.publishing.exports.narrow import Wanted  # noqa: PLC0415
    from schemas.gazetteer import regions as all_regions  # noqa: PLC0415
    from schemas.vocabulary import vocabulary  # noqa: PLC0415

    known = {"--region": [one.code for one in all_regions()], "--theme": list(vocabulary("themes").codes)}
    for option, given in (("--region", regions), ("--theme", themes)):
        for value in given:
            if value not in known[option]:
                said = desk.text("issues.unknown", value=value, choices=", ".join(known[option]))
                raise CommandError(f"{option}: {said}", USAGE)
    return Wanted(frozenset(regions), frozenset(themes), reviewed_only)


def _languages(desk: Desk, given: str | None) -> tuple[Language, ...]:
    from schemas.base import LANGUAGES  # noqa: PLC0415

    chosen = tuple(language for language in LANGUAGES if given in {None, language})
    if not chosen:
        raise CommandError(desk.text("issues.unknown", value=given, choices=", ".join(LANGUAGES)), USAGE)
    return chosen


def _release(desk: Desk, curated: Path, number: int | None) -> Release:
    """Find the release asked for: of a folder of releases, or the folder itself where it is one."""
    from passerelle.publishing import folder  # noqa: PLC0415
    from schemas.records import SCHEMA_VERSION  # noqa: PLC0415

    if (curated / folder.MANIFEST).is_file():
        found: Release | None = folder.Release(curated)
    elif number is not None and (folder.release_folder(curated, number) / folder.MANIFEST).is_file():
        found = folder.Release(folder.release_folder(curated, number))
    else:
        found = folder.current_release(curated) if number is None else None
    if found is None or (number is not None and found.number != number):
        kept = sorted(int(one.name) for one in (curated / "releases").glob("*") if one.name.isdecimal())
        there = ", ".join(map(str, kept)) or "–"
        key = "export.no-release" if number is not None else "export.none"
        raise CommandError(desk.text(key, number=number, place=curated, there=there), USAGE)
    schema = found.manifest.schema_version
    if schema != SCHEMA_VERSION:
        raise CommandError(
            desk.text("export.schema", number=found.number, schema=schema, known=SCHEMA_VERSION), TROUBLE
        )
    missing = [name for name in _READ if not (found.folder / name).is_file()]
    if missing:
        raise CommandError(desk.text("export.old", number=found.number, files=", ".join(missing)), TROUBLE)
    return found


def _counted(release: Release, advance: Callable[[int, int], None]) -> View:
    """Give the view of a release that moves the bar as its initiatives are read; some formats read them twice."""
    from passerelle.publishing.view import view_of  # noqa: PLC0415

    view = view_of(release)
    total = release.manifest.counts.get("initiatives", 0)
    return replace(view, initiatives=_Counted(view.initiatives, lambda done: advance(done, total)))


class _Counted:
    """Initiatives that tell how many have passed."""

    def __init__(self, initiatives: Iterable[Initiative], tell: Callable[[int], None]) -> None:
        self._initiatives = initiatives
        self._tell = tell

    def __iter__(self) -> Iterator[Initiative]:
        for done, initiative in enumerate(self._initiatives, 1):
            self._tell(done)
            yield initiative
