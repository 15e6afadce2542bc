"""Expected JSON of saved pages: what a careful reader finds, and how an extraction is held against it.

Lists name what must be found; more of the same kind is no error, since a recognizer may learn to see more. Names are
compared without case, accents, hyphens and quotation marks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from extractors.extract import extract_page
from extractors.recognizers.fold import fold_text
from schemas.capture import digest_of
from schemas.drafts import Extraction, Found, InitiativeDraft, NewsDraft

SUFFIX = ".expected.json"
_MEDIA_TYPES = {".html": "text/html", ".txt": "text/plain"}
_LISTS = ("municipalities", "regions", "genders", "themes", "activities", "sectors", "languages_offered")


def saved_pages(folder: Path) -> list[Path]:
    """Give the saved pages of a folder that have an expected JSON."""
    return sorted(path for path in folder.iterdir() if path.suffix in _MEDIA_TYPES and expected_path(path).exists())


def expected_path(page: Path) -> Path:
    """Give the place of a page's expected JSON."""
    return page.with_name(page.stem + SUFFIX)


def read_saved(page: Path, url: str | None) -> Extraction:
    """Extract a saved page as if it had been taken in by hand, from no known source."""
    body = page.read_bytes()
    return extract_page(
        body, page=url or page.name, url=url, digest=digest_of(body), source=None, source_name="saved-page",
        media_type=_MEDIA_TYPES[page.suffix], headers={},
    )  # fmt: skip


def differences(page: Path) -> list[str]:
    """Hold a saved page's extraction against its expected JSON; one line for each thing missed."""
    expected = json.loads(expected_path(page).read_text("utf-8"))
    extraction = read_saved(page, expected.get("url"))
    return list(compare(expected, extraction))


def compare(expected: dict[str, Any], extraction: Extraction) -> Iterator[str]:
    """Yield one line for each thing that an extraction lacks, or has wrong."""
    for issue in extraction.issues:
        yield f"issue {issue.code}: {issue.detail or issue.message}"
    wanted = expected.get("initiatives", [])
    if len(extraction.initiatives) != len(wanted):
        names = [draft.name.value for draft in extraction.initiatives]
        yield f"{len(names)} initiatives instead of {len(wanted)}: {names}"
    for entry in wanted:
        name = next(iter(entry["name"].values()))
        draft = _called(name, extraction.initiatives)
        if draft is None:
            yield f"no initiative named {name!r} among {[draft.name.value for draft in extraction.initiatives]}"
        else:
            yield from (f"{name}: {line}" for line in _compare_initiative(entry, draft))
    for entry in expected.get("news", []):
        item = next((item for item in extraction.news if _plain(item.title.value) == _plain(entry["title"])), None)
        if item is None:
            yield f"no news titled {entry['title']!r} among {[item.title.value for item in extraction.news]}"
        else:
            yield from (f"{entry['title']}: {line}" for line in _compare_news(entry, item))


def _called(name: str, drafts: Sequence[InitiativeDraft]) -> InitiativeDraft | None:
    return next((draft for draft in drafts if _says(draft.name.value, name)), None)


def _compare_initiative(wanted: dict[str, Any], draft: InitiativeDraft) -> Iterator[str]:
    yield from _compare_organizations(wanted, draft)
    for key in _LISTS:
        found = _values(getattr(draft, key))
        yield from (f"{key}: {value!r} not in {found}" for value in wanted.get(key, []) if value not in found)
    ages = [_value(draft.min_age), _value(draft.max_age)]
    if "ages" in wanted and ages != (wanted["ages"] or [None, None]):
        yield f"ages: {ages} instead of {wanted['ages']}"
    if wanted.get("kinds") and _value(draft.kind) not in wanted["kinds"]:
        yield f"kind: {_value(draft.kind)!r} not in {wanted['kinds']}"
    for key in ("cost", "start"):
        if key in wanted and _value(getattr(draft, key)) != wanted[key]:
            yield f"{key}: {_value(getattr(draft, key))!r} instead of {wanted[key]!r}"
    for key, count in wanted.get("counts", {}).items():
        if len(getattr(draft, key)) != count:
            yield f"{key}: {len(getattr(draft, key))} instead of {count}"
    yield from _compare_said(wanted, draft)
    yield from _absent(wanted, json.dumps(_texts(draft), ensure_ascii=False))


