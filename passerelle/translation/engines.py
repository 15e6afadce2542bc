"""The small interface behind which translation engines stand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from passerelle.translation.errors import EngineChoiceError, EngineError
from passerelle.translation.protect import Placeholder
from schemas.base import Language


class Answer(NamedTuple):
    """What an engine makes of a text."""

    text: str
    confidence: float | None = None
    """Mean log-probability of a token, of the sentence that is worst off; ``None``: the engine does not say."""
    likelihood: float | None = None
    """The same of the source, given the text, as an engine of the other way round finds it."""


class Engine(Protocol):
    """What translates plain sentences from one language to the other."""

    @property
    def name(self) -> str:
        """Name of the engine as in the settings."""
        ...

    @property
    def batch(self) -> int:
        """Texts to ask for at once: enough to fill its batches, few enough to lose little when it is stopped."""
        ...

    @property
    def retry(self) -> Engine | None:
        """The same engine choosing its words another way, for what a check refused; ``None``: it knows but one."""
        ...

    def available(self, source: Language, target: Language) -> bool:
        """Tell whether this direction can be translated."""
        ...

    def label(self, source: Language, target: Language) -> str:
        """Name engine, direction and version, as published in text_status: ``argos fr→en 1.9``."""
        ...

    def placeholder(self, source: Language, target: Language) -> Placeholder | None:
        """Tell what this direction's model was taught to copy through; ``None``: nothing special."""
        ...

    def translate(self, texts: Sequence[str], source: Language, target: Language) -> list[str]:
        """Translate texts, one output each, in their order.

        Raises:
            EngineError: the engine failed.
        """
        ...

    def answer(
        self, texts: Sequence[str], source: Language, target: Language, names: Collection[str] = ()
    ) -> list[Answer]:
        """Translate likewise, and say how sure of each text the engine is where it can.

        ``names``: those of the texts that are proper names, in which no term is enforced.
        """
        ...


class NoEngine:
    """The engine of those who want none: every gap stays pending."""

    name = "none"
    batch = 1
    retry = None

    def available(self, source: Language, target: Language) -> bool:
        """Never."""
        return False

    def label(self, source: Language, target: Language) -> str:
        """Name it."""
        return f"none {source}→{target}"

    def placeholder(self, source: Language, target: Language) -> None:
        """None."""

    def translate(self, texts: Sequence[str], source: Language, target: Language) -> list[str]:
        """Refuse."""
        msg = f"no engine to translate {len(texts)} texts from {source} to {target}"
        raise EngineError(msg, f"aucun moteur pour {len(texts)} texte(s), {source}→{target}")

    def answer(
        self, texts: Sequence[str], source: Language, target: Language, names: Collection[str] = ()
    ) -> list[Answer]:
        """Refuse."""
        del names
        return [Answer(text) for text in self.translate(texts, source, target)]


def make_engine(
    name: str,
    packages: Path,
    *,
    threads: int | None = None,
    address: str | None = None,
    prefer_shipped: bool = False,
) -> Engine:
    """Make the engine that the settings name.

    Args:
        name: ``argos``, ``libretranslate`` or ``none``.
        packages: folder of installed translation packages, for Argos.
        threads: batches that Argos translates at once; by default one a core.
        address: of the LibreTranslate server.
        prefer_shipped: use the packages that Passerelle ships with even where official ones are installed.

    Raises:
        EngineChoiceError: there is no engine of this name, or its address is missing or none.
    """
    if name == "none":
        return NoEngine()
    if name == "argos":
        from passerelle.translation.argos import ArgosEngine, Shipped  # noqa: PLC0415 (slow to import)

        return ArgosEngine(packages, threads, shipped=Shipped.FIRST if prefer_shipped else Shipped.LAST)
    if name == "libretranslate":
        from passerelle.translation.libretranslate import LibreTranslateEngine  # noqa: PLC0415

        if not address:
            msg = "the engine libretranslate needs the address of its server: set PASSERELLE_LIBRETRANSLATE_URL"
            french = "le moteur libretranslate a besoin de l’adresse de son serveur : PASSERELLE_LIBRETRANSLATE_URL"
            raise EngineChoiceError(msg, french)
        return LibreTranslateEngine(address)
    msg = f"no translation engine is called {name!r}: set PASSERELLE_ENGINE to argos, libretranslate or none"
    french = f"aucun moteur ne s’appelle {name!r} : PASSERELLE_ENGINE doit être argos, libretranslate ou none"
    raise EngineChoiceError(msg, french)
