"""Matching: which drafts speak of the same initiative, what records they make, and under which ids.

``match`` is the whole of it, a pure function of pages, stored ids and curators' words. ``clusters`` decides what
belongs together (``scoring`` says how much two drafts look alike, with every threshold), ``organizations`` which
names are one organisation, ``merging`` what the record says, ``folding`` lays decisions over it.
"""

from __future__ import annotations

from passerelle.matching.matcher import match

__all__ = ["match"]
