"""Publish: everything the stations made becomes the next release, or a reason why not."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, partial
from itertools import chain, filterfalse, islice, product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from passerelle.publishing import folder
from passerelle.publishing.building import Growing, history, steps, write_out, write_records
from passerelle.publishing.changes import Ending, Past, endings, ends_followed, new_lines, past_of
from passerelle.publishing.collecting import set_aside
from passerelle.publishing.contents import Rules
from passerelle.publishing.coverage import ORIGINS
from passerelle.publishing.facts import State, rules_digest
from passerelle.publishing.figures import figures_files
from passerelle.publishing.files import OutFile, Pieces, keyed, line, pretty
from passerelle.publishing.folder import FILES
from passerelle.publishing.gate import Candidate, Served, refusal, refusals
from passerelle.publishing.licences import METADATA, UNKNOWN
from passerelle.publishing.material import Material, material_of, stage_of
from passerelle.publishing.plan import Plan, Verdict
from passerelle.publishing.registry import LIST_FILES, fixed_files, whole_files
from passerelle.publishing.report import REFUSED, clear_reports, report_of, write_report
from passerelle.publishing.retention import Keep, oldest_step, retire
from passerelle.publishing.streams import LISTS
from passerelle.publishing.survey import Newest, Survey, Surveyor
from passerelle.publishing.view import view_over
from passerelle.publishing.withholding.kept import remove_carriers, removed
from passerelle.publishing.withholding.records import without_people
from schemas.base import LANGUAGES
from schemas.edition import edition
from schemas.issue import Issue
from schemas.records import SCHEMA_VERSION
from schemas.release import Coverage, Licence, ReleaseFile, ReleaseManifest, SourceCount
from schemas.source import Source
from schemas.working import Filling, Matched


@dataclass(frozen=True)
class PublishOutcome:
    """What came of publishing."""

    status: Literal["published", "unchanged", "refused"]
    manifest: ReleaseManifest | None = field(default=None)
    """Manifest of the release being served afterwards, where there is one."""
    reasons: tuple[Issue, ...] = ()
    """Why nothing was published."""
    changed: Mapping[str, int] = field(default_factory=dict)
    """How many records were added, changed, merged and withdrawn."""
    withheld: tuple[Issue, ...] = ()
    """What was withheld from records and why, never the value; for the issue log."""
    removed: tuple[int, ...] = ()
    """Numbers of earlier releases that held what was withdrawn, and were removed."""
    damaged: tuple[int, ...] = ()
    """Numbers of releases that cannot be read, and were passed over."""

    @property
    def number(self) -> int | None:
        """Number of the release being served afterwards."""
        return self.manifest.version if self.manifest else None


@dataclass(frozen=True)
class Order:
    """What to publish, where, and under which terms."""

    material: Material
    curated: Path
    rules: Rules
    captures: Mapping[str, int]
    """Pages per source."""
    as_of: datetime
    """Newest decision used; a record that was seen later moves it on."""
    licence: Licence
    """Terms of the data set as a whole."""
    accept_drop: bool = False
    """Publish even if counts fall."""
    keep: Keep = Keep()  # noqa: RUF009  # frozen
    """Which releases stay on disk."""


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
    keep: Keep = Keep(),  # noqa: B008  # frozen
) -> PublishOutcome:
    """Publish what is at hand rather than in the store; see ``publish_release`` and ``Order``."""
    material = material_of(matched, fillings, issues)
    rules = Rules(sources, machine_texts=machine_texts)
    return publish_release(Order(material, curated, rules, captures, as_of, licence, accept_drop, keep))


@set_aside()
def publish_release(order: Order) -> PublishOutcome:
    """Write and serve the next release, unless nothing changed or the gate refuses it.

    Raises:
        PublishError: the folder of releases is damaged; the message says what to do.
    """
    try:
        with folder.publishing_lock(order.curated):
            folder.tidy(order.curated)
            damaged = folder.damaged_releases(order.curated)
            publication = _Publication(order, order.curated / ".new-survey")
            outcome = publication.publish()
            retire(order.curated, order.keep)
            if outcome.status != "refused":
                clear_reports(order.curated, folder.numbers(order.curated))
            gone = remove_carriers(order.curated, order.rules.withdrawals, at=order.as_of)
            folder.tidy(order.curated)
            return replace(outcome, removed=gone, withheld=publication.withheld, damaged=damaged)
    except folder.PublishBusyError as busy:
        return PublishOutcome("refused", reasons=(refusal("publish-busy", str(busy)),))


def plan_release(order: Order, *, lines: int = 1000) -> Plan:
    """Find what publishing would do, without a change to the folder of releases.

    Args:
        order: what would be published.
        lines: how many of the new lines of changes.ndjson to give.

    Raises:
        PublishBusyError: another process is publishing.
        PublishError: the folder of releases is damaged; the message says what to do.
    """
    locked = folder.publishing_lock(order.curated) if (order.curated / ".lock").exists() else nullcontext()
    with locked, TemporaryDirectory() as scratch:
        return _Publication(order, Path(scratch) / "survey").plan(lines)


class _Publication:
    """One try to publish, under the lock."""

    def __init__(self, order: Order, scratch: Path) -> None:
        self._order = order
        self._digest = rules_digest(order.rules)
        self._newest = self._find_newest()
        current = folder.current_release(order.curated)
        self._current = current if current and current.sound else None
        self._past: Past = past_of(self._newest.release.folder / "changes.ndjson" if self._newest else None)
        self._redirects = ends_followed(order.material.redirects)
        surveyor = Surveyor(order.material, order.rules, self._newest, self._past, scratch)
        self._survey: Survey = surveyor.survey()
        self._issues = _told(order, self._survey.withheld)
        self._content = self._content_digest()
        self._ends = self._endings()

    @property
    def withheld(self) -> tuple[Issue, ...]:
        """What was withheld from records."""
        return tuple(self._survey.withheld)

    def publish(self) -> PublishOutcome:
        """Publish, unless there is a reason not to."""
        curated, served, newest = self._order.curated, self._served, self._newest
        manifest = served.release.manifest if served else None
        verdict, reasons = self._judge()
        if verdict == "unchanged":
            return PublishOutcome("unchanged", manifest)
        if verdict == "refuse":
            write_report(curated, REFUSED, self._report(reasons))
            return PublishOutcome("refused", manifest, reasons)
        if verdict == "serve" and newest:
            # Written whole, but not served: a run was stopped just before the switch, or a person wants it back.
            folder.serve(curated, newest.release.number)
            return PublishOutcome("published", newest.release.manifest, changed=_counted(newest.release))
        return PublishOutcome("published", self._write(self._content), changed=self._changed())

    def plan(self, lines: int) -> Plan:
        """Say what publishing would do."""
        verdict, reasons = self._judge()
        served = self._served
        number = served.release.number if served else None
        if verdict in {"publish", "serve"}:
            newest = self._newest.release.number if self._newest else None
            number = folder.next_number(self._order.curated) if verdict == "publish" else newest
        told = new_lines(self._survey.differences(), self._ends, release=number or 1, at=self._as_of())
        return Plan(verdict, number, reasons, self._changed(), tuple(islice(told, lines)), self._report(reasons))

    def _judge(self) -> tuple[Verdict, tuple[Issue, ...]]:
        served, accept_drop, content = self._served, self._order.accept_drop, self._content
        if not (served or self._survey.ids or self._survey.invalid):
            return "unchanged", ()  # a first release of nothing would only mislead
        reasons = refusals(self._candidate, served, accept_drop=accept_drop)
        if reasons:
            return "refuse", reasons
        if self._current and self._current.manifest.content == content:
            return "unchanged", ()
        refused = None if accept_drop else folder.taken_back_with(self._order.curated, content)
        if refused:
            message = f"release {refused} says the same and was taken back; change something or use --accept-drop"
            return "refuse", (refusal("taken-back", message),)
        same = self._newest is not None and self._newest.release.manifest.content == content
        return ("serve" if same else "publish"), ()

    def _changed(self) -> dict[str, int]:
        changed = self._survey.changed + Counter(end.change for end in self._ends.values())
        return dict(sorted(changed.items()))

    def _report(self, reasons: Sequence[Issue]) -> dict[str, Any]:
        accepted = self._order.accept_drop
        return report_of(self._candidate, self._served, reasons=reasons, changed=self._changed(), accepted=accepted)

    def _write(self, content: str) -> ReleaseManifest:
        order, survey, curated = self._order, self._survey, self._order.curated
        number, as_of = folder.next_number(curated), self._as_of()
        staging = folder.start_staging(curated, number)
        pieces = Pieces(self._newest.state.pieces if self._newest and self._newest.state else None)
        growing = Growing(staging, curated / ".new-state", self._newest, number, as_of, pieces=pieces)
        files = list(write_records(growing, survey))
        lines = map(line, new_lines(survey.differences(), self._ends, release=number, at=as_of))
        withdrawals = order.rules.withdrawals
        files += write_out(growing, [history(growing, lines, withdrawals.people)])
        issue_lines = (f"{issue}\n".encode() for issue in self._issues)
        files += write_out(growing, [OutFile("issues.ndjson", issue_lines, len(self._issues))])
        oldest = oldest_step(curated, order.keep, number, [told["release"] for told in removed(curated)])
        files += write_out(growing, steps(growing, oldest, withdrawals))
        view = view_over(staging, number=number, as_of=as_of, licence=order.licence, terms=self._terms())
        fixed = (keyed(path, "fixed", partial(_fixed, path)) for path in self._fixed)
        drawn = figures_files(staging, view, self._newest.release if self._newest else None)
        files += write_out(growing, chain(whole_files(view, growing.names, growing.pieces), drawn, fixed))
        manifest = self._manifest(number, as_of, content, files)
        folder.write_file(staging / folder.MANIFEST, [pretty(manifest)])
        header = {
            "release": number,
            "content": content,
            "rules": self._digest,
            "fixed": self._fixed,
            "kinds": [[*kind, count] for kind, count in survey.kinds.items()],
        }
        growing.keep("keys.json", growing.keys)
        growing.keep("pieces.json", pieces.used)
        growing.keep("stamps.json", {file.path: folder.stamp_of(staging / file.path) for file in _taken_over(files)})
        growing.keep("header.json", header)
        write_report(curated, str(number), self._report(()))
        folder.finish_staging(curated, staging, number, state=growing.state)
        folder.serve(curated, number)
        return manifest

    def _find_newest(self) -> Newest | None:
        newest = folder.newest_release(self._order.curated)
        if newest is None:
            return None
        state = State(folder.state_folder(self._order.curated, newest.number))
        wanted = {"release": newest.number, "content": newest.manifest.content, "rules": self._digest}
        holds = all(state.header.get(name) == value for name, value in wanted.items()) and _intact(newest, state.stamps)
        return Newest(newest, state if holds else None)

    @cached_property
    def _served(self) -> Served | None:
        served = self._current or (self._newest.release if self._newest else None)
        if served is None:
            return None
        same = self._newest is not None and self._newest.release.folder == served.folder
        return Served(served, self._newest.state if same and self._newest else None, self._order.rules)

    @cached_property
    def _candidate(self) -> Candidate:
        return Candidate(
            self._survey,
            self._redirects,
            self._order.material.withdrawn,
            self._by_source(),
            _coverage(self._survey.texts),
            self._order.rules.sources,
        )

    def _endings(self) -> dict[str, Ending]:
        survey, withdrawn = self._survey, self._order.material.withdrawn
        return endings(survey.gone, self._past, there=survey.ids, redirects=self._redirects, withdrawn=withdrawn)

    def _by_source(self) -> dict[str, SourceCount]:
        """Count initiatives, news items and pages of each source that has any; a record counts for each source."""
        found = self._survey.by_source
        told = {"initiatives": found["initiative"], "news": found["news"], "pages": Counter(self._order.captures)}
        names = sorted({name for counts in told.values() for name, number in counts.items() if number})
        return {name: SourceCount(**{kind: counts[name] for kind, counts in told.items()}) for name in names}

    def _terms(self) -> dict[str, Licence]:
        sources = self._order.rules.sources
        return {name: sources[name].licence if name in sources else UNKNOWN for name in self._by_source()}

    def _as_of(self) -> datetime:
        seen = self._survey.newest_seen
        return max(self._order.as_of, datetime.fromisoformat(seen)) if seen else self._order.as_of

    @cached_property
    def _fixed(self) -> dict[str, str]:
        """Digests of the files that are the same in every release of this code; making them takes a while."""
        if self._newest and self._newest.state:
            return dict(self._newest.state.header["fixed"])
        return {path: hashlib.sha256(body).hexdigest() for path, body in sorted(fixed_files().items())}

    def _content_digest(self) -> str:
        """Compute the digest that tells whether there is anything new to publish.

        It covers what records say, what was merged or withdrawn, evidence, terms, issues and the files that are the
        same in every release. Crawl issues stay out: they come and go with the network, not with the pages.
        """
        material, terms = self._order.material, {"": self._order.licence, **self._terms()}
        people = self._order.rules.withdrawals.people
        gone = {id_: people.taken_out(reason, "fr", halves=False) for id_, reason in material.withdrawn.items()}
        parts: list[object] = [SCHEMA_VERSION, self._redirects, gone, self._survey.content]
        parts += [{name: licence.model_dump(mode="json") for name, licence in terms.items()}]
        parts += [issue for issue in self._issues if stage_of(issue) != "crawl"]
        parts += [[path, digest] for path, digest in self._fixed.items()]
        parts += [digest] if (digest := edition().words_digest) else []  # the pages show the words of the vocabularies
        plain = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return f"sha256:{hashlib.sha256(plain.encode()).hexdigest()}"

    def _manifest(self, number: int, as_of: datetime, content: str, files: list[ReleaseFile]) -> ReleaseManifest:
        survey = self._survey
        return ReleaseManifest(
            version=number,
            schema_version=SCHEMA_VERSION,
            as_of=as_of,
            content=content,
            licence=self._order.licence,
            metadata_licence=METADATA,
            sources=self._terms(),
            counts={
                "initiatives": survey.counts["initiative"],
                "organizations": survey.counts["organization"],
                "news": survey.counts["news"],
                "issues": len(self._issues),
            },
            by_source=self._by_source(),
            coverage=_coverage(survey.texts),
            files=tuple(sorted(files, key=lambda file: file.path)),
        )


def _fixed(path: str) -> bytes:
    return fixed_files()[path]


def _told(order: Order, withheld: Iterable[Issue]) -> list[str]:
    """Give the issues that a release tells: none of withdrawn records, nor, without machine texts, of translating."""
    rules, issues = order.rules, filterfalse(order.rules.withdrawals.told_of, order.material.issues)
    told = [issue for issue in issues if rules.machine_texts or stage_of(issue) != "translate"]
    named = {without_people(issue, rules.withdrawals.people) for issue in told}
    return sorted(named | {issue.model_dump_json() for issue in withheld})


def _coverage(texts: Mapping[int, int]) -> dict[str, Coverage]:
    places = {(language, origin): at for at, (language, origin) in enumerate(product(LANGUAGES, ORIGINS))}
    return {
        language: Coverage(**{origin: texts.get(places[language, origin], 0) for origin in ORIGINS})
        for language in LANGUAGES
    }


def _taken_over(files: Iterable[ReleaseFile]) -> list[ReleaseFile]:
    """Give the files of a release that the next one takes pieces from."""
    lists = {FILES, *(one.path for type_ in LISTS for one in LIST_FILES[type_])}
    return [file for file in files if file.path.removesuffix(".gz") in lists]


def _intact(release: folder.Release, stamps: Mapping[str, list[int]]) -> bool:
    """Tell whether the lists that would be taken over are as they were written: a damage must not be passed on.

    A file that nobody touched since need not be read for that; any other is held against the manifest.
    """
    paths = ((file, release.folder / file.path) for file in _taken_over(release.manifest.files))
    return all(
        path.is_file() and (stamps.get(file.path) == folder.stamp_of(path) or folder.sha256_of(path) == file.sha256)
        for file, path in paths
    )


def _counted(release: folder.Release) -> dict[str, int]:
    """Count what a release added to changes.ndjson."""
    told = (json.loads(line) for line in _lines(release.folder / "changes.ndjson"))
    return dict(sorted(Counter(change["change"] for change in told if change["release"] == release.number).items()))


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as lines:
        yield from lines
