"""Trains the model, or goes on where it stopped: ``python -m training.train --work DIR --run NAME``.

A run lives in ``DIR/NAME``: ``last.pt`` (all state), ``snapshots/`` (weights) and ``train.log``. SIGTERM and SIGINT
save and stop. The learning rate is constant after the warm-up, so that a run needs no known end; give ``--budget`` to
let it fall to zero over the last part of so many target tokens, or cool a copy down with ``--start-from``.
"""

from __future__ import annotations

import argparse
import logging
import math
import signal
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training import checkpoints
from training.augment import both_directions
from training.batches import Batch, Position, Stream, cut, encode
from training.corpus import Corpus
from training.model import Shape, Transformer
from training.muon import Muon
from training.tokenizer import PADDING, load_tokenizer

log = logging.getLogger("training.train")
DEV_PAIRS = 300


@dataclass(frozen=True)
class Recipe:
    """What a run does; saved with it."""

    tokens: int = 4096
    budget: int | None = None
    cooldown_share: float = 0.3
    warmup_steps: int = 300
    muon_rate: float = 0.02
    adam_rate: float = 0.001
    smoothing: float = 0.1
    clip: float = 1.0
    negatives: int = 0
    free_only: bool = False
    near: bool = False
    seed: int = 1


class Trainer:
    """A run: its model, its optimizers and where it stands."""

    def __init__(self, data: Path, run: Path, shape: Shape, recipe: Recipe, device: str = "cpu") -> None:
        torch.manual_seed(recipe.seed)
        self.run, self.recipe, self.device = run, recipe, device
        self.low_precision = device != "cpu" or faster_in_16_bits()
        self.stream = Stream(data, recipe.tokens, free_only=recipe.free_only, near=recipe.near, seed=recipe.seed)
        self.model = Transformer(shape).to(device)
        hidden = [p for name, p in self.model.named_parameters() if p.ndim > 1 and "embedding" not in name]
        rest = [p for name, p in self.model.named_parameters() if p.ndim == 1 or "embedding" in name]
        self.optimizers: dict[str, torch.optim.Optimizer] = {
            "muon": Muon(hidden, recipe.muon_rate),
            "adam": torch.optim.Adam(rest, recipe.adam_rate, betas=(0.9, 0.98), eps=1e-9, fused=True),
        }
        self.step, self.seen, self.since, self.position = 0, 0, 0, Position()
        self.stopping = False

    @property
    def rate_factor(self) -> float:
        """Share of the full learning rate: a linear warm-up, then all, then a linear fall over the budget's end."""
        factor = min(1.0, (self.step + 1) / self.recipe.warmup_steps)
        if self.recipe.budget is None:
            return factor
        left = 1 - (self.seen - self.since) / self.recipe.budget
        return factor * min(1.0, max(0.0, left / self.recipe.cooldown_share))

    @property
    def finished(self) -> bool:
        """Whether the budget is used up, or a signal asked to stop."""
        return self.stopping or (self.recipe.budget is not None and self.seen - self.since >= self.recipe.budget)

    def learn(self, batch: Batch) -> tuple[float, int]:
        """Take one step; give its loss in nats a token and the number of target tokens."""
        count = int((batch.written != PADDING).sum())
        with torch.autocast(self.device, torch.bfloat16, enabled=self.low_precision):
            loss = self._loss(batch)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.recipe.clip)
        for name, optimizer in self.optimizers.items():
            full = self.recipe.muon_rate if name == "muon" else self.recipe.adam_rate
            for group in optimizer.param_groups:
                group["lr"] = full * self.rate_factor
            optimizer.step()
            optimizer.zero_grad()
        self.step, self.seen = self.step + 1, self.seen + count
        return float(loss.detach()), count

    @torch.no_grad()
    def dev_loss(self, batches: list[Batch]) -> float:
        """Give the mean loss on the dev batches in nats a token, without smoothing."""
        self.model.eval()
        counts = [int((batch.written != PADDING).sum()) for batch in batches]
        with torch.autocast(self.device, torch.bfloat16, enabled=self.low_precision):
            losses = [float(self.model.loss(*self._tensors(batch), smoothing=0.0)) for batch in batches]
        self.model.train()
        return sum(loss * count for loss, count in zip(losses, counts, strict=True)) / sum(counts)

    def save(self) -> None:
        """Write the checkpoint."""
        state = {
            "shape": self.model.shape.as_dict(),
            "recipe": asdict(self.recipe),
            "model": self.model.state_dict(),
            "optimizers": {name: optimizer.state_dict() for name, optimizer in self.optimizers.items()},
            "position": asdict(self.position),
            "random": torch.get_rng_state(),
            "step": self.step,
            "seen": self.seen,
            "since": self.since,
        }
        checkpoints.save(state, self.run / checkpoints.LAST)

    def restore(self, path: Path) -> None:
        """Go on from a checkpoint; its batches are the same only while ``tokens`` is, else its chunk begins anew."""
        state = checkpoints.load(path, self.device)
        self.model.load_state_dict(state["model"])
        for name, optimizer in self.optimizers.items():
            optimizer.load_state_dict(state["optimizers"][name])
        torch.set_rng_state(state["random"].cpu())
        self.step, self.seen, self.since = state["step"], state["seen"], state["since"]
        self.position = Position(**state["position"])
        if state["recipe"]["tokens"] != self.recipe.tokens:
            self.position = Position(self.position.epoch, self.position.chunk, 0)
        if path.parent != self.run:
            self.since = self.seen

    def _loss(self, batch: Batch) -> torch.Tensor:
        recipe = self.recipe
        return self.model.loss(*self._tensors(batch), smoothing=recipe.smoothing, negatives=recipe.negatives)

    def _tensors(self, batch: Batch) -> list[torch.Tensor]:
        arrays = (batch.source, batch.read, batch.written)
        return [torch.from_numpy(array).to(self.device, non_blocking=True) for array in arrays]


