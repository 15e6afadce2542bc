"""A pre-norm transformer with tied embeddings, small enough for a CPU; its parts match CTranslate2's transformer.

Shapes: n sentences, s source tokens, t target tokens, d width, v vocabulary.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.tokenizer import PADDING

POSITIONS = 1024
MASKED = -1e4
LOSS_ROWS = {"cpu": 1024, "cuda": 16384}
"""Target tokens whose logits are held at a time: v numbers each."""


@dataclass(frozen=True)
class Shape:
    """The sizes of a model."""

    vocabulary: int
    width: int = 256
    heads: int = 4
    feed_forward: int = 1024
    encoder_layers: int = 6
    decoder_layers: int = 2
    dropout: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """Give the sizes as plain data."""
        return asdict(self)


def positions(length: int, width: int) -> Tensor:
    """Make sinusoidal position encodings, sines first: (length, width)."""
    half = width // 2
    rates = torch.exp(torch.arange(half) * (-math.log(10000.0) / max(half - 1, 1)))
    angles = torch.arange(length)[:, None] * rates[None]
    return torch.cat([angles.sin(), angles.cos()], dim=1)


class Attention(nn.Module):
    """Multi-head attention whose input projections are stacked in one (k, d, d) parameter."""

    def __init__(self, shape: Shape, *, cross: bool) -> None:
        super().__init__()
        width = shape.width
        self.heads, self.cross = shape.heads, cross
        stacks = (1, 2) if cross else (3,)
        self.inputs = nn.ParameterList(nn.Parameter(torch.empty(stack, width, width)) for stack in stacks)
        self.biases = nn.ParameterList(nn.Parameter(torch.zeros(stack * width)) for stack in stacks)
        self.output = nn.Linear(width, width)
        for stack in self.inputs:
            nn.init.uniform_(stack, -math.sqrt(3 / width), math.sqrt(3 / width))

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """Attend from x (n, t, d) to memory (n, s, d); ``mask`` is added to the scores (n or 1, 1, t or 1, s)."""
        n, length, width = x.shape
        sources = (x, memory) if self.cross else (x,)
        projected = [
            functional.linear(source, stack.view(-1, width), bias)
            for source, stack, bias in zip(sources, self.inputs, self.biases, strict=True)
        ]
        parts = [part for each in projected for part in torch.split(each, width, dim=-1)]
        query, key, value = (part.view(n, -1, self.heads, width // self.heads).transpose(1, 2) for part in parts)
        attended = _attend(query, key, value, mask)
        return self.output(attended.transpose(1, 2).reshape(n, length, width))  # type: ignore[no-any-return]


def _attend(query: Tensor, key: Tensor, value: Tensor, mask: Tensor) -> Tensor:
    if query.is_cuda:
        return functional.scaled_dot_product_attention(query, key, value, attn_mask=mask.to(query.dtype))
    scores = query @ key.transpose(-1, -2)  # on a CPU plain products beat the fused kernel at sentence lengths
    scores = scores.mul_(query.shape[-1] ** -0.5).add_(mask)
    return scores.softmax(-1) @ value


class FeedForward(nn.Module):
    """Two linear layers with a ReLU between."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.inner = nn.Linear(shape.width, shape.feed_forward)
        self.outer = nn.Linear(shape.feed_forward, shape.width)

    def forward(self, x: Tensor) -> Tensor:
        """Map (n, t, d) to (n, t, d)."""
        return self.outer(functional.relu(self.inner(x)))  # type: ignore[no-any-return]


class Layer(nn.Module):
    """An encoder layer, or a decoder layer, which also attends to the encoder's output."""

    def __init__(self, shape: Shape, *, decoder: bool) -> None:
        super().__init__()
        self.dropout = shape.dropout
        self.self_norm, self.self_attention = nn.LayerNorm(shape.width), Attention(shape, cross=False)
        if decoder:
            self.cross_norm, self.cross_attention = nn.LayerNorm(shape.width), Attention(shape, cross=True)
        self.feed_norm, self.feed_forward = nn.LayerNorm(shape.width), FeedForward(shape)
        self.decoder = decoder

    def forward(
        self, x: Tensor, mask: Tensor, memory: Tensor | None = None, memory_mask: Tensor | None = None
    ) -> Tensor:
        """Map (n, t, d) to (n, t, d)."""
        normed = self.self_norm(x)
        x = x + self._drop(self.self_attention(normed, normed, mask))
        if self.decoder:
            x = x + self._drop(self.cross_attention(self.cross_norm(x), memory, memory_mask))
        return x + self._drop(self.feed_forward(self.feed_norm(x)))

    def _drop(self, x: Tensor) -> Tensor:
        return functional.dropout(x, self.dropout, self.training) if self.dropout else x


