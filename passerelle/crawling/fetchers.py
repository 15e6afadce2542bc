"""Which fetcher a source gets: an honest one with a contact, or the example site's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Lock

from passerelle.crawling.example import HOST, LoopbackFetcher, serve_folder
from passerelle.crawling.fetching.fetch import Fetcher, FetchSettings
from passerelle.crawling.visiting import PageFetcher
from passerelle.settings import PROJECT, Settings
from schemas.source import Source

EXAMPLE_SITE = PROJECT / "examples" / "site"


class ContactError(ValueError):
    """Nobody would be named to the sites visited; the message says what to set."""


def is_example(source: Source) -> bool:
    """Say whether a source is the example site, which this machine serves itself."""
    return source.demonstration and source.hosts == (HOST,)


def contact_of(source: Source, settings: Settings) -> str:
    """Give whom a site's owner can write to.

    Raises:
        ContactError: neither the settings nor the source names anybody.
    """
    contact = settings.contact or source.contact
    if not contact:
        msg = (
            f"{source.name}: set PASSERELLE_CONTACT to a page or an e-mail address where a site's owner learns who "
            "visits it; every request names it"
        )
        raise ContactError(msg)
    return contact


@contextmanager
def fetchers(settings: Settings) -> Iterator[Callable[[Source], PageFetcher]]:
    """Give what makes a fetcher for a source; the example site is served from the first time that it is asked for.

    The fetcher raises ``ContactError`` where there is no contact.
    """
    with ExitStack() as stack:
        ports: list[int] = []
        lock = Lock()

        def make(source: Source) -> PageFetcher:
            if not is_example(source):
                contact = contact_of(source, settings)
                return Fetcher(FetchSettings(contact=contact, allow_hosts=settings.allow_hosts))
            with lock:
                if not ports:
                    ports.append(stack.enter_context(serve_folder(EXAMPLE_SITE)))
            return LoopbackFetcher(ports[0])

        yield make
