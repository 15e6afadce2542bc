"""The name of a person found as texts write it, and taken out of them.

Accents, case, kinds of hyphens and spaces do not count: an address writes ``ariane-cote-okpara`` for Ariane
Côté-Okpara. In a record that gives the whole name, either half of it alone is taken for the person too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from schemas.base import Language

MARKERS: dict[Language, str] = {"fr": "[nom retiré]", "en": "[name withheld]"}
"""What stands in a text instead of the name."""

EMAIL = re.compile(r"[\w.%+-]{1,64}@(?:[\w-]{1,63}\.)+[a-z]{2,24}", re.IGNORECASE)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"»)\]]*[^\s<>\"»)\].,;:!?]", re.IGNORECASE)
_WORDS = re.compile(r"[^\W_]+")
_COMBINING = re.compile(r"[\u0300-\u036f]+")
_GAP = r"[\s*_.'’\-\u00ad\u2010-\u2015]*"
"""What may stand between the words of a name, Markdown and nothing at all included."""
_INITIALS = rf"(?:{_GAP}(?-i:[^\W\d_a-z])\.)?"
_LETTERS = "".join(map(chr, range(0xC0, 0x250)))
_SHORTEST_PART = 3
"""Letters of a first or last name that is taken for the person where it stands alone."""
_SHORTEST_IN_ADDRESS = 4


def folded(text: str) -> str:
    """Give a text without accents, in lower case, with plain apostrophes."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("œ", "oe").replace("Œ", "OE"))
    return _COMBINING.sub("", plain).casefold()


@dataclass(frozen=True)
class PersonName:
    """The name of one person: first name, then last name.

    Raises:
        ValueError: the name has fewer than two words.
    """

    text: str

    def __post_init__(self) -> None:
        if len(_WORDS.findall(self.text)) < 2:
            msg = f"{self.text!r} is no full name; give first and last name"
            raise ValueError(msg)

    @cached_property
    def halves(self) -> tuple[str, str]:
        """First and last name; a name in one piece (Marie-Claude) is cut at its first hyphen."""
        first, _, last = unicodedata.normalize("NFC", self.text).strip().replace(",", " ").partition(" ")
        return (first, last.strip()) if last.strip() else (first.partition("-")[0], first.partition("-")[2])

    @cached_property
    def whole(self) -> str:
        """Pattern of the whole name, either half first, or the last name after an initial."""
        first, last = (_pattern(half) for half in self.halves)
        short = rf"{_upper(self.halves[0])}\.{_GAP}(?={_upper(self.halves[1])}){last}"
        return rf"(?<![^\W_])(?:{first}{_INITIALS}{_GAP}{last}|{last},?{_GAP}{first}|{short})(?![^\W_])"

    @cached_property
    def part(self) -> str:
        """Pattern of either half alone, where it begins with a capital; matches nothing if both are too short."""
        halves = [half for half in self.halves if len(half) >= _SHORTEST_PART]
        alone = "|".join(rf"(?={_upper(half)}){_pattern(half)}" for half in halves)
        return rf"(?<![\w-])(?:{alone})(?![\w-])" if alone else r"(?!)"

    @cached_property
    def marks(self) -> tuple[bytes, ...]:
        """The words of the last name as ``_plain`` writes them: a text without them does not name the person."""
        return tuple(_plain(word) for word in _WORDS.findall(self.halves[1]))

    def in_address(self, address: str) -> bool:
        """Tell whether the part of an e-mail address before the @ is made from this name."""
        local = "".join(_WORDS.findall(folded(address.partition("@")[0])))
        first, last = ("".join(_WORDS.findall(folded(half))) for half in self.halves)
        return (len(last) >= _SHORTEST_IN_ADDRESS and last in local) or local in {first + last, last + first}


@dataclass(frozen=True)
class People:
    """The people whom nothing published may name."""

    names: tuple[PersonName, ...] = ()

    @classmethod
    def of(cls, names: Iterable[str]) -> People:
        """Make it from names as a curator wrote them, each once."""
        return cls(tuple(PersonName(name) for name in sorted(set(names))))

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        return re.compile("|".join(name.whole for name in self.names) or r"(?!)", re.IGNORECASE)

    @cached_property
    def _parts(self) -> dict[str, re.Pattern[str]]:
        return {name.text: re.compile(f"{name.whole}|{name.part}", re.IGNORECASE) for name in self.names}

    def may_be_in(self, text: str) -> bool:
        """Tell quickly whether a text may name one of them; false is certain."""
        if not self.names:
            return False
        plain = _plain(unquote(text) if "%" in text else text)
        return any(all(mark in plain for mark in name.marks) for name in self.names)

    def named_in(self, text: str) -> bool:
        """Tell whether a text, or an address, names one of them."""
        if not self.may_be_in(text):
            return False  # nearly every text, and several times as quick as the pattern
        written = unquote(text) if "%" in text else text
        return bool(self._whole.search(written)) or ("@" in text and self._any_address(text))

    def is_part(self, name: str) -> bool:
        """Tell whether a name is the first or last name alone of one of them."""
        return any(pattern.fullmatch(name) for pattern in self._parts.values())

    def among(self, texts: Iterable[str]) -> People:
        """Give those whom one of the texts names."""
        said = [unquote(text) for text in texts if self.named_in(text)]
        found = [n for n in self.names if any(People((n,)).named_in(text) for text in said)]
        return People(tuple(found))

    def taken_out(self, text: str, language: Language, *, halves: bool) -> str:
        """Give a text with a marker instead of the names, and of the addresses that hold them.

        Args:
            text: any text.
            language: of the marker.
            halves: also where a first or last name stands alone.
        """
        marker = MARKERS[language]

        def cover(found: re.Match[str]) -> str:
            return marker if self.named_in(found[0]) else found[0]

        text = _URL.sub(cover, EMAIL.sub(cover, text))
        for pattern in self._parts.values() if halves else (self._whole,):
            text = pattern.sub(marker, text)
        return text

    def _any_address(self, text: str) -> bool:
        return any(name.in_address(found) for found in EMAIL.findall(text) for name in self.names)


def _plain(text: str) -> bytes:
    """Give the ASCII letters of a text in lower case; quick, and the same for a name and for a text that holds it."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").lower()


def _pattern(name: str) -> str:
    """Give the pattern of a name whose letters may bear any accent."""
    return _GAP.join("".join(map(_any_accent, folded(word))) for word in _WORDS.findall(name))


def _any_accent(letter: str) -> str:
    variants = "".join(one for one in _LETTERS if folded(one) == letter)
    return f"[{letter}{variants}][\u0300-\u036f]*"


def _upper(half: str) -> str:
    """Give the pattern of the capital that a name begins with, whatever the case of the rest."""
    letter = folded(half)[0].upper()
    variants = "".join(one for one in _LETTERS if one.isupper() and folded(one) == letter.casefold())
    return rf"(?-i:[{letter}{variants}])"
