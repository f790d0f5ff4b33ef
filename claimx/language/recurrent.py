"""Bidirectional LSTM layers over packed sentences.

The same sums as PyTorch's ``nn.LSTM`` and Stanza's ``HighwayLSTM``, with two savings. What
the gates take from a word itself is a separate step, so that for the first layer it is done
once for each distinct word. And the backward direction runs over reversed sentences, so that
both directions take each step together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from claimx.language.packing import Packing


@dataclass(frozen=True, slots=True)
class _Layer:
    """Weights of one layer; H is its width.

    Attributes:
        inputs, bias: from a row to the gates forward and backward (8 H), then, in a
            highway layer, to its gate and its highway (2 H each).
        steps: from the state to the gates, for both directions (2, H, 4 H).
        hidden, cell: the learned initial states (2, H).
        highway: does the layer add a highway past the LSTM?
    """

    inputs: Tensor
    bias: Tensor
    steps: Tensor
    hidden: Tensor
    cell: Tensor
    highway: bool

    @property
    def width(self) -> int:
        return self.steps.size(1)


class Encoder:
    """A stack of layers with the weights of one of Stanza's recurrent modules.

    Args:
        module: a Stanza ``PackedLSTM`` or ``HighwayLSTM``.
        hidden, cell: the learned initial states (2 x layers, 1, H).
    """

    def __init__(self, module: Any, hidden: Tensor, cell: Tensor) -> None:
        highways = isinstance(module.lstm, nn.ModuleList)
        self._layers = [
            _layer(
                module.lstm[at].lstm if highways else module.lstm,
                0 if highways else at,
                hidden.detach()[2 * at : 2 * at + 2, 0],
                cell.detach()[2 * at : 2 * at + 2, 0],
                (module.gate[at], module.highway[at]) if highways else None,
            )
            for at in range(len(hidden) // 2)
        ]

    @staticmethod
    def supports(module: Any) -> bool:
        """Is it a stack of plain bidirectional LSTM layers?"""
        if isinstance(module.lstm, nn.ModuleList):
            if module.highway_func is not torch.tanh or module.pad:
                return False
            lstms = [layer.lstm for layer in module.lstm]
        else:
            lstms = [module.lstm]
        return all(
            isinstance(lstm, nn.LSTM)
            and lstm.bidirectional
            and lstm.bias
            and not lstm.proj_size
            for lstm in lstms
        )

    def prepare(self, rows: Tensor) -> Tensor:
        """What the first layer makes of each row, whatever stands around it."""
        return _prepare(self._layers[0], rows)

    def __call__(self, packing: Packing, prepared: Tensor, which: Tensor) -> Tensor:
        """The last layer's output for every word, flat.

        Args:
            packing: the sentences.
            prepared: prepared rows of distinct words.
            which: for every word, flat, its row.
        """
        first, *others = self._layers
        rows = _run(first, packing, prepared, which)
        for layer in others:
            rows = _run(layer, packing, _prepare(layer, rows), None)
        return rows


def _layer(
    lstm: nn.LSTM,
    number: int,
    hidden: Tensor,
    cell: Tensor,
    highway: tuple[nn.Linear, nn.Linear] | None,
) -> _Layer:
    inputs, bias, steps = [], [], []
    for direction in ("", "_reverse"):
        name = f"l{number}{direction}"
        inputs.append(_sigmoids_first(getattr(lstm, f"weight_ih_{name}")))
        steps.append(_sigmoids_first(getattr(lstm, f"weight_hh_{name}")).t())
        sums = getattr(lstm, f"bias_ih_{name}") + getattr(lstm, f"bias_hh_{name}")
        bias.append(_sigmoids_first(sums))
    for linear in highway or ():
        inputs.append(linear.weight.detach())
        bias.append(linear.bias.detach())
    return _Layer(
        torch.cat(inputs).t().contiguous(),
        torch.cat(bias),
        torch.stack(steps).contiguous(),
        hidden,
        cell,
        highway is not None,
    )


def _sigmoids_first(weight: Tensor) -> Tensor:
    """PyTorch's gates are input, forget, cell, output: put the cell, a tangent, last."""
    gate_in, forget, cell, out = weight.detach().chunk(4)
    return torch.cat([gate_in, forget, out, cell])


def _prepare(layer: _Layer, rows: Tensor) -> Tensor:
    sums = torch.addmm(layer.bias, rows, layer.inputs)
    if not layer.highway:
        return sums
    width = layer.width
    way = sums[:, 10 * width :].tanh()
    sums[:, 8 * width : 10 * width].sigmoid_().mul_(way)
    return sums[:, : 10 * width]


def _run(layer: _Layer, packing: Packing, prepared: Tensor, which: Tensor | None) -> Tensor:
    """One layer, flat.

    Args:
        which: for every word its prepared row; None where each has its own.
    """
    width, total = layer.width, len(packing.order)
    places = (packing.order, packing.backward)
    gates = torch.empty(2, total, 4 * width)
    for direction, place in enumerate(places):
        part = prepared[:, 4 * width * direction : 4 * width * (direction + 1)]
        row = place if which is None else which[place]
        torch.index_select(part, 0, row, out=gates[direction])
    outputs = torch.empty(2, total, width)
    count = len(packing.lengths)
    hidden = layer.hidden[:, None].expand(-1, count, -1)
    cell = layer.cell[:, None].repeat(1, count, 1)
    start = 0
    for size in packing.sizes:
        stop = start + size
        step = gates[:, start:stop].baddbmm_(hidden[:, :size], layer.steps)
        opened = step[..., : 3 * width].sigmoid_()
        new = step[..., 3 * width :].tanh_()
        gate_in, forget, gate_out = torch.split(opened, width, dim=2)
        cell = cell[:, :size].mul_(forget).addcmul_(gate_in, new)
        hidden = torch.mul(gate_out, cell.tanh(), out=outputs[:, start:stop])
        start = stop
    rows = torch.cat([outputs[0][packing.inverse], outputs[1][packing.backward_inverse]], dim=1)
    if layer.highway:
        way = prepared[:, 8 * width :]
        rows += way if which is None else way[which]
    return rows
