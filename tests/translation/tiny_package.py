"""Builds a real Argos package of some 100 kB: a transformer whose weights are set by hand, word for word.

Each word is one SentencePiece token. The one attention that matters looks from output position n to input position n
(position encodings are one-hot), and the output projection is a dictionary. A word outside the dictionary comes out
as it went in, through CTranslate2's replacement of unknown tokens. So the whole way (load, tokenise, translate,
detokenise) is the real one, and its answers are known beforehand.
"""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import sentencepiece
from ctranslate2.specs import common_spec, transformer_spec

WORDS = {
    "Le": "The",
    "le": "the",
    "Les": "The",
    "les": "the",
    "service": "service",
    "est": "is",
    "gratuit": "free",
    "et": "and",
    "ouvert": "open",
    "à": "to",
    "tous.": "everyone.",
    "jeunes": "youth",
    "de": "of",
    "ans": "years",
    "ateliers": "workshops",
    "Ateliers": "Workshops",
    "Un": "A",
    "un": "a",
    "organisme": "organization",
    "aide": "helps",
    "familles": "families",
    "avec": "with",
    "intervenants": "workers",
    "parents": "parents",
    "chaque": "every",
    "mardi.": "Tuesday.",
    "mardi": "Tuesday",
    "dans": "in",
    "quartier": "neighbourhood",
    "quartier.": "neighbourhood.",
}
"""French and English words that the package knows, punctuation attached."""
POSITIONS = 300
SHARPNESS = 40.0


def build_package(
    folder: Path,
    source: str = "fr",
    target: str = "en",
    version: str = "1.9",
    words: dict[str, str] | None = None,
    *,
    own: bool = False,
) -> Path:
    """Write ``translate-SOURCE_TARGET-VERSION.argosmodel`` into a folder; ``own``: as one that this project trained."""
    pairs = words or (WORDS if source == "fr" else {english: french for french, english in reversed(WORDS.items())})
    name = f"translate-{source}_{target}-{version.replace('.', '_')}"
    tokenizer = _tokenizer(sorted({*pairs, *pairs.values()}))
    metadata: dict[str, Any] = {
        "package_version": version,
        "argos_version": "1.9",
        "from_code": source,
        "from_name": {"fr": "French", "en": "English"}[source],
        "to_code": target,
        "to_name": {"fr": "French", "en": "English"}[target],
    }
    if own:
        metadata["passerelle"] = {"placeholder": "⟦{}⟧", "placeholders": 32}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.argosmodel"
    with TemporaryDirectory() as place, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        _model(tokenizer, pairs).save(place)
        files = {f"model/{file.name}": file.read_bytes() for file in sorted(Path(place).iterdir())}
        files |= {
            "sentencepiece.model": tokenizer,
            "metadata.json": json.dumps(metadata).encode(),
            "README.md": b"For tests.\n",
        }
        for member, body in files.items():
            place_in = zipfile.ZipInfo(f"{name}/{member}", (2026, 1, 1, 0, 0, 0))
            archive.writestr(place_in, body, zipfile.ZIP_DEFLATED)
    return path


def _tokenizer(words: list[str]) -> bytes:
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([" ".join(words)] * 3),
        model_writer=model,
        model_type="word",
        vocab_size=len(words) + 3,
        hard_vocab_limit=False,
        minloglevel=2,
    )
    return model.getvalue()


def _model(tokenizer: bytes, pairs: dict[str, str]) -> Any:
    """Set the weights: d numbers a position, one for each token, then one for each position."""
    processor = sentencepiece.SentencePieceProcessor(model_proto=tokenizer)
    tokens = [processor.id_to_piece(token) for token in range(processor.get_piece_size())]
    size, depth = len(tokens), len(tokens) + POSITIONS
    spec = transformer_spec.TransformerSpec.from_config(
        (1, 1), 1, pre_norm=True, activation=common_spec.Activation.RELU
    )
    for side in (spec.encoder, spec.decoder):
        side.position_encodings.encodings = np.eye(POSITIONS, depth, k=size, dtype=np.float32)
        side.scale_embeddings = False
        _plain_norm(side.layer_norm, depth)
        _silence(side.layer[0].ffn, depth)
        _plain_norm(side.layer[0].self_attention.layer_norm, depth)
        _linear(side.layer[0].self_attention.linear[0], np.zeros((3 * depth, depth)))
        _linear(side.layer[0].self_attention.linear[1], np.zeros((depth, depth)))
    spec.encoder.embeddings[0].weight = np.eye(size, depth, dtype=np.float32)
    spec.decoder.embeddings.weight = np.zeros((size, depth), dtype=np.float32)
    by_position = np.diag(np.arange(depth) >= size).astype(np.float32) * SHARPNESS
    by_token = np.diag(np.arange(depth) < size).astype(np.float32)
    attention = spec.decoder.layer[0].attention
    _plain_norm(attention.layer_norm, depth)
    _linear(attention.linear[0], by_position)
    _linear(attention.linear[1], np.concatenate([by_position, by_token]))
    _linear(attention.linear[2], by_token * SHARPNESS)
    _linear(spec.decoder.projection, _dictionary(tokens, pairs, depth))
    spec.register_source_vocabulary(tokens)
    spec.register_target_vocabulary(tokens)
    spec.config.decoder_start_token = "<s>"
    spec.config.add_source_eos = True
    spec.validate()
    return spec


def _dictionary(tokens: list[str], pairs: dict[str, str], depth: int) -> Any:
    number = {token: at for at, token in enumerate(tokens)}
    weight = np.zeros((len(tokens), depth))
    for token, at in number.items():
        word = pairs.get(token.removeprefix("▁"))
        weight[number[f"▁{word}"] if word else at, at] = SHARPNESS
    return weight


def _plain_norm(spec: Any, depth: int) -> None:
    spec.gamma, spec.beta = np.ones(depth, dtype=np.float32), np.zeros(depth, dtype=np.float32)


def _linear(spec: Any, weight: Any) -> None:
    spec.weight, spec.bias = weight.astype(np.float32), np.zeros(len(weight), dtype=np.float32)


def _silence(ffn: Any, depth: int) -> None:
    _plain_norm(ffn.layer_norm, depth)
    _linear(ffn.linear_0, np.zeros((8, depth)))
    _linear(ffn.linear_1, np.zeros((depth, 8)))
