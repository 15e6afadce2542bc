"""Pages to Documents: charset, blocks with their structure, furniture set aside, metadata, language, main text."""

from extractors.documents.reading import MAX_BYTES, UnreadablePage, read, soup

__all__ = ["MAX_BYTES", "UnreadablePage", "read", "soup"]
