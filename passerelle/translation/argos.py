"""The Argos engine: installed Argos packages, run on CTranslate2 without Argos's own sentence splitter.

Argos's ``translate()`` downloads a splitter and works serially. Here the package's model and tokenizer are loaded
once a direction (``direction``), and every different sentence of a call is translated once. Where the package of the
other way round is ours, it says how likely the source is, given each answer: what an answer leaves out is unlikely.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum, auto
from functools import cached_property
from pathlib import Path
from typing import Any

from passerelle.translation.choosing import Choosing
from passerelle.translation.copying import Copying
from passerelle.translation.direction import BEAM, Direction
from passerelle.translation.engines import Answer
from passerelle.translation.errors import EngineError
from passerelle.translation.protect import Placeholder
from passerelle.translation.sentences import split_long, split_sentences
from schemas.base import Language

GREEDY = 1
"""Without a beam the likeliest next word is taken: worse on the whole, but otherwise wrong."""
BATCH_TEXTS = 512
"""Asked for at once: enough to fill the batches of tokens on many cores, few enough to tell the progress."""
LONGEST_SENTENCE = 160
"""Tokens above which a sentence is split at clauses: models were trained on shorter ones and lose the end."""


@contextmanager
def _argos_folders(packages: Path) -> Iterator[None]:
    """Point Argos to folders of ours while it is imported: it makes some in the user's home otherwise."""
    own = {f"XDG_{kind}_HOME": str(packages / ".argos") for kind in ("DATA", "CONFIG", "CACHE")}
    own["ARGOS_PACKAGES_DIR"] = str(packages)
    before = {key: os.environ.get(key) for key in own}
    os.environ.update(own)
    try:
        yield
    finally:
        for key, value in before.items():
            if value is None:
                os.environ.pop(key, None)
            else:
                os.environ[key] = value


def package_folders(packages: Path) -> tuple[Path, ...]:
    """List the folders of installed packages, by name."""
    if not packages.is_dir():
        return ()
    return tuple(sorted(path for path in packages.iterdir() if path.is_dir() and not path.name.startswith(".")))


def argos_package(folder: Path) -> Any:
    """Read one installed package as an ``argostranslate.package.Package``.

    Raises:
        EngineError: the folder holds no translation package.
    """
    with _argos_folders(folder.parent):
        from argostranslate.package import Package  # noqa: PLC0415 (slow, and needs the folders set)
    try:
        package = Package(folder)
    except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
        msg = f"{folder}: not a translation package ({error}); remove it or install it again"
        french = f"{folder} : pas un paquet de traduction ({error}); retirez-le ou installez-le de nouveau"
        raise EngineError(msg, french) from error
    named = (package.from_code, package.to_code, package.package_version)
    if package.type != "translate" or not all(isinstance(name, str) and name for name in named):
        msg = f"{folder}: not a translation package (its metadata.json names no languages); remove it"
        french = f"{folder} : pas un paquet de traduction (son metadata.json ne nomme pas de langues); retirez-le"
        raise EngineError(msg, french)
    return package


def readable_packages(packages: Path) -> tuple[tuple[Any, ...], dict[Path, EngineError]]:
    """Read the installed packages, and say of each other folder why it is none."""
    read, odd = [], {}
    for folder in package_folders(packages):
        try:
            read.append(argos_package(folder))
        except EngineError as error:
            odd[folder] = error
    return tuple(read), odd


def is_own(package: Any) -> bool:
    """Tell whether a package is one that this project trained: its ``metadata.json`` says so."""
    return isinstance(_own_metadata(package), dict)


def _own_metadata(package: Any) -> Any:
    return json.loads((package.package_path / "metadata.json").read_text("utf-8")).get("passerelle")


def version_key(version: str) -> tuple[int, ...]:
    """Order versions by their numbers: 1.10 comes after 1.9."""
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))


def index_address(packages: Path) -> str:
    """Give the address of the official Argos package index, as the installed Argos knows it."""
    with _argos_folders(packages):
        from argostranslate import settings  # noqa: PLC0415

    return str(settings.remote_package_index)


class Shipped(Enum):
    """When to use the packages that Passerelle ships with."""

    NEVER = auto()
    LAST = auto()
    """Where no other package is installed."""
    FIRST = auto()


def _joined(answers: Sequence[Answer]) -> Answer:
    """Put the sentences of a text together; it is as good as its worst."""
    sure = [answer.confidence for answer in answers if answer.confidence is not None]
    whole = [answer.likelihood for answer in answers if answer.likelihood is not None]
    return Answer(" ".join(answer.text for answer in answers), min(sure, default=None), min(whole, default=None))