class Transformer(nn.Module):
    """The whole model; ``loss`` is what training needs, ``log_probabilities`` what the export is held against."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.bias = nn.Parameter(torch.zeros(shape.vocabulary))
        self.register_buffer("positions", positions(POSITIONS, shape.width), persistent=False)
        self.encoder = nn.ModuleList(Layer(shape, decoder=False) for _ in range(shape.encoder_layers))
        self.encoder_norm = nn.LayerNorm(shape.width)
        self.decoder = nn.ModuleList(Layer(shape, decoder=True) for _ in range(shape.decoder_layers))
        self.decoder_norm = nn.LayerNorm(shape.width)
        nn.init.normal_(self.embedding.weight, std=shape.width**-0.5)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def forward(self, source: Tensor, read: Tensor) -> Tensor:
        """Give the decoder's last states (n, t, d) for sources (n, s) and target prefixes (n, t)."""
        padding = (source == PADDING)[:, None, None, :].to(self.bias.dtype) * MASKED
        memory = self._embed(source)
        for layer in self.encoder:
            memory = layer(memory, padding)
        memory = self.encoder_norm(memory)
        length = read.shape[1]
        future = torch.full((1, 1, length, length), MASKED, device=read.device, dtype=self.bias.dtype).triu(1)
        x = self._embed(read)
        for layer in self.decoder:
            x = layer(x, future, memory, padding)
        return self.decoder_norm(x)  # type: ignore[no-any-return]

    def loss(self, source: Tensor, read: Tensor, written: Tensor, *, smoothing: float, negatives: int = 0) -> Tensor:
        """Give the mean cross entropy of the tokens to write, in nats, with label smoothing.

        With ``negatives``, against the batch's own tokens and so many others drawn at random only, each of which stands
        for its share of those not drawn: about the same loss, for a third of the work on the largest matrix.
        """
        states, kept = self(source, read), written != PADDING
        rows, targets = LOSS_ROWS[states.device.type], written[kept]
        loss: Callable[..., Tensor] = _ChunkedLoss.apply
        if not negatives:
            return loss(states[kept], self.embedding.weight, self.bias, targets, smoothing, rows)
        chosen, places = torch.unique(targets, return_inverse=True)
        others = torch.ones(len(self.bias), dtype=torch.bool, device=targets.device).index_fill_(0, chosen, value=False)
        others = others.nonzero()[:, 0]
        drawn = others[torch.randperm(len(others), device=targets.device)[:negatives]]
        both = torch.cat([chosen, drawn])
        stands_for = torch.zeros(len(both), device=targets.device)
        stands_for[len(chosen) :] = math.log(len(others) / max(1, len(drawn)))
        weight, bias = functional.embedding(both, self.embedding.weight), self.bias[both] + stands_for
        return loss(states[kept], weight, bias, places, smoothing, rows)

    def log_probabilities(self, source: Tensor, read: Tensor) -> Tensor:
        """Give the log-probabilities of every next token: (n, t, v)."""
        return functional.linear(self(source, read), self.embedding.weight, self.bias).log_softmax(-1)

    def _embed(self, tokens: Tensor) -> Tensor:
        x = self.embedding(tokens) * math.sqrt(self.shape.width) + self.positions[: tokens.shape[1]]  # type: ignore[index]
        return functional.dropout(x, self.shape.dropout, self.training) if self.shape.dropout else x


class _ChunkedLoss(torch.autograd.Function):
    """Cross entropy of ``states @ weight.T + bias`` in chunks of rows; makes its gradients on the way forward.

    The logits of a batch (tokens × v) would be the largest thing in memory by far. Each chunk's are exponentiated in
    place once; the norm and the smoothing enter the gradients through the small factors of the products instead.
    """

    @staticmethod
    def forward(  # noqa: PLR0917 (an autograd function takes no names)
        ctx: Any, states: Tensor, weight: Tensor, bias: Tensor, targets: Tensor, smoothing: float, rows: int
    ) -> Tensor:
        device = states.device.type
        kind = torch.get_autocast_dtype(device) if torch.is_autocast_enabled(device) else weight.dtype
        count, uniform = len(targets), smoothing / len(weight)
        low_weight, low_bias = weight.to(kind), bias.to(kind)
        weight_sum, bias_sum = weight.sum(0), bias.sum()
        for_states = torch.empty_like(states, dtype=weight.dtype)
        for_weight, for_bias = torch.zeros_like(weight), torch.zeros_like(bias)
        total = torch.zeros((), device=states.device)
        for start in range(0, count, rows):
            part, wanted = states[start : start + rows].to(kind), targets[start : start + rows]
            logits = torch.addmm(low_bias, part, low_weight.T).float()
            right = logits.gather(1, wanted[:, None])[:, 0]
            highest = logits.amax(1, keepdim=True)
            exponents = logits.sub_(highest).exp_()
            sums = exponents.sum(1, keepdim=True)
            all_logits = part.float() @ weight_sum + bias_sum
            total += ((highest + sums.log())[:, 0] - (1 - smoothing) * right - uniform * all_logits).sum()
            exponents, shares = exponents.to(kind), (part / sums).to(kind)
            for_states[start : start + rows] = (exponents @ low_weight) / sums
            for_weight.add_(exponents.T @ shares)
            for_bias.add_((exponents.T @ sums.reciprocal().to(kind))[:, 0])
        for_states.sub_(weight[targets], alpha=1 - smoothing).sub_(weight_sum, alpha=uniform)
        plain = states.to(weight.dtype)
        for_weight.index_add_(0, targets, plain, alpha=smoothing - 1).sub_(plain.sum(0), alpha=uniform)
        for_bias.index_add_(0, targets, torch.ones_like(plain[:, 0]), alpha=smoothing - 1).sub_(count * uniform)
        ctx.save_for_backward(*(gradient.div_(count) for gradient in (for_states, for_weight, for_bias)))
        return total / count

    @staticmethod
    def backward(ctx: Any, *outputs: Tensor) -> tuple[Tensor | None, ...]:
        states, weight, bias = ctx.saved_tensors
        return states * outputs[0], weight * outputs[0], bias * outputs[0], None, None, None
