"""What ``doctor`` looks at: each check gives findings, none stops the others."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.exc import ArgumentError, DatabaseError

from passerelle.cli.desk import Desk
from passerelle.cli.errors import expected, said_of
from passerelle.crawling.archive import OPEN_SUFFIX, ArchiveError, RawPlace, UnreachableError, raw_place, read_body
from passerelle.publishing.folder import PublishError, current_release
from passerelle.publishing.report import FOLDER, REFUSED
from passerelle.publishing.verify import verify_release
from passerelle.store.captures import all_captures
from passerelle.store.database import Store, open_store
from passerelle.translation.errors import ModelError
from passerelle.translation.models import odd_folders
from passerelle.translation.verification import verify as verify_models
from schemas.source import SourceError


@dataclass(frozen=True)
class Finding:
    """One line of the doctor's report."""

    fine: bool
    key: str
    values: Mapping[str, object] = field(default_factory=dict)


def examine(desk: Desk) -> Iterator[Finding]:
    """Check home, sources, database, archive, release, packages and leftovers, in this order."""
    yield _home(desk)
    yield _sources(desk)
    yield from _database_and_archive(desk)
    yield _release(desk)
    yield from _refusal(desk)
    yield from _models(desk)
    yield _leftovers(desk)


def _home(desk: Desk) -> Finding:
    place = desk.settings.home
    try:
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=place):
            return Finding(True, "doctor.home", {"place": place})
    except OSError:
        return Finding(False, "doctor.home-bad", {"place": place})


def _sources(desk: Desk) -> Finding:
    try:
        return Finding(True, "doctor.sources", {"count": len(desk.sources())})
    except SourceError as error:
        return Finding(False, "doctor.sources-bad", {"said": error})


def _database_and_archive(desk: Desk) -> Iterator[Finding]:
    try:
        store = open_store(desk.settings.database_url)  # migrates it too
    except (DatabaseError, ArgumentError, OSError) as error:
        said, _ = expected(error, desk.language) or (str(error), 0)
        yield Finding(False, "doctor.database-bad", {"said": said})
        return
    try:
        yield Finding(True, "doctor.database")
        yield _captures(desk, store)
    finally:
        store.close()


def _captures(desk: Desk, store: Store) -> Finding:
    try:
        return _read_captures(desk, store, raw_place(desk.settings.raw, desk.settings.state))
    except (ArchiveError, UnreachableError) as error:
        return Finding(False, "doctor.archive-bad", {"said": error})


def _read_captures(desk: Desk, store: Store, raw: RawPlace) -> Finding:
    count, bad, said = 0, 0, ""
    with store.session() as session, desk.progress("progress.captures") as advance:
        for count, capture in enumerate(all_captures(session), 1):
            try:
                read_body(raw, capture.place, capture.digest)
            except ArchiveError as error:
                bad += 1
                said = said or str(error)
            advance(count, count)
    if bad:
        return Finding(False, "doctor.captures-bad", {"bad": bad, "count": count, "said": said})
    return Finding(True, "doctor.captures", {"count": count})


def _release(desk: Desk) -> Finding:
    release = current_release(desk.settings.curated)
    if release is None:
        return Finding(True, "doctor.no-release")
    problems = verify_release(release.folder)
    try:
        number: object = release.number
    except PublishError:
        number = release.folder.name
    if problems:
        return Finding(False, "doctor.release-bad", {"number": number, "bad": len(problems), "said": problems[0]})
    return Finding(True, "doctor.release", {"number": number})


def _refusal(desk: Desk) -> Iterator[Finding]:
    """Tell of a release that the gate refused; the next one that passes takes its report away."""
    report = desk.settings.curated / FOLDER / f"{REFUSED}.md"
    if report.exists():
        yield Finding(False, "doctor.refused", {"place": report})


def _models(desk: Desk) -> Iterator[Finding]:
    if desk.settings.engine != "argos":
        yield Finding(desk.settings.engine == "none", "doctor.no-engine", {"engine": desk.settings.engine})
        return
    try:
        found, odd = verify_models(desk.settings.packages), odd_folders(desk.settings.packages)
    except ModelError as error:
        yield Finding(False, "doctor.models-bad", {"said": error})
        return
    for folder in odd:  # no engine uses it, though somebody meant one to
        yield Finding(False, "models.odd", {"folder": folder.name, "why": said_of(folder.why, desk.language)})
    if not found:
        # A home without packages works: gaps stay pending, and this line says how to fill them.
        yield Finding(True, "doctor.no-models")
    for one in found:
        wrong = (desk.text(f"models.problem.{problem.name}", **problem.values) for problem in one.problems)
        said = one.package.label + "".join(f" ; {problem}" for problem in wrong)
        yield Finding(one.ok, "doctor.models" if one.ok else "doctor.models-bad", {"said": said})


def _leftovers(desk: Desk) -> Finding:
    settings = desk.settings
    found: list[Path] = [
        *_unfinished(desk),
        *settings.curated.glob("releases/.staging-*"),
        *settings.curated.glob(".new-*"),
    ]
    if not found:
        return Finding(True, "doctor.leftovers")
    home = settings.home
    names = (path.relative_to(home) if path.is_relative_to(home) else path for path in sorted(found))
    return Finding(False, "doctor.leftovers-bad", {"names": ", ".join(name.as_posix() for name in names)})


def _unfinished(desk: Desk) -> Iterator[Path]:
    try:
        yield from raw_place(desk.settings.raw, desk.settings.state).open_folder.rglob(f"*{OPEN_SUFFIX}")
    except ArchiveError:
        return  # told with the captures
