"""Lists of records, a page at a time, and single records: what all three kinds share."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urlencode

from fastapi import Request, Response

from passerelle.publishing.api.answers import answer_to, answer_with, serving, to_json
from passerelle.publishing.api.cursors import Cursor, question_digest, read_cursor
from passerelle.publishing.api.index import Position, Wanted
from passerelle.publishing.api.opened import CHANGES, OpenRelease, last_number
from passerelle.publishing.api.problems import MovedError, ProblemError
from passerelle.publishing.api.shaping import shaped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from passerelle.publishing.api.parameters import Page
    from passerelle.publishing.api.serving import Serving


def facet_keys(**values: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Give the groups of facets of a question, those of one value first: they narrow it at once."""
    groups = (tuple(f"{name}:{value}" for value in dict.fromkeys(chosen)) for name, chosen in values.items() if chosen)
    return tuple(sorted(groups, key=len))


def list_page(request: Request, wanted: Wanted, asked: Page, *, fields: Sequence[str] = (), **shape: Any) -> Response:
    """Answer with one page of a list."""
    question = question_digest(wanted)
    with _release_of(request, asked.cursor, question) as (release, after):

        def make() -> bytes:
            hits, more = release.index.page(wanted, after, asked.limit)
            items = [shaped(release.read(wanted.kind, hit), fields, **shape) for hit in hits]
            following = Cursor(release.tag, question, more) if more else None
            return _envelope(request, release, release.index.total(wanted), following, items)

        return answer_to(request, release, make)


def changes_page(request: Request, asked: Page, since: int, types: Sequence[str]) -> Response:
    """Answer with one page of changes.

    Raises:
        ProblemError: the release that the client has is not being served any more, or never was.
    """
    question = question_digest(since, tuple(types))
    with _release_of(request, asked.cursor, question) as (release, after):
        if since > last_number(release):
            said = f"There has been no release {since} yet; release {release.number} is being served."
            raise ProblemError("invalid-parameter", said, errors=[{"parameter": "since", "detail": said}])
        if since > release.number:
            said = f"You have release {since}; release {release.number} is being served."
            raise ProblemError("release-taken-back", said, serving=release.number)

        def make() -> bytes:
            hits, total, more = release.index.changes(since, tuple(types), after.seq, asked.limit)
            following = Cursor(release.tag, question, Position(0, more)) if more else None
            return _envelope(request, release, total, following, [release.read(CHANGES, hit) for hit in hits])

        return answer_to(request, release, make)


def one_record(request: Request, kind: str, record: str, *, fields: Sequence[str] = (), **shape: Any) -> Response:
    """Answer with one record.

    Raises:
        MovedError: it was merged into another.
        ProblemError: it was withdrawn, or never was.
    """
    release = serving(request)
    hit = release.index.find(record, kind)
    if hit is None:
        raise_for_missing(release, record)
    return answer_with(request, shaped(release.read(kind, hit), fields, **shape), release)


def raise_for_missing(release: OpenRelease, record: str) -> NoReturn:
    """Say what became of an id that is not there.

    Raises:
        MovedError: it was merged into another.
        ProblemError: it was withdrawn, or never was.
    """
    now, ended = release.end_of(record)
    if ended and ended.into is None:
        said = f"{now} was withdrawn on {ended.at[:10]}: {ended.reason}."
        raise ProblemError("withdrawn", said, id=now, withdrawn_at=ended.at, reason=ended.reason, release=ended.release)
    if now != record:
        raise MovedError(now)
    raise ProblemError("not-found", f"Release {release.number} has no {record}.")


@contextmanager
def _release_of(request: Request, cursor: str | None, question: str) -> Iterator[tuple[OpenRelease, Position]]:
    """Hold the release that a page is of: the one being served, or the one that its cursor began in."""
    current = serving(request)
    if cursor is None:
        yield current, Position()
        return
    place = read_cursor(cursor)
    if place is None or place.question != question:
        said = "is no cursor of this list" if place is None else "belongs to other filters"
        errors = [{"parameter": "cursor", "detail": said}]
        raise ProblemError("invalid-parameter", f"cursor: {said}; take it from `next`, or leave it out.", errors=errors)
    if place.tag == current.tag:
        yield current, place.after
        return
    held: Serving = request.app.state.serving
    with held.lease(place.tag) as earlier:
        if earlier is None:
            raise ProblemError("cursor-expired", "", serving=current.number)
        yield earlier, place.after


def _envelope(
    request: Request, release: OpenRelease, total: int, following: Cursor | None, items: Sequence[bytes]
) -> bytes:
    """Write a page around records that are JSON already."""
    asked = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    more = f"{request.url.path}?{urlencode([*asked, ('cursor', str(following))])}" if following else None
    head = to_json({"release": release.number, "as_of": release.as_of, "total": total, "next": more})
    return b'%s,"items":[%s]}' % (head[:-1], b",".join(items))
