"""Turns trained weights into CTranslate2 models, one folder a direction: ``python -m training.export --work DIR``.

Both directions have the same weights. The target language is told by a tag before the source and one before the
target; each folder's configuration sets its own tag in the place of the usual start symbols, so that any program that
runs CTranslate2 models gets the right language without knowing of tags.
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path
from typing import Any

from ctranslate2.specs import common_spec, transformer_spec
from torch import Tensor, nn

from training import checkpoints
from training.model import Attention, FeedForward, Transformer
from training.tokenizer import LANGUAGE_TAGS, Language, load_tokenizer

log = logging.getLogger("training.export")
END_SYMBOL = "</s>"


def export(model: Transformer, tokenizer_model: Path, folder: Path, target: Language, kind: str = "int8") -> None:
    """Write the CTranslate2 model of one direction.

    Args:
        model: the trained model.
        tokenizer_model: its SentencePiece model.
        folder: where to write; made when needed.
        target: language to translate into.
        kind: how weights are stored: int8, int16, float16 or float32.
    """
    spec = _specification(model)
    tokenizer = load_tokenizer(tokenizer_model)
    pieces = [tokenizer.id_to_piece(number) for number in range(tokenizer.get_piece_size())]
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.config.bos_token = spec.config.decoder_start_token = LANGUAGE_TAGS[target]
    spec.config.eos_token = END_SYMBOL
    spec.config.add_source_bos = spec.config.add_source_eos = True
    spec.validate()
    spec.optimize(quantization=None if kind == "float32" else kind)
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))


def _specification(model: Transformer) -> Any:
    shape = model.shape
    spec = transformer_spec.TransformerSpec.from_config(
        (shape.encoder_layers, shape.decoder_layers),
        shape.heads,
        pre_norm=True,
        activation=common_spec.Activation.RELU,
    )
    for part in (spec.encoder.embeddings[0], spec.decoder.embeddings, spec.decoder.projection):
        part.weight = _array(model.embedding.weight)
    spec.decoder.projection.bias = _array(model.bias)
    for side in (spec.encoder, spec.decoder):
        side.scale_embeddings = True
        side.position_encodings.encodings = _array(model.positions)  # type: ignore[arg-type]
    _norm(spec.encoder.layer_norm, model.encoder_norm)
    _norm(spec.decoder.layer_norm, model.decoder_norm)
    for layer_spec, layer in zip(spec.encoder.layer, model.encoder, strict=True):
        _layer(layer_spec, layer)
    for layer_spec, layer in zip(spec.decoder.layer, model.decoder, strict=True):
        _layer(layer_spec, layer)
        _cross(layer_spec.attention, layer)
    return spec


def _layer(spec: Any, layer: Any) -> None:
    _norm(spec.self_attention.layer_norm, layer.self_norm)
    _attention(spec.self_attention, layer.self_attention)
    _norm(spec.ffn.layer_norm, layer.feed_norm)
    feed_forward: FeedForward = layer.feed_forward
    _linear(spec.ffn.linear_0, feed_forward.inner.weight, feed_forward.inner.bias)
    _linear(spec.ffn.linear_1, feed_forward.outer.weight, feed_forward.outer.bias)


def _cross(spec: Any, layer: Any) -> None:
    _norm(spec.layer_norm, layer.cross_norm)
    _attention(spec, layer.cross_attention)


def _attention(spec: Any, attention: Attention) -> None:
    for part, weight, bias in zip(spec.linear[:-1], attention.inputs, attention.biases, strict=True):
        _linear(part, weight.view(-1, weight.shape[-1]), bias)
    _linear(spec.linear[-1], attention.output.weight, attention.output.bias)


def _linear(spec: Any, weight: Tensor, bias: Tensor) -> None:
    spec.weight, spec.bias = _array(weight), _array(bias)


def _norm(spec: Any, norm: nn.LayerNorm) -> None:
    spec.gamma, spec.beta = _array(norm.weight), _array(norm.bias)


def _array(tensor: Tensor) -> Any:
    return tensor.detach().float().contiguous().numpy().copy()  # quantisation writes into it


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--run", default="run")
    parser.add_argument("--weights", default=checkpoints.AVERAGED, help="file in the run's folder")
    parser.add_argument("--kind", default="int8", choices=("int8", "int16", "float16", "float32"))
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    run: Path = options.work / options.run
    model = checkpoints.load_model(run / options.weights)
    for target in LANGUAGE_TAGS:
        folder = run / "exported" / f"to-{target}"
        export(model, options.work / "data" / "spm.model", folder, target, options.kind)
        log.info("%s written", folder)


if __name__ == "__main__":
    main()
