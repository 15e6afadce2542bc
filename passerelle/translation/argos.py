"""The Argos engine: installed Argos packages, run on CTranslate2 without Argos's own sentence splitter.

Argos's ``translate()`` downloads a splitter and works serially. Here the package's model and tokenizer are loaded
once a direction, and all sentences of a call are sorted by length and translated in batches of tokens.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import Enum, auto
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

from passerelle.translation.engines import Answer
from passerelle.translation.errors import EngineError
from passerelle.translation.protect import Placeholder, placeholder_pattern
from passerelle.translation.sentences import split_long, split_sentences
from schemas.base import Language

BEAM, LENGTH_PENALTY = 4, 0.2
"""As Argos's own ``translate()`` sets them."""
WIDE_BEAM = 32
"""For a sentence whose placeholders were not all copied: of so many answers the likeliest that has them is taken."""
GREEDY = 1
"""Without a beam the likeliest next word is taken: worse on the whole, but otherwise wrong."""
BATCH_TOKENS = 1024
BATCH_TEXTS = 512
"""Asked for at once: enough to fill the batches of tokens on many cores, few enough to tell the progress."""
LONGEST_SENTENCE = 160
"""Tokens above which a sentence is split at clauses: models were trained on shorter ones and lose the end."""
INTRA_THREADS = 1
"""Threads of one batch; as many batches at a time as there are cores is twice as fast as many threads on one batch."""
MOST_THREADS = 8
BUCKETS = (24, 64)
"""Source tokens at which a group of sentences ends; each group has a bound of its own for its outputs."""
LONGER, MORE = 3, 32
"""Output tokens for one source token, at most, and some more. What is not at its end by then is a loop: it is given up
whole, never cut. A loop in one group does not hold up the others."""


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


