"""Publish: everything the stations made becomes the next release, or a reason why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from passerelle.publishing import folder
from passerelle.publishing.assemble import apply_fillings
from passerelle.publishing.changes import changes_since, with_versions
from passerelle.publishing.contents import Contents, content_digest, gather
from passerelle.publishing.coverage import coverage
from passerelle.publishing.files import Measured, OutFile, line, pretty
from passerelle.publishing.gate import refusal, refusals
from passerelle.publishing.licences import METADATA
from passerelle.publishing.registry import LIST_FILES, PROVENANCE_FILES, RECORD_FILES, fixed_files, whole_files
from passerelle.publishing.view import View
from schemas.issue import Issue
from schemas.records import SCHEMA_VERSION, Initiative, NewsItem, Organization
from schemas.release import Change, Licence, ReleaseManifest
from schemas.source import Source
from schemas.working import Filling, Matched, RecordType


@dataclass(frozen=True)
class PublishOutcome:
    """What came of publishing."""

    status: Literal["published", "unchanged", "refused"]
    manifest: ReleaseManifest | None = field(default=None)
    """Manifest of the release being served afterwards, where there is one."""
    reasons: tuple[Issue, ...] = ()
    """Why nothing was published."""
    changes: tuple[Change, ...] = ()
    """The lines that this release added to changes.ndjson."""

    @property
    def number(self) -> int | None:
        """Number of the release being served afterwards."""
        return self.manifest.version if self.manifest else None

    @property
    def changed(self) -> dict[str, int]:
        """How many records were added, changed, merged and withdrawn."""
        return dict(sorted(Counter(change.change for change in self.changes).items()))


def publish(
    matched: Matched,
    fillings: Iterable[Filling],
    *,
    curated: Path,
    sources: Mapping[str, Source],
    captures: Mapping[str, int],
    issues: Sequence[Issue],
    as_of: datetime,
    licence: Licence,
    accept_drop: bool = False,
    machine_texts: bool = True,
) -> PublishOutcome:
    """Write and serve the next release, unless nothing changed or the gate refuses it.

    Args:
        matched: what matching made of all pages; its issues go into the release too.
        fillings: what translation made of the gaps.
        curated: folder of the releases.
        sources: sources by name.
        captures: pages per source.
        issues: issues of the other stations.
        as_of: newest capture or decision used.
        licence: terms of the data set as a whole.
        accept_drop: publish even if counts fall.
        machine_texts: when false, texts that a machine translated and what translation reports are left out, so
            that the release is the same on every computer.

    Raises:
        PublishError: the folder of releases is damaged; the message says what to do.
    """
    told = issues if machine_texts else [issue for issue in issues if issue.stage != "translate"]
    texts = apply_fillings(matched.initiatives, fillings, machine_texts=machine_texts)
    contents = gather(matched, texts, sources=sources, captures=captures, issues=told, licence=licence)
    try:
        with folder.publishing_lock(curated):
            folder.tidy(curated)
            return _publish(contents, curated, sources, as_of, accept_drop=accept_drop)
    except folder.PublishBusyError as busy:
        return PublishOutcome("refused", reasons=(refusal("publish-busy", str(busy)),))


def _publish(
    contents: Contents, curated: Path, sources: Mapping[str, Source], as_of: datetime, *, accept_drop: bool
) -> PublishOutcome:
    newest, current = folder.newest_release(curated), folder.current_release(curated)
    served = current or newest
    manifest = served.manifest if served else None
    if not (served or contents.initiatives or contents.organizations or contents.news):
        return PublishOutcome("unchanged")  # a first release of nothing would only mislead
    reasons = refusals(contents, served, sources=sources, accept_drop=accept_drop)
    if reasons:
        return PublishOutcome("refused", manifest, reasons)
    content = content_digest(contents, fixed_files())
    if current and current.manifest.content == content:
        return PublishOutcome("unchanged", manifest)
    refused = None if accept_drop else folder.taken_back_with(curated, content)
    if refused:
        message = f"release {refused} says the same and was taken back; change something or publish with --accept-drop"
        return PublishOutcome("refused", manifest, (refusal("taken-back", message),))
    if newest and newest.manifest.content == content:
        # Written whole, but not served: a run was stopped just before the switch, or a person wants it back.
        folder.serve(curated, newest.number)
        return PublishOutcome("published", newest.manifest, changes=_own_lines(newest.changes, newest.number))
    return _write(contents, curated, newest, content, as_of)


def _write(
    contents: Contents, curated: Path, newest: folder.Release | None, content: str, as_of: datetime
) -> PublishOutcome:
    number = folder.next_number(curated)
    history = newest.changes if newest else ()
    lines = changes_since(newest.records if newest else {}, history, contents, release=number, at=as_of)
    history = (*history, *lines)
    contents = replace(
        contents,
        initiatives=with_versions(contents.initiatives, history),
        news=with_versions(contents.news, history),
    )
    staging = folder.start_staging(curated, number)
    entries = []
    for file in _files(contents, history, number, as_of):
        measured = Measured(file)
        folder.write_file(staging / file.path, measured)
        if newest:
            folder.link_if_same(staging / file.path, newest.folder / file.path)
        entries.append(measured.entry())
    manifest = ReleaseManifest(
        version=number,
        schema_version=SCHEMA_VERSION,
        as_of=as_of,
        content=content,
        licence=contents.licence,
        metadata_licence=METADATA,
        sources=contents.terms,
        counts=_counts(contents),
        by_source=contents.by_source,
        coverage=coverage(contents.initiatives),
        files=tuple(sorted(entries, key=lambda entry: entry.path)),
    )
    folder.write_file(staging / folder.MANIFEST, [pretty(manifest)])
    folder.finish_staging(curated, staging, number)
    folder.serve(curated, number)
    return PublishOutcome("published", manifest, changes=lines)


def _files(contents: Contents, history: Sequence[Change], number: int, as_of: datetime) -> Iterator[OutFile]:
    """Yield every file of a release save the manifest."""
    lists: dict[RecordType, Sequence[Initiative | Organization | NewsItem]] = {
        "initiative": contents.initiatives,
        "organization": contents.organizations,
        "news": contents.news,
    }
    for type_, records in lists.items():
        for listed in LIST_FILES[type_]:
            yield OutFile(listed.path, listed.out(records), len(records))
        for file in RECORD_FILES[type_]:
            yield from (OutFile(file.path_of(record.id), [file.render(record)], 1) for record in records)
    for file in PROVENANCE_FILES:
        yield from (OutFile(file.path_of(one.id), [file.render(one)], 1) for one in contents.provenance)
    yield OutFile("changes.ndjson", map(line, history), len(history))
    yield OutFile("issues.ndjson", map(line, contents.issues), len(contents.issues))
    yield from whole_files(
        View(
            number=number,
            as_of=as_of,
            licence=contents.licence,
            terms=contents.terms,
            initiatives=contents.initiatives,
            organizations=contents.organizations,
            news=contents.news,
            changes=history,
        )
    )
    yield from (OutFile(path, [body]) for path, body in fixed_files().items())


def _counts(contents: Contents) -> dict[str, int]:
    return {
        "initiatives": len(contents.initiatives),
        "organizations": len(contents.organizations),
        "news": len(contents.news),
        "issues": len(contents.issues),
    }


def _own_lines(changes: Sequence[Change], number: int) -> tuple[Change, ...]:
    return tuple(change for change in changes if change.release == number)
