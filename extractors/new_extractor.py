"""Start an extractor for a family of sites: its module, a saved page, and the page's expected JSON.

What ``passerelle new-extractor NAME`` does, and with ``--update-expected`` does again once the extractor reads more.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

from extractors.expected import describe, expected_path, read_saved, saved_pages
from extractors.registry import families
from extractors.scoring import describe_complete

FAMILIES = Path("extractors/families")
PAGES = Path("tests/pages")
COMPLETE = "initiatives"
"""Folder in it of the pages whose expected JSON says all there is to find."""

_SKELETON = '''"""{title} pages: say here in a sentence or two how they are laid out."""

from __future__ import annotations

from functools import cached_property

from extractors.base import Drafts, Extractor, PageContext
from extractors.initiative import InitiativeReader
from extractors.passage import Passage
from extractors.sections import find_sections
from schemas.document import Document


class {class_name}(Extractor):
    """Pages of {name}."""

    family = "{name}"
    version = 1

    def takes(self, document: Document) -> float:
        """Say from the document's own shape how sure it is: 0 (no) to 1. Change this first."""
        return 0.0

    def extract(self, context: PageContext) -> Drafts:
        """One initiative for the whole page; see directory_page for pages that list several."""
        drafts = Drafts()
        draft = {class_name}Reader(context, context.passage()).read(drafts.issues)
        drafts.initiatives = [draft] if draft else []
        return drafts


class {class_name}Reader(InitiativeReader):
    """Reads a page: override a method named like a field where these pages say it better than their words alone."""

    @cached_property
    def body(self) -> Passage:
        """What the description and the summary are made of."""
        described = [s for s in find_sections(self.context.document.blocks) if s.name == "description"]
        positions = tuple(position for s in described for position in s.positions)
        return self.context.passage(positions) if positions else super().body
'''
_NAME = re.compile(r"[a-z][a-z0-9_]{1,40}")


class NewExtractorError(ValueError):
    """A family that cannot be started or updated; the message says what to do."""


def create(name: str, page: Path | None, root: Path) -> list[str]:
    """Write a family's module and take in its saved page; give what was written and what to do next, a line each.

    ``root`` is the checkout. Nothing that exists is overwritten.

    Raises:
        NewExtractorError: the name is no module name, or taken, or the page cannot be used.
    """
    module = root / FAMILIES / f"{name}.py"
    if not _NAME.fullmatch(name):
        msg = f"{name!r} is no name for a family: use lower-case letters, digits and underscores, a letter first"
        raise NewExtractorError(msg)
    if name in families() or module.exists():
        msg = f"there is a family {name!r} already; edit {FAMILIES / module.name}, then use --update-expected"
        raise NewExtractorError(msg)
    saved = _saved_page(name, page, root)
    class_name = "".join(part.capitalize() for part in name.split("_"))
    title = name.replace("_", " ").capitalize()
    module.write_text(_SKELETON.format(name=name, class_name=class_name, title=title), "utf-8")
    said = [f"wrote {FAMILIES / module.name}: the extractor"]
    if page is not None:
        shutil.copyfile(page, saved)
        said += [f"saved {PAGES / saved.name}", *update_expected(name, root)]
    return [*said, *_next_steps(name, class_name, saved)]


def _saved_page(name: str, page: Path | None, root: Path) -> Path:
    suffix = page.suffix.lower() if page else ".html"
    if page is not None and not page.is_file():
        msg = f"{page}: there is no such file; save the page from a browser first"
        raise NewExtractorError(msg)
    if suffix not in (".html", ".txt"):
        msg = f"{page}: save the page as .html or .txt"
        raise NewExtractorError(msg)
    return root / PAGES / f"{name.replace('_', '-')}{suffix}"


def _next_steps(name: str, class_name: str, saved: Path) -> list[str]:
    command = f"passerelle new-extractor {name} --update-expected"
    expected = PAGES / expected_path(saved).name
    return [
        f"next: 1. in extractors/registry.py, import {class_name} and add {class_name}() to EXTRACTORS",
        f"      2. write takes() until `passerelle extract-file {PAGES / saved.name}` says {name}/1",
        f"      3. {command}, then correct {expected} to what a careful reader finds",
        "      4. override fields until pytest tests/pages passes",
        f"      5. in sources/NAME.yml, give `family: {name}`",
    ]


def update_expected(name: str, root: Path) -> list[str]:
    """Rewrite the expected JSON of a family's saved pages from what is read now; give a line for each.

    Its pages are those in tests/pages/ and its folder initiatives/ whose name begins with the family's. A person
    checks the result: it says what was read, not what is right.

    Raises:
        NewExtractorError: the family has no saved page.
    """
    stem = name.replace("_", "-")
    folder = root / PAGES
    found = (page for place in (folder, folder / COMPLETE) for page in sorted(place.glob(f"{stem}*")))
    pages = [page for page in found if page.suffix in (".html", ".txt")]
    if not pages:
        msg = f"no saved page {PAGES}/{stem}*.html or .txt: put one there first"
        raise NewExtractorError(msg)
    return [f"wrote {_write_expected(page).relative_to(root)}: check it by hand" for page in pages]


def _write_expected(page: Path) -> Path:
    place = expected_path(page)
    old = json.loads(place.read_text("utf-8")) if page in saved_pages(page.parent) else {}
    url = old.get("url")
    if old.get("complete") or page.parent.name == COMPLETE:
        return _write(place, describe_complete(read_saved(page, url), old))
    described = describe(read_saved(page, url), url)
    for entry, before in zip(described["initiatives"], old.get("initiatives", []), strict=False):
        entry["absent"] = before.get("absent", [])
    for entry, before in zip(described["news"], old.get("news", []), strict=False):
        entry["absent"] = before.get("absent", [])
    return _write(place, described)


def _write(place: Path, described: dict[str, Any]) -> Path:
    place.write_text(json.dumps(described, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return place