def _compare_organizations(wanted: dict[str, Any], draft: InitiativeDraft) -> Iterator[str]:
    lead = [draft.lead_organization] if draft.lead_organization else []
    for key, mentions in (("organizations", [*lead, *draft.partners]), ("partners", draft.partners), ("lead", lead)):
        named = [form for one in mentions for form in (one.value.name, one.value.written)]
        for name in wanted.get(key, []):
            if not any(_says(one, name) or _says(name, one) for one in named):
                yield f"{key}: {name!r} not in {named}"


def _compare_said(wanted: dict[str, Any], draft: InitiativeDraft) -> Iterator[str]:
    awards = [award.value.name for award in draft.awards]
    yield from (f"awards: {name!r} not in {awards}" for name in wanted.get("awards", []) if not _any_says(awards, name))
    said = [found.value for found in draft.testimonials]
    for key, value in wanted.get("testimonial", {}).items():
        if not _any_says([getattr(one, key) or "" for one in said], value):
            yield f"testimonial {key}: {value!r} not in {said}"


def _compare_news(wanted: dict[str, Any], item: NewsDraft) -> Iterator[str]:
    if item.language != wanted.get("language", item.language):
        yield f"language: {item.language} instead of {wanted['language']}"
    for key in ("publisher", "published"):
        if wanted.get(key) and _value(getattr(item, key)) != wanted[key]:
            yield f"{key}: {_value(getattr(item, key))!r} instead of {wanted[key]!r}"
    people = [found.value.name for found in item.people]
    yield from (f"people: {name!r} not in {people}" for name in wanted.get("people", []) if not _any_says(people, name))
    yield from _absent(wanted, f"{item.title.value}\n{item.text.value}")


def _absent(wanted: dict[str, Any], text: str) -> Iterator[str]:
    yield from (f"{words!r} should not be there" for words in wanted.get("absent", []) if words in text)


def _texts(draft: InitiativeDraft) -> list[str]:
    """Give every text of a draft, without its evidence."""

    def walk(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for key, inner in value.items():
                if key not in ("evidence", "page", "digest", "source", "alternates"):
                    yield from walk(inner)
        elif isinstance(value, list | tuple):
            for inner in value:
                yield from walk(inner)

    return list(walk(draft.model_dump()))


def describe(extraction: Extraction, url: str | None) -> dict[str, Any]:
    """Write an extraction as expected JSON, for a person to check and correct."""
    return {
        "url": url,
        "initiatives": [_describe_initiative(draft) for draft in extraction.initiatives],
        "news": [_describe_news(item) for item in extraction.news],
    }


def _describe_initiative(draft: InitiativeDraft) -> dict[str, Any]:
    lead = [draft.lead_organization.value.name] if draft.lead_organization else []
    partners = [found.value.name for found in draft.partners]
    ages = [_value(draft.min_age), _value(draft.max_age)]
    counts = {key: len(getattr(draft, key)) for key in ("benefits", "impacts", "testimonials") if getattr(draft, key)}
    return {
        "name": {draft.language: draft.name.value},
        "organizations": [*lead, *partners],
        "lead": lead,
        "partners": partners,
        **{key: _values(getattr(draft, key)) for key in _LISTS},
        "ages": None if ages == [None, None] else ages,
        "kinds": [_value(draft.kind)],
        "cost": _value(draft.cost),
        "start": _value(draft.start),
        "awards": [award.value.name for award in draft.awards],
        "counts": counts,
        "absent": [],
    }


def _describe_news(item: NewsDraft) -> dict[str, Any]:
    return {
        "title": item.title.value,
        "language": item.language,
        "publisher": _value(item.publisher),
        "published": _value(item.published),
        "people": [found.value.name for found in item.people],
        "absent": [],
    }


def _value(found: Found[Any] | None) -> Any:
    return found.value if found else None


def _values(found: Iterable[Found[Any]]) -> list[Any]:
    return [one.value for one in found]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold_text(text)))


def _says(text: str, wanted: str) -> bool:
    return _plain(wanted) in _plain(text)


def _any_says(texts: Iterable[str], wanted: str) -> bool:
    return any(_says(text, wanted) for text in texts)