def default_threads() -> int:
    """Give the number of cores that this process may use, within reason."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_THREADS)


class Shipped(Enum):
    """When to use the packages that Passerelle ships with."""

    NEVER = auto()
    LAST = auto()
    """Where no other package is installed."""
    FIRST = auto()


Faithful = Callable[[str, str], bool]
"""Whether an answer keeps what its sentence asks it to keep."""


class Direction:
    """One direction, loaded: its translator and its tokenizer, kept for the life of the process."""

    def __init__(self, package: Any, threads: int | None = None) -> None:
        import ctranslate2  # noqa: PLC0415 (slow to import)

        try:
            self._translator = ctranslate2.Translator(
                str(package.package_path / "model"),
                device="cpu",
                inter_threads=threads or default_threads(),
                intra_threads=INTRA_THREADS,
            )
            self._tokenizer = _tokenizer(package)
        except (RuntimeError, OSError, ValueError, AttributeError, MemoryError) as error:
            msg = f"{package.package_path}: the package does not load ({error}); run `passerelle models verify`"
            french = f"{package.package_path} : le paquet ne s’ouvre pas ({error}); passerelle models verify"
            raise EngineError(msg, french) from error
        self._prefix = str(package.target_prefix or "")

    def count(self, text: str) -> int:
        """Count the tokens of a text."""
        return len(self._tokenizer.encode(text))

    def translate(self, sentences: Sequence[str], beam: int = BEAM) -> list[str]:
        """Translate sentences short enough for the model, in their order; ``beam``: hypotheses kept at a time."""
        return [answer.text for answer in self.answer(sentences, beam)]

    def answer(self, sentences: Sequence[str], beam: int = BEAM, faithful: Faithful | None = None) -> list[Answer]:
        """Translate likewise, and say how likely the model finds each answer.

        With ``faithful``, the likeliest answer that it finds faithful to its sentence is given, "" where there is none.
        """
        tokens = [self._tokenizer.encode(sentence) for sentence in sentences]
        order = sorted((at for at, pieces in enumerate(tokens) if pieces), key=lambda at: -len(tokens[at]))
        answers = [Answer("")] * len(tokens)
        try:
            results = [
                result
                for bucket in _buckets(order, tokens)
                for result in self._submit([tokens[at] for at in bucket], beam, beam if faithful else 1)
            ]
            done = [(result.result(), most) for result, most in results]
        except (RuntimeError, ValueError) as error:
            msg = f"the Argos package failed while translating ({error}); run `passerelle models verify`"
            french = f"le paquet Argos a échoué en traduisant ({error}); lancez passerelle models verify"
            raise EngineError(msg, french) from error
        for at, (result, most) in zip(order, done, strict=True):
            for pieces, score in zip(result.hypotheses, result.scores, strict=True):
                text = self._tokenizer.decode(pieces).removeprefix(self._prefix).strip()
                if len(pieces) < most and (faithful is None or faithful(sentences[at], text)):
                    answers[at] = Answer(text, self._confidence(score, len(pieces)))
                    break
        return answers

    def _confidence(self, score: float, pieces: int) -> float:
        """Give the mean log-probability of a token, the end among them.

        CTranslate2 divides the sum by the length, end and prefix included, to the power of the length penalty; of a
        prefix it counts the length and no probability.
        """
        length = float(pieces + 1)
        return score * float(length**LENGTH_PENALTY) / (length - bool(self._prefix))

    def _submit(self, tokens: list[list[str]], beam: int, hypotheses: int) -> list[tuple[Any, int]]:
        """Hand sentences to the translator without waiting; give what will hold each result, and its bound."""
        most = LONGER * len(tokens[0]) + MORE
        results = self._translator.translate_batch(
            tokens,
            target_prefix=[[self._prefix]] * len(tokens) if self._prefix else None,
            max_batch_size=BATCH_TOKENS,
            batch_type="tokens",
            asynchronous=True,
            beam_size=beam,
            num_hypotheses=hypotheses,
            length_penalty=LENGTH_PENALTY,
            return_scores=True,
            replace_unknowns=True,
            max_input_length=0,
            max_decoding_length=most,
        )
        return [(result, most) for result in results]


def _buckets(order: Sequence[int], tokens: Sequence[Sequence[str]]) -> list[list[int]]:
    """Group sentences, longest first, by their lengths."""
    groups = groupby(order, key=lambda at: sum(len(tokens[at]) > end for end in BUCKETS))
    return [list(group) for _, group in groups]


def _joined(answers: Sequence[Answer]) -> Answer:
    """Put the sentences of a text together."""
    told = [answer.confidence for answer in answers if answer.confidence is not None]
    return Answer(" ".join(answer.text for answer in answers), min(told, default=None))


def _with_placeholders(
    direction: Direction, answers: Mapping[str, Answer], placeholder: Placeholder
) -> dict[str, Answer]:
    """Ask again for the sentences whose placeholders were not all copied; give the answers that have them."""
    pattern = placeholder_pattern(placeholder.form)

    def faithful(source: str, target: str) -> bool:
        return sorted(pattern.findall(source)) == sorted(pattern.findall(target))

    lost = [sentence for sentence, answer in answers.items() if not faithful(sentence, answer.text)]
    found = dict(zip(lost, direction.answer(lost, WIDE_BEAM, faithful), strict=True)) if lost else {}
    return {sentence: answer for sentence, answer in found.items() if answer.text}


class _SentencePiece:
    """A package's SentencePiece model; Argos's own wrapper turns underscores into spaces, this one does not."""

    def __init__(self, path: Path) -> None:
        import sentencepiece  # noqa: PLC0415

        self._processor = sentencepiece.SentencePieceProcessor(model_file=str(path))

    def encode(self, text: str) -> list[str]:
        return list(self._processor.encode(text, out_type=str))

    def decode(self, tokens: list[str]) -> str:
        return str(self._processor.decode_pieces(tokens)).replace("▁", " ")


def _tokenizer(package: Any) -> Any:
    model: Path = package.package_path / "sentencepiece.model"
    return _SentencePiece(model) if model.exists() else package.tokenizer


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
        return [answer.text for answer in self.answer(texts, source, target)]

    def answer(self, texts: Sequence[str], source: Language, target: Language) -> list[Answer]:
        """Translate likewise; a text is as sure as its worst sentence."""
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
        if self._beam != GREEDY and (placeholder := self.placeholder(source, target)):
            answers |= _with_placeholders(direction, answers, placeholder)
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
