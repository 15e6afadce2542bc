"""The public pages of a release: plain files that any host, or no host at all, can show.

``site/fr`` and ``site/en`` hold the same pages: a search page, lists from A to Z, and one page a record. Record pages
are made from the record alone and are whole without JavaScript; the search page and the names of related records are
filled in the browser from ``site/data``. Data comes as scripts that hand one value to one function, because a page
opened from a disk may load scripts but not fetch files.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from passerelle.publishing.files import ListFile, RecordFile
from passerelle.publishing.site.data import INITIATIVE_LISTS, ORGANIZATION_LISTS
from passerelle.publishing.site.pages import initiative_page, organization_page, page_path
from passerelle.publishing.site.whole import site_files
from schemas.base import LANGUAGES
from schemas.working import RecordType

__all__ = ["SITE_LISTS", "SITE_PAGES", "initiative_page", "organization_page", "site_files"]

SITE_PAGES: dict[RecordType, tuple[RecordFile[Any], ...]] = {
    "initiative": tuple(
        RecordFile(page_path("initiatives", language), partial(initiative_page, language=language))
        for language in LANGUAGES
    ),
    "organization": tuple(
        RecordFile(page_path("organizations", language), partial(organization_page, language=language))
        for language in LANGUAGES
    ),
    "news": (),
}
"""Pages of each record, by its type."""

SITE_LISTS: dict[RecordType, tuple[ListFile[Any], ...]] = {
    "initiative": INITIATIVE_LISTS,
    "organization": ORGANIZATION_LISTS,
    "news": (),
}
"""Data of the search page: one piece a record."""
