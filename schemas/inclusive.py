"""Reads French inclusive writing as its plain form: ``intervenant·es`` → ``intervenants``.

Translation engines stumble on the dots, and search finds the word by its plain form. Only what they read is changed:
the text stays as its authors wrote it.
"""

from __future__ import annotations

import re

_DOTS = r".·•∙⋅‧"
_FEMININE = (
    r"(?:trice|rice|euse|eure|esse|sse|ière|ère|ienne|enne|onne|elle|ette|ive|ve|che|gne|nne|ne|lle|le|tte|te|se|ce|ue"
    r"|e)"
)
_ENDING = rf"(?:{_FEMININE}s?)"
_MASCULINE = r"(?:teur|eur|ier|er|ien|en|on|if|el|eux|eau|eaux|é|f)s?"
_WORD = r"[A-Za-zÀ-ÖØ-öø-ÿŒœ]{2,}"
_DOTTED = re.compile(rf"\b({_WORD})((?:[{_DOTS}]{_MASCULINE})?)[{_DOTS}]({_ENDING}|s)((?:[{_DOTS}]?[sx])?)(?![\w@])")
_BRACKETED = re.compile(rf"\b({_WORD})\((?:({_ENDING})|([sx]))\)([sx]?)(?!\w)")
_SLASHED = re.compile(rf"\b({_WORD})/(?:-)?({_ENDING})(?!\w)")
_HYPHENED = re.compile(rf"\b({_WORD})-(?:({_FEMININE})-(s)|(trices?|rices?|euses?|ères?|ières?|es|e))(?![\w-])")
_PAIRS = re.compile(
    rf"\b(ils?|un|le|ceux|celui|ce|du|au|tous|nouveaux|beaux|ces)(?:[{_DOTS}/]|\()"
    r"(?:elles?|une|la|celles?|cette|de la|à la|toutes|nouvelles|belles|elles)\)?(?!\w)",
    re.IGNORECASE,
)
_BLENDS = {"iel": "il", "iels": "ils", "celleux": "ceux", "toustes": "tous", "elleux": "eux"}
_BLEND = re.compile(rf"\b({'|'.join(_BLENDS)})\b", re.IGNORECASE)


def expand_inclusive(text: str) -> str:
    """Put inclusive forms into the plain masculine form, plural where the form is plural."""
    text = _PAIRS.sub(r"\1", text)
    text = _BLEND.sub(_blend, text)
    text = _DOTTED.sub(lambda m: _plain(m[1] + re.sub(f"[{_DOTS}]", "", m[2]), m[3] + m[4]), text)
    text = _BRACKETED.sub(lambda m: _plain(m[1], (m[2] or m[3]) + m[4]), text)
    text = _SLASHED.sub(lambda m: _plain(m[1], m[2]), text)
    return _HYPHENED.sub(lambda m: _plain(m[1], m[4] or m[2] + m[3]), text)


def _plain(stem: str, ending: str) -> str:
    """Give the masculine form: the stem, and an s where the ending is plural and the stem is not yet."""
    plural = ending.endswith(("s", "x"))
    return stem if not plural or stem.endswith(("s", "x", "z")) else stem + ending[-1]


def _blend(found: re.Match[str]) -> str:
    plain = _BLENDS[found[1].lower()]
    return plain.capitalize() if found[1][0].isupper() else plain