class ArgosEngine:
    """Installed Argos packages as an engine; each direction is loaded at its first use and stays loaded.

    Another process, spawned or forked, loads its own.

    Args:
        packages: the folder of installed packages.
        threads: batches translated at once; by default one a core.
        beam: hypotheses kept at a time.
        shipped: whether to install the packages that Passerelle ships with where they are needed, and how to use them.
    """

    name = "argos"
    batch = BATCH_TEXTS

    def __init__(
        self, packages: Path, threads: int | None = None, beam: int = BEAM, shipped: Shipped = Shipped.NEVER
    ) -> None:
        self._folder = packages
        self._threads = threads
        self._beam = beam
        self._shipped = shipped
        self._loaded: dict[tuple[int, Language, Language], Direction] = {}

    def __reduce__(self) -> tuple[type[ArgosEngine], tuple[Path, int | None, int, Shipped]]:
        return ArgosEngine, (self._folder, self._threads, self._beam, self._shipped)

    @cached_property
    def retry(self) -> ArgosEngine | None:
        """The same packages, loaded once for both, without a beam."""
        if self._beam == GREEDY:
            return None
        other = ArgosEngine(self._folder, self._threads, GREEDY, self._shipped)
        other._loaded = self._loaded
        return other

    def available(self, source: Language, target: Language) -> bool:
        """Tell whether a package for this direction is installed."""
        return self._package(source, target) is not None

    def label(self, source: Language, target: Language) -> str:
        """Name engine, direction and package version, and what is not as usual."""
        package = self._package(source, target)
        way = " (no beam)" if self._beam == GREEDY else ""
        maker = "passerelle" if package and is_own(package) else "argos"
        return f"{maker} {source}→{target} {package.package_version if package else 'none'}{way}"

    def placeholder(self, source: Language, target: Language) -> Placeholder | None:
        """Read from the package's ``metadata.json`` what its model copies through.

        ``"passerelle": {"placeholder": "⟦{}⟧", "placeholders": 32}``; other packages, and odd values, have none.
        """
        package = self._package(source, target)
        if package is None:
            return None
        own = _own_metadata(package)
        form, count = (own.get("placeholder"), own.get("placeholders")) if isinstance(own, dict) else (None, None)
        if not (isinstance(form, str) and isinstance(count, int) and re.fullmatch(r"\W+\{\}\W+", form)):
            return None
        return Placeholder(form, count)

    def translate(self, texts: Sequence[str], source: Language, target: Language) -> list[str]:
        """Translate texts of any length: split into sentences, each different one translated once.

        Raises:
            EngineError: no package is installed for this direction, or it fails.
        """
        return [answer.text for answer in self._answer(texts, source, target, None)]

    def answer(
        self, texts: Sequence[str], source: Language, target: Language, names: Collection[str] = ()
    ) -> list[Answer]:
        """Translate likewise; a text is as sure as its worst sentence."""
        return self._answer(texts, source, target, self._back(source, target), names)

    def _answer(
        self,
        texts: Sequence[str],
        source: Language,
        target: Language,
        back: Direction | None,
        names: Collection[str] = (),
    ) -> list[Answer]:
        """Translate; with the direction ``back``, hold each answer against its sentence."""
        direction = self._direction(source, target)
        parts = [
            [
                part
                for sentence in split_sentences(text)
                for part in split_long(sentence, direction.count, LONGEST_SENTENCE)
            ]
            for text in texts
        ]
        different = list(dict.fromkeys(part for sentences in parts for part in sentences))
        answers = dict(zip(different, direction.answer(different, self._beam), strict=True)) if different else {}
        copying = Copying(self.placeholder(source, target))
        if self._beam != GREEDY:
            answers |= copying.mend(direction, answers)
        if back is not None:
            choosing = Choosing(direction, back, source, target, copying.faithful)
            answers = choosing.weighed_each(answers) if self._beam == GREEDY else choosing.best(answers, names)
        return [_joined([answers[part] for part in sentences]) for sentences in parts]

    def _package(self, source: Language, target: Language) -> Any:
        return self._packages.get((source, target))

    @cached_property
    def _packages(self) -> dict[tuple[str, str], Any]:
        """The package of each direction when first asked; a folder that is none is passed over.

        Official packages go before ours, unless ours are preferred; of each, the newest.
        """
        if self._shipped is not Shipped.NEVER:
            from passerelle.translation.shipped import install_shipped  # noqa: PLC0415 (it stands above this module)

            install_shipped(self._folder, preferred=self._shipped is Shipped.FIRST)
        packages, _ = readable_packages(self._folder)
        ordered = sorted(
            packages,
            key=lambda package: (
                is_own(package) is (self._shipped is Shipped.FIRST),
                version_key(package.package_version),
            ),
        )
        return {(package.from_code, package.to_code): package for package in ordered}

    def _back(self, source: Language, target: Language) -> Direction | None:
        """Give the other way round where its package is ours: what is likely was measured with these alone."""
        package = self._package(target, source)
        return self._direction(target, source) if package is not None and is_own(package) else None

    def _direction(self, source: Language, target: Language) -> Direction:
        key = (os.getpid(), source, target)  # a translator does not survive a fork
        if key not in self._loaded:
            package = self._package(source, target)
            if package is None:
                msg = f"no package translates {source}→{target}: run `passerelle models install {source}-{target}`"
                french = f"aucun paquet ne traduit {source}→{target} : passerelle models install {source}-{target}"
                raise EngineError(msg, french)
            self._loaded[key] = Direction(package, self._threads)
        return self._loaded[key]