def faster_in_16_bits() -> bool:
    """Tell whether this CPU multiplies bfloat16 matrices faster: those with AVX-512 BF16 or AMX do, by far."""
    times = {}
    for kind in (torch.float32, torch.bfloat16):
        left, right = torch.ones(256, 256, dtype=kind), torch.ones(256, 256, dtype=kind)
        rounds = []
        for _ in range(4):
            began = time.perf_counter()
            left @ right
            rounds.append(time.perf_counter() - began)
        times[kind] = min(rounds)
    return times[torch.bfloat16] < times[torch.float32]


def dev_batches(data: Path, most: int, tokens: int) -> list[Batch]:
    """Make batches of the first dev pairs, in both directions, sources as the station hands them over."""
    corpus = Corpus(data, "dev")
    chosen = np.random.default_rng(0).permutation(len(corpus))[:most]
    examples = [example for at in chosen for example in both_directions(*corpus.pair(int(at)))]
    return cut(encode(examples, load_tokenizer(data / "spm.model")), tokens, np.random.default_rng(0))


@dataclass
class Meter:
    """Counts tokens and losses between two lines of the log."""

    started: float
    loss: float = 0.0
    tokens: int = 0

    def add(self, loss: float, tokens: int) -> None:
        """Count one batch."""
        self.loss += loss * tokens
        self.tokens += tokens

    def line(self, trainer: Trainer) -> str:
        """Write the line."""
        speed = self.tokens / (time.monotonic() - self.started)
        epoch = trainer.position.epoch
        return (
            f"step {trainer.step} seen {trainer.seen / 1e6:.2f}M epoch {epoch} chunk {trainer.position.chunk} "
            f"loss {self.loss / max(1, self.tokens):.3f} rate {trainer.rate_factor:.3f} tokens/s {speed:.0f}"
        )


