"""Find a record by id, slug or part of a name, among the working records with their translations."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.recognizers.fold import fold_text
from passerelle.cli.desk import Desk
from passerelle.cli.errors import USAGE, CommandError
from passerelle.publishing.assemble import apply_fillings
from passerelle.store.records import load_decisions, load_matched
from passerelle.store.texts import load_fillings
from passerelle.workplace import Workplace
from schemas.records import Initiative, NewsItem, Organization, Provenance, Translated
from schemas.texts import text_digest

Record = Initiative | NewsItem | Organization

LISTED = 15
"""Records listed when a name fits several."""
CLOSE = 60
"""Similarity, of 100, from which a name is suggested."""


@dataclass(frozen=True)
class Shelf:
    """The working records of a home."""

    records: tuple[Record, ...]
    provenance: dict[str, Provenance]
    redirects: dict[str, str]
    withdrawn: dict[str, str]
    made_from: dict[str, str]
    """By digest, the texts that people's translations were made from."""

    @classmethod
    def of(cls, workplace: Workplace) -> Shelf:
        """Read the records as matching and translation left them, published or not."""
        with workplace.store.session() as session:
            matched, fillings = load_matched(session), load_fillings(session)
            sources = [one.translated_from for one in load_decisions(session) if one.translated_from]
        initiatives = apply_fillings(matched.initiatives, fillings)
        return cls(
            records=(*initiatives, *apply_fillings(matched.news, fillings), *matched.organizations),
            provenance={entry.id: entry for entry in matched.provenance},
            redirects=dict(matched.redirects),
            withdrawn=dict(matched.withdrawn),
            made_from={text_digest(source): source for source in sources},
        )

    @property
    def names(self) -> dict[str, str]:
        """One name a record, by id."""
        return {record.id: names_of(record)[0] for record in self.records}


def with_all_texts(workplace: Workplace) -> tuple[tuple[Translated, ...], dict[str, str]]:
    """Give initiatives and news with what translation made laid in, and the ids that merged."""
    with workplace.store.session() as session:
        matched, fillings = load_matched(session), load_fillings(session)
    whole: tuple[Translated, ...] = (
        *apply_fillings(matched.initiatives, fillings),
        *apply_fillings(matched.news, fillings),
    )
    return whole, dict(matched.redirects)


def names_of(record: Record) -> tuple[str, ...]:
    """Give the names a record is known by, the first one to show."""
    if isinstance(record, Initiative):
        return tuple(name for name in (record.name.fr, record.name.en) if name) or (record.slug,)
    if isinstance(record, NewsItem):
        return (record.title,)
    return (record.name, *record.acronyms, *record.other_names, *record.former_names)


def search(desk: Desk, shelf: Shelf, query: str) -> Record:
    """Give the one record that is meant.

    Initiatives stand before news and organisations of the same name.

    Raises:
        CommandError: none fits, or several do; the message lists them.
    """
    if query in shelf.withdrawn:
        raise CommandError(desk.text("show.withdrawn", id=query, reason=shelf.withdrawn[query]), USAGE)
    if query in shelf.redirects:
        desk.warn("show.redirect", old=query, new=shelf.redirects[query])
        query = shelf.redirects[query]
    found = _candidates(shelf.records, query)
    if len(found) == 1:
        return found[0]
    if found:
        lines = [f"  {record.id}  {names_of(record)[0]}" for record in found[:LISTED]]
        raise CommandError("\n".join((desk.text("show.many", query=query), *lines)), USAGE)
    if not shelf.records:
        raise CommandError(desk.text("show.empty"), USAGE)
    near = _near(shelf.records, query)
    hint = desk.text("show.near", names=", ".join(near)) if near else ""
    raise CommandError(desk.text("show.none", query=query, near=hint).strip(), USAGE)


def _candidates(records: tuple[Record, ...], query: str) -> tuple[Record, ...]:
    wanted = fold_text(query)
    exact = tuple(r for r in records if query == r.id or (isinstance(r, Initiative) and query == r.slug))
    whole = tuple(r for r in records if wanted in map(fold_text, names_of(r)))
    part = tuple(r for r in records if any(wanted in fold_text(name) for name in names_of(r)))
    for fitting in (exact, whole, part):
        initiatives = tuple(r for r in fitting if isinstance(r, Initiative))
        if len(initiatives) == 1:
            return initiatives
        if fitting:
            return fitting
    return ()


def _near(records: tuple[Record, ...], query: str) -> list[str]:
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    names = {name: fold_text(name) for record in records for name in names_of(record)}
    found = process.extract(fold_text(query), names, scorer=fuzz.WRatio, limit=3, score_cutoff=CLOSE)
    return [str(key) for _, _, key in found]
