"""Take in pages given by hand: a manifest of files becomes captures in the archive."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from passerelle.crawling.archive import RawPlace, new_warc, record_pages, recover
from passerelle.store.captures import captures_of
from passerelle.store.database import Store
from passerelle.store.log import replace_issues
from schemas.capture import ManifestEntry, digest_of
from schemas.issue import Issue, Severity
from schemas.source import Source
from schemas.urls import normal_url

BATCH = 200
"""Files held in memory at a time; each batch is a WARC file of its own for each source."""


class ManifestError(ValueError):
    """A manifest that cannot be read at all; the message says what to do."""


@dataclass(frozen=True)
class IngestReport:
    """What came of a manifest, or of what was given in its place."""

    new: int
    known: int
    issues: tuple[Issue, ...]
    is_interrupted: bool = False

    @property
    def skipped(self) -> int:
        """Inputs that were not taken."""
        return sum(issue.severity == "error" for issue in self.issues)


@dataclass(frozen=True)
class _File:
    entry: ManifestEntry
    body: bytes
    url: str | None

    @property
    def page(self) -> str:
        return self.url or f"urn:{digest_of(self.body)}"


def read_manifest(path: Path) -> tuple[tuple[ManifestEntry, ...], tuple[Issue, ...]]:
    """Read a manifest leniently: a bad entry costs that entry and one issue, never the others.

    Raises:
        ManifestError: the file is missing, is not JSON, or has no list of captures.
    """
    try:
        content = json.loads(path.read_text("utf-8"))
    except OSError as error:
        msg = f"{path}: {error.strerror}; give the path of a manifest such as examples/site/manifest.json"
        raise ManifestError(msg) from error
    except ValueError as error:
        msg = f"{path}: not valid JSON ({error})"
        raise ManifestError(msg) from error
    if not isinstance(content, dict) or not isinstance(content.get("captures"), list):
        msg = f'{path}: no list of captures; write {{"captures": [{{"path": …, "source": …, "captured_at": …}}]}}'
        raise ManifestError(msg)
    issues = [_unknown(key, "the manifest", path.name) for key in sorted(set(content) - {"about", "captures"})]
    entries = []
    for number, raw in enumerate(content["captures"], 1):
        entry, problems = _read_entry(raw, number, path.name)
        issues += problems
        entries += [entry] if entry else []
    return tuple(entries), tuple(issues)


def ingest_manifest(
    path: Path,
    *,
    store: Store,
    raw: Path | RawPlace,
    sources: Mapping[str, Source],
    progress: Callable[[int], object] = lambda _: None,
) -> IngestReport:
    """Archive every file of a manifest and record it as a capture; files known already are left alone.

    The bodies are on disk before the database speaks of them, so that a crash between the two costs nothing.

    Raises:
        ManifestError: see ``read_manifest``.
    """
    entries, problems = read_manifest(path)
    return ingest_entries(entries, problems, path, store=store, raw=raw, sources=sources, progress=progress)


def ingest_page(
    path: Path,
    *,
    source: str,
    url: str | None,
    captured_at: datetime,
    store: Store,
    raw: Path | RawPlace,
    sources: Mapping[str, Source],
) -> IngestReport:
    """Archive one page given by hand, as if a manifest beside it named it.

    Raises:
        pydantic.ValidationError: the source's name or the time is not one.
    """
    entry = ManifestEntry(path=path.name, url=url, source=source, captured_at=captured_at)
    return ingest_entries((entry,), (), path, store=store, raw=raw, sources=sources)


def ingest_entries(
    entries: Sequence[ManifestEntry],
    problems: Sequence[Issue],
    path: Path,
    *,
    store: Store,
    raw: Path | RawPlace,
    sources: Mapping[str, Source],
    progress: Callable[[int], object] = lambda _: None,
) -> IngestReport:
    """Archive the files of entries that were read from a manifest, or made for files in its place.

    ``path`` is the manifest's: the entries' paths are relative to its folder, and its issues replace those of its
    last run.
    """
    issues = [*problems, *recover(raw, lambda found: record_pages(store, found), stage="ingest")]
    claims: dict[tuple[str, datetime], tuple[str, str]] = {}
    new = taken = 0
    for start in range(0, len(entries), BATCH):
        found = [_open_file(entry, path) for entry in entries[start : start + BATCH]]
        issues += [one for one in found if isinstance(one, Issue)]
        files = sorted((one for one in found if isinstance(one, _File)), key=lambda f: f.entry.source)
        issues += _claims(files, claims, path.name)
        for source, group in groupby(files, key=lambda f: f.entry.source):
            new += _archive(source, list(group), store, raw, progress)
        taken += len(files)
    issues += unknown_sources((entry.source for entry in entries), sources, path.name)
    with store.session() as session:
        replace_issues(session, "ingest", issues, batch=path.resolve().as_posix())
    return IngestReport(new=new, known=taken - new, issues=tuple(issues))


def _read_entry(raw: Any, number: int, manifest: str) -> tuple[ManifestEntry | None, list[Issue]]:
    if not isinstance(raw, dict):
        return None, [
            ingest_issue("error", "bad-manifest-entry", f"Entry {number} is not an object; it was skipped.", manifest)
        ]
    unknown = sorted(set(raw) - set(ManifestEntry.model_fields))
    issues = [_unknown(key, f"entry {number}", manifest) for key in unknown]
    try:
        return ManifestEntry.model_validate({k: v for k, v in raw.items() if k not in unknown}), issues
    except ValidationError as error:
        said = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        problem = f"Entry {number} ({raw.get('path', 'no path')}) was skipped: {said}."
        return None, [*issues, ingest_issue("error", "bad-manifest-entry", problem, manifest)]


def _open_file(entry: ManifestEntry, manifest: Path) -> _File | Issue:
    folder = manifest.resolve().parent
    path = (folder / entry.path).resolve()
    if not path.is_relative_to(folder):
        message = f"{entry.path} lies outside the manifest's folder and was skipped; move the file beside the manifest."
        return ingest_issue("error", "outside-folder", message, manifest.name)
    try:
        body = path.read_bytes()
    except OSError as error:
        message = f"{entry.path} cannot be read ({error.strerror}) and was skipped."
        return ingest_issue("error", "file-not-found", message, manifest.name)
    url = normal_url(entry.url) if entry.url else None
    if entry.url and not url:
        message = f"{entry.path}: {entry.url} is not an http or https URL; the file was skipped, correct its url."
        return ingest_issue("error", "bad-url", message, manifest.name)
    return _File(entry, body, url)


def _archive(
    source: str, files: list[_File], store: Store, raw: Path | RawPlace, progress: Callable[[int], object]
) -> int:
    fresh = {(f.page, f.entry.captured_at, digest_of(f.body)): f for f in files if not _known(f, store)}
    progress(len(files) - len(fresh))
    if not fresh:
        return 0
    stem = "ingest-" + digest_of("".join(sorted(map(str, fresh))).encode())[7:23]
    year = max(at for _, at, _ in fresh).year
    with new_warc(raw, source, year, stem) as warc:
        for (page, at, _), file in fresh.items():
            media_type = file.entry.media_type or mimetypes.guess_type(file.entry.path)[0] or "text/html"
            notes = {"urlAsked": file.entry.url or "", "fileName": file.entry.path}
            warc.write_resource(file.body, uri=page, media_type=media_type, at=at, notes=notes)
            progress(1)
        # Before the file is finished: one that a crash left unfinished is taken in again, a finished one is not.
        return record_pages(store, warc.sync())


def _known(file: _File, store: Store) -> bool:
    with store.session() as session:
        same = (digest_of(file.body), file.entry.captured_at)
        return any((c.digest, c.captured_at) == same for c in captures_of(session, file.page))


def _claims(files: list[_File], seen: dict[tuple[str, datetime], tuple[str, str]], manifest: str) -> list[Issue]:
    """Say which files claim one URL at one time with different content: the last one counts."""
    issues = []
    for file in files:
        digest = digest_of(file.body)
        first, its_digest = seen.setdefault((file.page, file.entry.captured_at), (file.entry.path, digest))
        if digest != its_digest:
            message = (
                f"{first} and {file.entry.path} both claim {file.page} at the same time; both are archived "
                f"and the last one is read. Correct the url or the captured_at of one."
            )
            issues.append(ingest_issue("warning", "url-claimed-twice", message, manifest, page=file.page))
    return issues


def unknown_sources(named: Iterable[str], sources: Mapping[str, Source], name: str) -> list[Issue]:
    """Say which sources nobody has described; ``name`` is the file's that names them."""
    return [
        ingest_issue(
            "warning",
            "unknown-source",
            f"No sources/{stranger}.yml describes the source {stranger}: its pages are read with the general rules and "
            f"published without licence. Write that file.",
            name,
        )
        for stranger in sorted({*named} - {*sources})
    ]


def _unknown(key: str, where: str, manifest: str) -> Issue:
    return ingest_issue("warning", "unknown-manifest-key", f"Unknown key {key!r} in {where} was ignored.", manifest)


def ingest_issue(severity: Severity, code: str, message: str, name: str, page: str | None = None) -> Issue:
    """Make a line of the issue log about a file of this name."""
    return Issue(stage="ingest", severity=severity, code=code, message=message, page=page, detail=name)