def train(
    trainer: Trainer,
    dev: list[Batch],
    *,
    workers: int = 0,
    minutes: float = 10,
    keep: int = 12,
    most_steps: float = math.inf,
) -> None:
    """Train until the budget, the number of steps or a signal ends it.

    Args:
        trainer: the run.
        dev: dev batches.
        workers: processes that prepare batches; none: the training process does.
        minutes: between checkpoints.
        keep: snapshots kept.
        most_steps: steps of the whole run after which to stop.
    """
    meter, saved = Meter(time.monotonic()), time.monotonic()
    for batch, after in trainer.stream.batches(trainer.position, workers):
        if trainer.finished or trainer.step >= most_steps:
            break
        loss, tokens = trainer.learn(batch)
        trainer.position = after
        if not math.isfinite(loss):
            msg = f"loss is {loss} at step {trainer.step}: lower --muon-rate or --adam-rate and go on from last.pt"
            raise FloatingPointError(msg)
        meter.add(loss, tokens)
        if time.monotonic() - meter.started >= 60:
            log.info(meter.line(trainer))
            meter = Meter(time.monotonic())
        if time.monotonic() - saved >= 60 * minutes:
            _checkpoint(trainer, dev, keep)
            saved = time.monotonic()
    _checkpoint(trainer, dev, keep)


def _checkpoint(trainer: Trainer, dev: list[Batch], keep: int) -> None:
    trainer.save()
    checkpoints.save_snapshot(trainer.model, trainer.step, trainer.run, keep)
    log.info("checkpoint step %d seen %.2fM dev loss %.4f", trainer.step, trainer.seen / 1e6, trainer.dev_loss(dev))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="folder that training.prepare wrote into")
    parser.add_argument("--run", default="run", help="name of the run; goes on where it stopped if it exists")
    parser.add_argument("--start-from", type=Path, help="checkpoint that a new run starts from")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--workers", type=int, default=0, help="processes that prepare batches")
    parser.add_argument("--checkpoint-minutes", type=float, default=10)
    parser.add_argument("--keep", type=int, default=12, help="snapshots kept for averaging")
    parser.add_argument("--steps", type=float, default=math.inf, help="stop after so many steps")
    for group in (Shape(0), Recipe()):
        for name, value in asdict(group).items():
            if name == "vocabulary":
                continue
            option = f"--{name.replace('_', '-')}"
            if isinstance(value, bool):
                parser.add_argument(option, action="store_true")
            else:
                parser.add_argument(option, type=int if value is None else type(value), default=value)
    return parser


def main() -> None:
    """Run the command."""
    options = _parser().parse_args()
    run, data = options.work / options.run, options.work / "data"
    run.mkdir(parents=True, exist_ok=True)
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stdout), logging.FileHandler(run / "train.log")]
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", handlers=handlers)
    torch.set_num_threads(options.threads)
    torch.backends.cuda.matmul.allow_tf32 = True
    shape = Shape(load_tokenizer(data / "spm.model").get_piece_size(), **_chosen(options, Shape(0)))
    trainer = Trainer(data, run, shape, Recipe(**_chosen(options, Recipe())), options.device)
    last = run / checkpoints.LAST
    if last.exists() or options.start_from:
        trainer.restore(last if last.exists() else options.start_from)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: setattr(trainer, "stopping", True))
    count = sum(p.numel() for p in trainer.model.parameters())
    kind = "bfloat16" if trainer.low_precision else "float32"
    log.info("%.1fM parameters in %s, %s, %s, from %s", count / 1e6, kind, shape, trainer.recipe, trainer.position)
    dev = dev_batches(data, DEV_PAIRS, options.tokens)
    train(
        trainer,
        dev,
        workers=options.workers,
        minutes=options.checkpoint_minutes,
        keep=options.keep,
        most_steps=options.steps,
    )


def _chosen(options: argparse.Namespace, group: Shape | Recipe) -> dict[str, Any]:
    return {name: getattr(options, name) for name in asdict(group) if name != "vocabulary"}


if __name__ == "__main__":
    main()
