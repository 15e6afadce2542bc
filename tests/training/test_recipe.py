"""A toy run through the whole recipe; PyTorch is a training-only extra, so these skip where it is not installed."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.training.toy import toy_pairs, write_toy_data

torch = pytest.importorskip("torch", reason="PyTorch is a training-only extra: pip install passerelle[training]")

import ctranslate2  # noqa: E402

from passerelle.translation import argos  # noqa: E402
from passerelle.translation.models import install  # noqa: E402
from training import checkpoints  # noqa: E402
from training.average import average_run  # noqa: E402
from training.batches import Stream  # noqa: E402
from training.export import export  # noqa: E402
from training.model import Shape, Transformer  # noqa: E402
from training.muon import orthogonalize  # noqa: E402
from training.pack import pack  # noqa: E402
from training.tokenizer import BEGIN, END, Language, load_tokenizer, tag_ids  # noqa: E402
from training.train import Recipe, Trainer, dev_batches, train  # noqa: E402

TOKENS = 170_000
"""Target tokens that the toy is trained on: some 200 steps, 12 seconds."""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.set_num_threads(1)
    return write_toy_data(tmp_path_factory.mktemp("work"))


def make_trainer(data: Path, run: Path, *, augmented: bool = False, budget: int | None = None) -> Trainer:
    size = load_tokenizer(data / "spm.model").get_piece_size()
    shape = Shape(size, width=64, heads=2, feed_forward=128, encoder_layers=2, decoder_layers=1)
    recipe = Recipe(tokens=1024, warmup_steps=20, smoothing=0.0, adam_rate=0.005, budget=budget, cooldown_share=0.5)
    trainer = Trainer(data, run, shape, recipe)
    trainer.stream = Stream(data, 1024, augmented=augmented)
    return trainer


@pytest.fixture(scope="module")
def trained(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    run = tmp_path_factory.mktemp("run")
    trainer = make_trainer(data, run, budget=TOKENS)
    train(trainer, dev_batches(data, 200, 1024))
    assert trainer.dev_loss(dev_batches(data, 200, 1024)) < 0.02
    return run


@pytest.fixture(scope="module")
def averaged(trained: Path) -> Transformer:
    return checkpoints.load_model(average_run(trained, 1))


@pytest.mark.slow
def test_a_toy_learnt_to_near_zero_loss_translates_both_ways_through_argos(
    data: Path, averaged: Transformer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(argos, "BEAM", 1)  # a wider beam ends too early on a model as sure of itself as this one
    directions: tuple[tuple[Language, Language], ...] = (("fr", "en"), ("en", "fr"))
    for languages in directions:
        export(averaged, data / "spm.model", tmp_path / languages[1], languages[1])
        made = pack(tmp_path / languages[1], data / "spm.model", tmp_path, languages, "0.1", free_only=True)
        install(str(made), tmp_path / "packages")
    engine = argos.ArgosEngine(tmp_path / "packages")
    english, french = (list(side) for side in zip(*toy_pairs(), strict=True))
    for outputs, expected in (
        (engine.translate(french, "fr", "en"), english),
        (engine.translate(english, "en", "fr"), french),
    ):
        assert sum(map(str.__eq__, outputs, expected)) >= 195
    assert engine.label("fr", "en") == "argos fr→en 0.1"


@pytest.mark.slow
def test_the_exported_model_gives_the_probabilities_of_the_trained_one(
    data: Path, averaged: Transformer, tmp_path: Path
) -> None:
    tokenizer = load_tokenizer(data / "spm.model")
    export(averaged, data / "spm.model", tmp_path / "to-en", "en", "float32")
    translator = ctranslate2.Translator(str(tmp_path / "to-en"), device="cpu")
    english, french = toy_pairs()[17]
    scores = translator.score_batch([tokenizer.encode(french, out_type=str)], [tokenizer.encode(english, out_type=str)])
    tag, target = tag_ids(tokenizer)["en"], tokenizer.encode(english)
    source, read = torch.tensor([[tag, *tokenizer.encode(french), END]]), torch.tensor([[tag, *target]])
    with torch.no_grad():
        expected = averaged.log_probabilities(source, read)[0]
    ours = [float(expected[at, token]) for at, token in enumerate([*target, END])]
    assert scores[0].log_probs == pytest.approx(ours, abs=1e-3)


def test_a_stopped_run_goes_on_exactly_where_it_was(data: Path, tmp_path: Path) -> None:
    dev = dev_batches(data, 5, 1024)
    whole, first = (make_trainer(data, tmp_path / name, augmented=True) for name in ("whole", "parts"))
    train(whole, dev, most_steps=9)
    train(first, dev, most_steps=4)
    second = make_trainer(data, tmp_path / "parts", augmented=True)
    second.restore(tmp_path / "parts" / checkpoints.LAST)
    train(second, dev, most_steps=9)
    assert (second.position, second.seen) == (whole.position, whole.seen)
    for name, value in whole.model.state_dict().items():
        assert torch.equal(value, second.model.state_dict()[name]), name


def test_a_budget_ends_the_run_with_the_rate_at_zero(data: Path, tmp_path: Path) -> None:
    trainer = make_trainer(data, tmp_path, budget=6000)
    train(trainer, dev_batches(data, 5, 1024))
    assert 6000 <= trainer.seen < 7100
    assert trainer.rate_factor == 0


def test_the_chunked_loss_and_its_gradients_are_those_of_cross_entropy(data: Path) -> None:
    model = Transformer(Shape(300, width=16, heads=2, feed_forward=32, encoder_layers=1, decoder_layers=1))
    source, read, written = (torch.randint(6, 300, (3, length)) for length in (7, 5, 5))
    losses: list[Any] = [
        model.loss(source, read, written, smoothing=0.1),
        torch.nn.functional.cross_entropy(
            model.log_probabilities(source, read).flatten(0, 1), written.flatten(), label_smoothing=0.1
        ),
    ]
    assert losses[0].item() == pytest.approx(losses[1].item(), abs=1e-5)
    gradients = [torch.autograd.grad(loss, list(model.parameters()), materialize_grads=True) for loss in losses]
    for ours, theirs in zip(*gradients, strict=True):
        assert torch.allclose(ours, theirs, atol=1e-5)


def test_a_loss_against_drawn_tokens_is_near_that_against_all_of_them(data: Path) -> None:
    torch.manual_seed(0)
    model = Transformer(Shape(load_tokenizer(data / "spm.model").get_piece_size(), 32, 2, 64, 1, 1))
    source, read, written = (torch.randint(3, 60, (8, 9)) for _ in range(3))
    with torch.no_grad():
        whole = model.loss(source, read, written, smoothing=0.1)
        all_drawn = model.loss(source, read, written, smoothing=0.1, negatives=10_000)
        some = [float(model.loss(source, read, written, smoothing=0.1, negatives=50)) for _ in range(30)]
    assert float(all_drawn) == pytest.approx(float(whole), rel=1e-5)
    assert sum(some) / len(some) == pytest.approx(float(whole), rel=0.05)


def test_padding_changes_no_probability() -> None:
    model = Transformer(Shape(300, width=16, heads=2, feed_forward=32, encoder_layers=1, decoder_layers=1)).eval()
    source, read = torch.tensor([[7, 8, END]]), torch.tensor([[BEGIN, 9]])
    padded = torch.tensor([[7, 8, END, 3, 3]])
    assert torch.allclose(model.log_probabilities(source, read), model.log_probabilities(padded, read), atol=1e-5)


def test_orthogonal_updates_have_singular_values_near_one() -> None:
    generator = torch.Generator().manual_seed(0)
    for shape in ((2, 32, 16), (1, 16, 48)):
        values = torch.linalg.svdvals(orthogonalize(torch.randn(shape, generator=generator)))
        assert float(values.min()) > 0.5
        assert float(values.max()) < 1.4


def test_a_package_is_the_same_bytes_every_time_and_states_its_licences(
    data: Path, averaged: Transformer, tmp_path: Path
) -> None:
    export(averaged, data / "spm.model", tmp_path / "model", "en")
    made = [
        pack(tmp_path / "model", data / "spm.model", tmp_path / name, ("fr", "en"), "0.1", free_only=free)
        for name, free in (("a", False), ("b", False), ("c", True))
    ]
    assert made[0].read_bytes() == made[1].read_bytes()
    texts = []
    for path in made:
        with zipfile.ZipFile(path) as archive:
            texts.append(archive.read("translate-fr_en-0_1/README.md").decode())
            assert json.loads(archive.read("translate-fr_en-0_1/metadata.json"))["to_code"] == "en"
    assert "hansard" in texts[0]
    assert "hansard" not in texts[2]
