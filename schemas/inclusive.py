"""Reads French inclusive writing as its plain form: ``intervenant·es`` → ``intervenants``.

Translation engines stumble on the dots, and search finds the word by its plain form. Only what they read is changed:
the text stays as its authors wrote it. Addresses, file names, abbreviations and numbers are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_DOTS = ".·•∙⋅‧․・"
_LETTER = "[A-Za-zÀ-ÖØ-öø-ÿŒœ]"
_OPAQUE = re.compile(
    r"\S*@\S+|(?:https?://|www\.)\S+"
    r"|(?<![\w.])[\w-]+(?:\.[\w-]+)*\.(?:ca|com|org|net|quebec|info|pdf|docx?|xlsx?|pptx?|jpe?g|png|html?|csv|zip)(?![\w.])"
    r"|(?<!\w)(?:[A-ZÀ-Ý]\.){2,}"
)
_FORMS = tuple(
    re.compile(
        rf"(?<![\w@.])({_LETTER}{{2,}})({one})({_LETTER}{{1,6}})(?:{one}({_LETTER}{{1,6}}))?(?:{one}([sxSX]))?"
        rf"(?![\w@]|{one}\w)"
    )
    for one in (f"[{_DOTS}]", "(?:/-?|(?<=e)-(?=s))", "-", "_")
)
"""Forms with dots, with slashes, with hyphens, with underscores."""
_BRACKETED = re.compile(
    rf"(?<![\w@.])({_LETTER}{{2,}})(?:[(\[]-?({_LETTER}{{1,6}})[)\]]| \(-?({_LETTER}{{3,6}})\))([sxSX]?)(?!\w)"
)
_CAPITAL = re.compile(r"(?<!\w)([a-zà-ÿœA-ZÀ-Ý][a-zà-ÿœ]{1,})(E|NE|LE|TE|RICE|TRICE|EUSE|ÈRE|VE|IVE)([sS]?)(?!\w)")
_AFTER = {
    "e": "[bcdfghjklmnpqrstvxzéiu]",
    "ée": "é", "ne": "n", "nne": "n", "enne": "en", "ienne": "ien", "onne": "on", "gne": "in",
    "le": "[eiu]l", "lle": "l|eaux?", "elle": "el|eaux?", "ale": "al|aux", "te": "t|tou", "tte": "t", "ette": "et",
    "se": "[sx]", "sse": "[esx]", "esse": "[a-z]", "euse": "eu[rx]", "eure": "eur", "ice": "teur", "rice": "teur",
    "trice": "teur", "ère": "er", "ière": "ier", "ere": "er", "iere": "ier", "ve": "f", "ive": "if", "che": "c",
    "he": "c", "que": "c", "ue": "c", "ce": "x", "ine": "in",
    "eille": "eux",
}  # fmt: skip
"""Each feminine ending, and how the masculine form before it ends."""
_ENDS = {feminine: re.compile(f"(?:{ends})$") for feminine, ends in _AFTER.items()}
_MASCULINE = frozenset(
    ("teur", "eur", "eux", "er", "ier", "ien", "en", "on", "if", "f", "el", "al", "eau", "eaux", "aux", "ux", "x", "s")
) | {"t", "é", "l", "n"}
"""Masculine endings set apart too: act·eur·rice."""
_SHORT = frozenset(["ne", "le", "te", "se", "ce", "ve", "che", "he", "sse", "lle", "nne", "elle"])
"""Endings that after a hyphen may be pronouns; only a plural after them tells (professionnel-le-s)."""
_BEFORE_VOWEL = {"nouvel": "nouveaux", "bel": "beaux", "vieil": "vieux"}
"""Masculine forms that have no plural of their own."""
_NO_AUX = frozenset(["banal", "fatal", "final", "natal", "naval", "glacial"])

_BLENDS = {
    "iel": "il", "iels": "ils", "ielle": "il", "ielles": "ils", "yel": "il", "celleux": "ceux", "ceuses": "ceux",
    "cellui": "celui", "toustes": "tous", "touxtes": "tous", "elleux": "eux", "lea": "le", "maon": "mon", "saon": "son",
}  # fmt: skip
_BLEND = re.compile(rf"(?<![\w'’-])({'|'.join(_BLENDS)})(?![\w'’])", re.IGNORECASE)
_THOSE = re.compile(rf"(?<!\w)(celles|ceux)[{_DOTS}/](?:eux|elles)(?!\w)", re.IGNORECASE)
"""« celles·eux » and « ceux·elles »: what is set apart is not an ending of the whole."""
_EURICE = re.compile(rf"(?<!\w)({_LETTER}+teur)ice(s?)(?!\w)", re.IGNORECASE)

_TWINS = {
    "il": "elle", "ils": "elles", "eux": "elles", "ceux": "celles", "celui": "celle", "tous": "toutes", "un": "une",
    "tout": "toute", "le": "la", "ce": "cette", "cet": "cette", "du": "de la", "au": "à la", "son": "sa", "mon": "ma",
    "ton": "ta", "chacun": "chacune", "aucun": "aucune", "quel": "quelle", "lequel": "laquelle", "beaux": "belles",
    "lesquels": "lesquelles", "nouveau": "nouvelle", "nouveaux": "nouvelles", "copains": "copines", "ces": "ces",
    "certains": "certaines", "plusieurs": "plusieurs", "lui": "elle", "fou": "folle", "fous": "folles",
}  # fmt: skip
_EITHER = "|".join(sorted({*_TWINS, *_TWINS.values()}, key=len, reverse=True))
_TWIN = re.compile(
    rf"(?<![\w'’-])({_EITHER})(?:([{_DOTS}/]| (?:ou|et) | / )({_EITHER})|\(({_EITHER})\))(?![\w'’-])", re.IGNORECASE
)
_NEVER_WITH_ET = frozenset(
    ["le", "la", "un", "une", "du", "au", "son", "sa", "mon", "ma", "ton", "ta", "ce", "cette", "cet"]
) | {"lui", "elle", "fou", "folle", "ceux", "celles"}

_DETERMINER = (
    "(?:(?:tous|toutes) (?:les|nos|ces) |(?:les|le|la|un|une|des|du|de la|aux|au|à la|ces|cet|cette|ce|nos|vos|leurs|"
    "ses|mes) |[ld]['’]|de l['’]|de )"
)
_DOUBLET = re.compile(
    rf"(?<![\w'’-])({_DETERMINER}?)({_LETTER}{{4,}})( et | ou | et/ou |/| / )({_DETERMINER}?)({_LETTER}{{4,}})"
    r"(?![\w'’-])",
    re.IGNORECASE,
)
_TO_MASCULINE = {"la ": "le ", "une ": "un ", "cette ": "ce ", "de la ": "du ", "à la ": "au "}
_FEMININES = (
    ("teur", "trice"), ("eur", "euse"), ("eur", "eure"), ("er", "ère"), ("ien", "ienne"), ("éen", "éenne"),
    ("yen", "yenne"), ("on", "onne"), ("if", "ive"), ("eux", "euse"), ("el", "elle"), ("eau", "elle"), ("al", "ale"),
    ("ant", "ante"), ("ent", "ente"), ("é", "ée"), ("ain", "aine"), ("ais", "aise"), ("ois", "oise"), ("and", "ande"),
    ("ard", "arde"), ("at", "ate"), ("ami", "amie"), ("élu", "élue"), ("isan", "isane"), ("in", "ine"), ("ert", "erte"),
    ("aux", "ale"), ("tre", "tresse"), ("ôte", "ôtesse"),
)  # fmt: skip
"""How the nouns of people end, masculine and feminine, in the singular."""


def expand_inclusive(text: str) -> str:
    """Put inclusive forms and doublets into the plain masculine form, plural where the form is plural."""
    parts: list[str] = []
    place = 0
    for opaque in _OPAQUE.finditer(text):
        parts += [_expand(text[place : opaque.start()]), opaque[0]]
        place = opaque.end()
    return "".join(parts) + _expand(text[place:])


def _expand(text: str) -> str:
    text = _THOSE.sub(lambda found: _as_cased("ceux", found[1]), text)
    text = _TWIN.sub(_one_twin, text)
    text = _BLEND.sub(lambda found: _as_cased(_BLENDS[found[1].lower()], found[1]), text)
    text = _EURICE.sub(r"\1\2", text)
    text = _BRACKETED.sub(_without_brackets, text.replace(")(s)", ")s"))
    for form in _FORMS:
        text = form.sub(_without_separators, text)
    text = _CAPITAL.sub(lambda found: _plain(found[1], found[2].lower(), bool(found[3])) or found[0], text)
    return _DOUBLET.sub(_one_of_two, text)


def _without_separators(found: re.Match[str]) -> str:
    stem, separator, *rest = found.groups()
    parts = [part for part in rest if part]
    hyphen = separator == "-"
    return _in_case(
        found[0],
        stem,
        parts,
        lambda low, ends: _read(low, ends, hyphen=hyphen, alone=not hyphen and "/" not in separator),
    )


def _without_brackets(found: re.Match[str]) -> str:
    parts = [part for part in (found[2] or found[3], found[4]) if part]
    return _in_case(found[0], found[1], parts, lambda low, ends: _read(low, ends, hyphen=False, alone=True))


def _in_case(form: str, stem: str, parts: list[str], read: Callable[[str, list[str]], str | None]) -> str:
    """Read a form in small letters, or all in capitals; a capital that begins a part is no inclusive writing."""
    capitals = len(stem) > 3 and stem.isupper() and all(part.isupper() for part in parts)
    if not capitals and not all(part.islower() for part in parts):
        return form
    plain = read(stem.lower(), [part.lower() for part in parts])
    if plain is None:
        return form
    return plain.upper() if capitals else _as_cased(plain, stem)


def _read(stem: str, parts: list[str], *, hyphen: bool, alone: bool) -> str | None:
    """Give the plain form of a stem and what was set apart after it; ``None`` where it is no inclusive form."""
    *middle, last = parts
    plural = last in {"s", "x"}
    feminine = "" if plural and not middle else last
    if plural and middle:
        feminine = middle.pop()
    elif len(last) > 1 and last.endswith("s"):
        feminine, plural = last[:-1], True
    if not feminine:
        return _plural(stem) if alone and len(stem) > 3 and not stem.endswith(("s", "x")) else None
    if middle:
        if middle[0].removesuffix("s") not in _MASCULINE and middle[0] not in _MASCULINE:
            return None
        stem += middle[0]
    if hyphen and feminine in _SHORT and not plural:
        return None
    return _plain(stem, feminine, plural)


def _plain(stem: str, feminine: str, plural: bool) -> str | None:
    """Give the masculine form where the feminine ending goes with it."""
    ends = _ENDS.get(feminine)
    bare = stem[:-1] if stem.endswith("s") else stem
    if ends is None or not (ends.search(stem) or ends.search(bare)):
        return None
    return _plural(stem) if plural else stem


def _plural(word: str) -> str:
    low = word.lower()
    if low in _BEFORE_VOWEL:
        return _as_cased(_BEFORE_VOWEL[low], word)
    if low in {"tou", "tout"}:
        return word[:3] + "s"
    if low.endswith("al") and low not in _NO_AUX:
        return word[:-1] + "ux"
    if low.endswith(("s", "x", "z")):
        return word
    return word + ("x" if low.endswith("eau") else "s")


def _one_twin(found: re.Match[str]) -> str:
    first, second = found[1].lower(), (found[3] or found[4]).lower()
    if found[2] == " et " and {first, second} & _NEVER_WITH_ET:
        return found[0]
    if _TWINS.get(first) == second:
        return found[1]
    return _as_cased(second, found[1]) if _TWINS.get(second) == first else found[0]


def _one_of_two(found: re.Match[str]) -> str:
    """Give the masculine one of « les citoyennes et les citoyens »."""
    first_determiner, first, _, second_determiner, second = found.groups()
    if _is_feminine_of(second, first):
        return first_determiner + first
    if not _is_feminine_of(first, second):
        return found[0]
    determiner = second_determiner or _TO_MASCULINE.get(first_determiner.lower(), first_determiner)
    whole = determiner + second
    return whole[0].upper() + whole[1:] if found[0][0].isupper() else whole


def _is_feminine_of(feminine: str, masculine: str) -> bool:
    low, other = feminine.lower(), masculine.lower()
    if low.endswith("s") != other.endswith(("s", "x")) and not other.endswith(("ois", "ais", "eux")):
        return False
    singular = low.removesuffix("s")
    candidates = {other, other.removesuffix("s"), other.removesuffix("x")}
    return any(
        one.endswith(left) and singular == one.removesuffix(left) + right
        for one in candidates
        for left, right in _FEMININES
    )


def _as_cased(plain: str, written: str) -> str:
    return plain[0].upper() + plain[1:] if written[0].isupper() else plain
