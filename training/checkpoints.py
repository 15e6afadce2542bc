"""Checkpoints: everything a run needs to go on exactly, and the snapshots of its weights that are averaged later."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from training.model import Shape, Transformer

LAST = "last.pt"
AVERAGED = "averaged.pt"
SNAPSHOTS = "snapshots"


def save(state: dict[str, Any], path: Path) -> None:
    """Write a checkpoint whole or not at all: a kill leaves the former one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file:
        torch.save(state, file)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def load(path: Path, device: str = "cpu") -> dict[str, Any]:
    """Read a checkpoint."""
    return dict(torch.load(path, map_location=device, weights_only=True))


def save_snapshot(model: Transformer, step: int, run: Path, keep: int) -> None:
    """Write the weights alone, in 16 bits, and remove all but the newest ``keep`` snapshots."""
    weights = {name: value.half() for name, value in model.state_dict().items()}
    save({"shape": model.shape.as_dict(), "step": step, "model": weights}, run / SNAPSHOTS / f"{step:08d}.pt")
    for old in sorted((run / SNAPSHOTS).glob("*.pt"))[:-keep]:
        old.unlink()


def average(paths: Sequence[Path]) -> dict[str, Any]:
    """Average the weights of snapshots of one run into one snapshot."""
    loaded = [load(path) for path in paths]
    names = loaded[0]["model"]
    mean = {name: torch.stack([each["model"][name].float() for each in loaded]).mean(0) for name in names}
    return {"shape": loaded[0]["shape"], "step": loaded[-1]["step"], "model": {k: v.half() for k, v in mean.items()}}


def load_model(path: Path) -> Transformer:
    """Make the model of a snapshot or a checkpoint, ready to translate."""
    state = load(path)
    model = Transformer(Shape(**state["shape"]))
    model.load_state_dict({name: value.float() for name, value in state["model"].items()})
    return model.eval()
