"""Extractors: a page becomes a Document, and a Document becomes drafts.

- ``extract``: the way in: bytes in, an ``Extraction`` out, whatever the page.
- ``documents/``: HTML and plain text → ``Document``.
- ``recognizers/``: ages, places, organisations, dates, themes … read from a ``Passage``.
- ``base``, ``initiative``, ``news``: what an extractor is, and the readers with one method a field.
- ``families/``: one module a site family; ``registry`` lists them and chooses.
- ``sections``, ``entries``, ``naming``, ``leads``, ``quotations``, ``prose``: how pages are laid out and worded,
  shared by the families.

An extractor sees pages only: no database, no network, no clock.
"""
