"""The words that the stations work with: vocabularies and termbase, edited at the desk with the effect shown first.

A change is a decision like any other: who, when, what it was before; undone as any other. Nothing in the project's own
files changes: the data set works with an edition of its own (``schemas.edition``).
"""
