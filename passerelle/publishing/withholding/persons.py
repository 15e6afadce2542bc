"""People in a record: minors and private people leave it, and so do those who asked for it.

``private_people`` acts on what pages say of people, ``taken_out`` on names that were asked to be withheld. Both change
a ``Working`` in place and yield what they withheld, never the name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import partial
from typing import Any
from urllib.parse import unquote

from passerelle.publishing.withholding.minors import is_minors_role, speaks_as_minor
from passerelle.publishing.withholding.names import MARKERS, People, folded
from passerelle.publishing.withholding.presented import Presentation, Presented, people_presented
from passerelle.publishing.withholding.private import is_official, presented_as_private
from passerelle.publishing.withholding.texts import (
    Working,
    is_name,
    is_under,
    language_maps,
    strings_in,
    without_quote,
    without_sentences,
    without_word,
)
from schemas.base import LANGUAGES, Language
from schemas.records import NewsItem, Testimonial

_NAME_END = re.compile(r"[,;:()–—|\n]|\s-\s")
_SPEAKER_FIELDS = ("author", "role", "organization")

Told = tuple[str, str]
"""Path of what was withheld, and the code of why."""


def presented_in(item: NewsItem, kept: Collection[str]) -> tuple[Presented, ...]:
    """Give the people whom a news item presents as minors or private people, save those a curator publishes."""
    listed = [(place, one.model_dump()) for place, one in enumerate(item.people)]
    said = [Presented(one["name"], kind) for _, one in listed if (kind := _kind(one))]
    released = {folded(one["name"]) for place, one in listed if _decided(f"people.{place}", kept)}
    officials = [one.name for one in item.people if is_official(one.role, one.organization)]
    found = (*people_presented([item.title, item.text], officials=officials), *said)
    return tuple(one for one in found if folded(one.name) not in released)


def private_people(work: Working, kept: Collection[str], beside: Iterable[Presented] = ()) -> Iterator[Told]:
    """Take out minors and private people, and the testimonials of minors; yield what was withheld.

    Args:
        work: the record.
        kept: paths that a curator wrote; the people named there stay.
        beside: people whom other texts of the same page present so.
    """
    presented = [*people_presented(_texts(work), known=_known(work), officials=_officials(work)), *beside]
    if "testimonials" in work.record:
        yield from _testimonials(work, kept)
    listed = list(enumerate(work.record.get("people", [])))
    released = {folded(one["name"]) for place, one in listed if _decided(f"people.{place}", kept)}
    leaving: dict[str, Presentation] = {
        one.name: one.kind for one in reversed(presented) if folded(one.name) not in released
    }
    places = {folded(one["name"]): place for place, one in listed}
    for _, one in listed:
        kind = _kind(one)
        if kind and folded(one["name"]) not in released and leaving.get(one["name"]) != "minor":
            leaving[one["name"]] = kind
    for name, kind in leaving.items():
        paths = _forget(work, name, kept, minor=kind == "minor")
        if folded(name) in places or paths:
            path = f"people.{places[folded(name)]}" if folded(name) in places else paths[0]
            yield path, "withheld-minor" if kind == "minor" else "withheld-private"
    yield from _without_standing(work, listed, kept)


def taken_out(work: Working, people: People, kept: Collection[str] = ()) -> Iterator[str]:
    """Take some people out of everything; yield the paths where they stood."""
    if not people.names:
        return
    here = people.among(strings_in([work.record, work.evidence]))
    if not here.names:
        return
    for path in ("people", "authors", "links"):
        items = work.record.get(path, [])
        names = [one["name"] if path == "people" else one for one in items]
        gone = {place for place, name in enumerate(names) if here.named_in(name) or here.is_part(name)}
        work.drop(path, gone) if gone else None
        yield from (f"{path}.{place}" for place in sorted(gone))
    before = set(work.changed)
    work.rewrite(lambda text, language: here.taken_out(text, language, halves=True), kept)
    yield from sorted(work.changed - before)
    yield from _values(work.record, here, work.language, kept)
    list(_values(work.evidence, here, work.language))


def _testimonials(work: Working, kept: Collection[str]) -> Iterator[Told]:
    """Take out the testimonials of minors, and the names of speakers whom the page gives no public standing."""
    told = [Testimonial.model_validate(one) for one in work.record["testimonials"]]
    free = {place for place in range(len(told)) if _decided(f"testimonials.{place}", kept)}
    minors = {place for place, one in enumerate(told) if place not in free and speaks_as_minor(one)}
    organizations = {one["name"] for one in (work.record["lead_organization"], *work.record["partners"]) if one}
    public = {one.author for place, one in enumerate(told) if place in free}
    for place, item in enumerate(work.record["testimonials"]):
        role = next(filter(None, (item["role"] or {}).values()), None)
        named = item["author"] and item["author"] not in organizations | public and place not in minors
        if named and not is_official(role, item["organization"]):
            _forget_name(work, item["author"], kept)
            item["author"] = None
            work.evidence.pop(f"testimonials.{place}.author", None)
            yield f"testimonials.{place}.author", "withheld-private"
    work.drop("testimonials", minors)
    for one in (told[place] for place in sorted(minors)):
        for quote in filter(None, (one.quote.fr, one.quote.en)):
            work.rewrite(without_quote(quote), kept)
        _forget_name(work, one.author, kept, minor=True)
    yield from ((f"testimonials.{place}", "withheld-minor") for place in sorted(minors))


def _without_standing(work: Working, listed: list[tuple[int, Any]], kept: Collection[str]) -> Iterator[Told]:
    """Take people off the list who have neither a role nor an organisation; the text goes on naming them."""
    alone = [
        place for place, one in listed if not (one["role"] or one["organization"] or _decided(f"people.{place}", kept))
    ]
    names = {listed[place][1]["name"]: place for place in alone}
    gone = {now: names[one["name"]] for now, one in enumerate(work.record.get("people", [])) if one["name"] in names}
    if gone:
        work.drop("people", set(gone))
    yield from ((f"people.{place}", "withheld-private") for place in gone.values())


def _kind(person: dict[str, Any]) -> Presentation | None:
    """Tell what a person's role says: a minor's, a private person's, or nothing of the kind."""
    said = [text for text in (person["role"], person["organization"]) if text]
    if any(map(is_minors_role, said)):
        return "minor"
    private = any(map(presented_as_private, said)) or not is_official(person["role"], person["organization"])
    return "private" if said and private else None


