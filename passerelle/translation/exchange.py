"""What the files exchanged with translators' tools share: careful reading, language codes, lines to complain about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from passerelle.translation.errors import ExchangeError
from schemas.base import Language

MOST_BYTES = 256 * 1024**2
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
TOOL = "Passerelle"
CODES: dict[Language, str] = {"fr": "fr-CA", "en": "en-CA"}
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Element = Any
"""An lxml element; lxml has no type stubs."""


@dataclass(frozen=True)
class Complaint:
    """What was not taken from a file: where it stands, why in both languages."""

    line: int
    what: str
    fr: str
    en: str

    def text(self, language: Language) -> str:
        """Say it on one line."""
        return f"{self.line}: {self.what}{' :' if language == 'fr' else ':'} {self.fr if language == 'fr' else self.en}"


def tool_version() -> str:
    """Give Passerelle's version."""
    return version("passerelle")


def read_xml(path: Path, root: str) -> Element:
    """Read an XML file whose outermost element has this local name; nothing that it refers to is opened.

    Raises:
        ExchangeError: it is too large, no XML, declares entities, or is another kind of document.
    """
    if path.stat().st_size > MOST_BYTES:
        msg = f"{path}: larger than {MOST_BYTES // 1024**2} MB; split it"
        raise ExchangeError(msg, f"{path} : plus de {MOST_BYTES // 1024**2} Mo; divisez-le")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        tree = etree.parse(str(path), parser)
    except (etree.XMLSyntaxError, OSError) as error:
        why = error.msg if isinstance(error, etree.XMLSyntaxError) else error.strerror
        msg = f"{path}: cannot be read as XML ({why})"
        raise ExchangeError(msg, f"{path} : ne se lit pas comme du XML ({why})") from error
    if tree.docinfo.internalDTD is not None and list(tree.docinfo.internalDTD.iterentities()):
        msg = f"{path}: declares entities, which no translator's tool does; nothing was taken"
        raise ExchangeError(msg, f"{path} : déclare des entités, ce que ne fait aucun outil; rien n’a été pris")
    found = tree.getroot()
    if local_name(found) != root:
        msg = f"{path}: not a {root.upper()} file (its outermost element is {local_name(found)})"
        french = f"{path} : pas un fichier {root.upper()} (son premier élément est {local_name(found)})"
        raise ExchangeError(msg, french)
    return found


def local_name(element: Element) -> str:
    """Give an element's name without its namespace; '' for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """Yield the children of these local names."""
    return (child for child in element if local_name(child) in names)


def language_of(code: str | None) -> Language | None:
    """Tell which of our languages a code such as ``fr-CA`` or ``EN_us`` stands for."""
    base = (code or "").replace("_", "-").split("-")[0].lower()
    return "fr" if base == "fr" else "en" if base == "en" else None


def text_of(element: Element, *, without: frozenset[str] = frozenset()) -> str:
    """Give the words of an element, those of inline elements too, except what stands in elements of these names."""
    parts = [element.text or ""]
    for child in element:
        if local_name(child) not in without:
            parts.append(text_of(child, without=without))
        parts.append(child.tail or "")
    return "".join(parts)


def writable(text: str) -> str:
    """Drop the characters that XML cannot hold."""
    return _UNWRITABLE.sub("", text)


def write_xml(root: Element, path: Path) -> None:
    """Write a document whole or not at all.

    Raises:
        ExchangeError: it cannot stand there.
    """
    write_whole(path, etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def write_whole(path: Path, body: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        ExchangeError: its folder does not exist, or it is a folder itself.
    """
    if path.is_dir():
        raise ExchangeError(f"{path}: is a folder; name a file", f"{path} : est un dossier; nommez un fichier")
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(body)
    except (FileNotFoundError, NotADirectoryError) as error:
        msg = f"{path}: the folder {path.parent} does not exist; make it first, or choose another place"
        french = f"{path} : le dossier {path.parent} n’existe pas; créez-le d’abord, ou choisissez un autre endroit"
        raise ExchangeError(msg, french) from error
    beside.replace(path)
