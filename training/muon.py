"""The Muon optimizer: momentum whose matrices are made orthogonal before each step.

After K. Jordan, "Muon: an optimizer for hidden layers in neural networks" (2024): Nesterov momentum, five
Newton-Schulz steps with the coefficients given there. Matrices of one shape are treated together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor, nn

COEFFICIENTS = (3.4445, -4.7750, 2.0315)
STEPS = 5


def orthogonalize(matrices: Tensor) -> Tensor:
    """Bring the singular values of matrices (k, rows, columns) near 1, keeping their singular vectors."""
    a, b, c = COEFFICIENTS
    tall = matrices.shape[-2] > matrices.shape[-1]
    x = matrices.transpose(-1, -2) if tall else matrices
    x = x.bfloat16() if x.is_cuda else x
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(STEPS):
        square = x @ x.transpose(-1, -2)
        x = a * x + (b * square + c * square @ square) @ x
    result: Tensor = (x.transpose(-1, -2) if tall else x).to(matrices.dtype)
    return result


class Muon(torch.optim.Optimizer):
    """Muon for parameters of two dimensions, or of three where the first only stacks matrices.

    Args:
        parameters: the hidden matrices.
        lr: length of a step: the update's root mean square is about ``lr`` × (rows × columns larger side)^-½.
        momentum: of the gradient's moving mean.
        weight_decay: share of a weight lost at each step, times ``lr``.
    """

    def __init__(
        self, parameters: Iterable[nn.Parameter], lr: float, momentum: float = 0.95, weight_decay: float = 0.01
    ) -> None:
        super().__init__(parameters, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        """Take a step from the gradients; ``closure`` is not supported."""
        if closure is not None:
            msg = "Muon takes no closure"
            raise ValueError(msg)
        for group in self.param_groups:
            shapes: dict[tuple[int, int], list[nn.Parameter]] = defaultdict(list)
            for parameter in group["params"]:
                shapes[parameter.shape[-2], parameter.shape[-1]].append(parameter)
            for shape, parameters in shapes.items():
                self._step_shape(shape, parameters, group)

    def _step_shape(self, shape: tuple[int, int], parameters: list[nn.Parameter], group: dict[str, Any]) -> None:
        updates = torch.cat([self._momentum(parameter, group["momentum"]).view(-1, *shape) for parameter in parameters])
        updates = orthogonalize(updates)
        scale = max(1.0, shape[0] / shape[1]) ** 0.5
        sizes = [parameter.numel() // (shape[0] * shape[1]) for parameter in parameters]
        for parameter, update in zip(parameters, torch.split(updates, sizes), strict=True):
            parameter.mul_(1 - group["lr"] * group["weight_decay"])
            parameter.add_(update.view_as(parameter), alpha=-group["lr"] * scale)

    def _momentum(self, parameter: nn.Parameter, momentum: float) -> Tensor:
        if parameter.grad is None:
            msg = "a parameter has no gradient: Muon expects one for each at every step"
            raise ValueError(msg)
        gradient, state = parameter.grad, self.state[parameter]
        if "mean" not in state:
            state["mean"] = torch.zeros_like(parameter)
        mean: Tensor = state["mean"]
        mean.lerp_(gradient, 1 - momentum)
        return gradient.lerp(mean, momentum)