def _forget(work: Working, name: str, kept: Collection[str], *, minor: bool) -> list[str]:
    """Take one person out of the record, a minor with every sentence that names one; give the paths of what changed.

    A first name alone is a minor's only: of others it may be anybody's.
    """
    before = set(work.changed)
    several = len(re.split(r"[\s-]+", name)) > 1
    people = People.of([name] if several else [])
    mask = partial(people.taken_out, halves=True) if several else without_word(name, MARKERS)
    if minor and (several or is_name(name)):
        work.rewrite(without_sentences(mask), {*kept, "name"})
        work.rewrite(mask, kept)
    paths = list(taken_out(work, people, kept))
    if not several:
        items = work.record.get("people", [])
        alone = {place for place, one in enumerate(items) if one["name"] == name}
        work.drop("people", alone) if alone else None
        paths = [f"people.{place}" for place in sorted(alone)]
    return list(dict.fromkeys([*paths, *sorted(work.changed - before)]))


def _forget_name(work: Working, author: str | None, kept: Collection[str], *, minor: bool = False) -> None:
    """Take a speaker's name out of the record."""
    name = _NAME_END.split(author or "")[0].strip()
    if name:
        _forget(work, name, kept, minor=minor)


def _decided(path: str, kept: Collection[str]) -> bool:
    """Tell whether a curator wrote an entry of a list, or who it is about: words alone say nothing of that."""
    name, _, place = path.partition(".")
    return bool({name, path, *(f"{name}.{place}.{field}" for field in ("name", *_SPEAKER_FIELDS))} & set(kept)) or any(
        one.startswith(f"{path}.role.") for one in kept
    )


def _texts(work: Working) -> list[str]:
    texts = [text for _, both in language_maps(work.record) for language in LANGUAGES if (text := both[language])]
    texts += [text for name in ("title", "text") if (text := work.record.get(name))]
    return [*texts, *(place["quote"] for places in work.evidence.values() for place in places)]


def _known(work: Working) -> list[str]:
    """Give the names of the record that are nobody's: organisations, its own, towns."""
    record = work.record
    found = [record.get("publisher"), *((record.get("name") or {}).values())]
    found += [one["name"] for one in (record.get("lead_organization"), *record.get("partners", ())) if one]
    found += [one["organization"] for one in (*record.get("people", ()), *record.get("testimonials", ()))]
    return [name for name in found if name]


def _officials(work: Working) -> list[str]:
    listed = [(one["name"], one["role"], one["organization"]) for one in work.record.get("people", ())]
    for one in work.record.get("testimonials", ()):
        role = next(filter(None, (one["role"] or {}).values()), None)
        listed.append((one["author"], role, one["organization"]))
    return [name for name, role, body in listed if name and is_official(role, body)]


def _values(
    value: Any, people: People, language: Language, kept: Collection[str] = (), path: str = ""
) -> Iterator[str]:
    """Take people out of every other value: addresses become null, names are marked, a slug gives way to the id."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in list(items):
        here = f"{path}.{key}" if path else str(key)
        if isinstance(one, str) and not is_under(here, kept) and people.named_in(one):
            if key == "slug":
                value[key] = value["id"]
            elif key in {"url", "email", "author"}:
                value[key] = None
            else:
                value[key] = people.taken_out(unquote(one), language, halves=False)
            yield here
        elif not is_under(here, kept):
            yield from _values(one, people, language, kept, here)
