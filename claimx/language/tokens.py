"""Words of a sentence: by spaces and punctuation, by the model where those leave a doubt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache

import regex

from claimx.language.lexicon import sentence_final, told, word_edges
from claimx.language.segments import MAX_SENTENCE_WORDS

Spans = tuple[tuple[int, int], ...]

_CHUNK = regex.compile(r"[^ ]+")
# Two letters at least: single ones are initials and abbreviations.
_WORD = r"(?=[\p{Deva}&&\p{L}])[\p{Deva}&&[\p{L}\p{M}]]{2,}"
# What the tokenizer was seen to cut in one way only, over 200,000 chunks of Hindi news
# and encyclopedia: whole words and numbers, hyphenated ones, common marks around them.
_SURE = regex.compile(
    r"""
    (?P<mark>[।;=\-:•,/"–+]|---)
  | (?P<open>['"“(]?)
    (?: (?P<core>WORD(?:-WORD)*(?:-[0-9]+)?)
        (?P<close>(?:[,:;)\-]|[।]?['"’”]{0,2}|['"’”][,।:])?)
      | (?P<number>[0-9]+|[0-9]{1,3}\.[0-9]{1,2})(?P<after>,?)
      | (?P<date>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})
    )
    """.replace("WORD", _WORD),
    regex.VERBOSE | regex.V1,
)
_PARTS = regex.compile(r"-|[^-]+")


class Tokenizer:
    """Cut sentences into words.

    Almost all of Hindi's spaces and marks leave no choice; only sentences in which one
    does are shown to the network, and then as a whole.

    Args:
        known: is this a word of the vocabulary? Used to suspect two words glued together.
        network: the model's words for some sentences.
    """

    def __init__(
        self,
        known: Callable[[str], bool],
        network: Callable[[Sequence[str]], list[Spans]],
    ) -> None:
        self._network = network
        self._cut = lru_cache(maxsize=100_000)(lambda chunk, last: cut(chunk, last, known))

    def __call__(self, sentences: Sequence[str]) -> list[list[Spans]]:
        """Words of each sentence, in parts of at most `MAX_SENTENCE_WORDS`."""
        found = [self._sure(sentence) for sentence in sentences]
        doubtful = [at for at, spans in enumerate(found) if spans is None]
        if doubtful:
            answers = self._network([sentences[at] for at in doubtful])
            for at, spans in zip(doubtful, answers, strict=True):
                found[at] = spans
        return [
            _parts(_part_told(sentence, spans or ()))
            for sentence, spans in zip(sentences, found, strict=True)
        ]

    def _sure(self, sentence: str) -> Spans | None:
        spans: list[tuple[int, int]] = []
        chunks = list(_CHUNK.finditer(sentence))
        for chunk in chunks:
            pieces = self._cut(chunk.group(), chunk is chunks[-1])
            if pieces is None:
                return None
            start = chunk.start()
            spans.extend((start + a, start + b) for a, b in pieces)
        return tuple(spans)


def cut(chunk: str, last: bool, known: Callable[[str], bool]) -> Spans | None:
    """The words of a stretch without spaces; None where a look at the context is needed.

    Args:
        chunk: the stretch.
        last: does it end the sentence?
        known: is this a word of the vocabulary?
    """
    if len(chunk) > 60:
        return None
    core, stop = chunk, ""
    if last and chunk.endswith(".") and chunk[:-1] in sentence_final():
        core, stop = chunk[:-1], "."
    elif last and chunk.endswith("?") and len(chunk) > 1:
        core, stop = chunk[:-1], "?"
    match = _SURE.fullmatch(core)
    if match is None or (stop and (match["close"] or not match["core"])):
        return None
    pieces = list(match["mark"] or match["open"])
    if match["core"]:
        parts = _PARTS.findall(match["core"])
        if any(_glued(part, known) for part in parts):
            return None
        pieces += [*parts, *match["close"]]
    elif match["number"]:
        pieces += [match["number"], *match["after"]]
    elif match["date"]:
        pieces += _PARTS.findall(match["date"])
    pieces += stop
    spans, at = [], 0
    for piece in pieces:
        spans.append((at, at + len(piece)))
        at += len(piece)
    return tuple(spans)


def _glued(word: str, known: Callable[[str], bool]) -> bool:
    """May this be a function word written together with its neighbour (केफैसले)?"""
    if known(word):
        return False
    edges = word_edges()
    return any(
        (word[:at] in edges and known(word[at:])) or (word[at:] in edges and known(word[:at]))
        for at in range(2, min(len(word) - 1, 20))
    )


@cache
def _told() -> regex.Pattern[str]:
    """A case marker with a noun of telling right behind it, or a verb with कि, as one word."""
    pairs = []
    for firsts, seconds in told():
        spelt = ["".join(f"{letter}़?" for letter in word) for word in seconds]
        pairs.append(rf"(?P<first>{'|'.join(firsts)})(?:{'|'.join(spelt)})")
    return regex.compile("|".join(pairs))


def _part_told(sentence: str, spans: Spans) -> Spans:
    """Part words of telling that are glued together (कोख़ारिज, कहाकि)."""
    if not _told().search(sentence):
        return spans
    parted: list[tuple[int, int]] = []
    for start, end in spans:
        glued = _told().fullmatch(sentence[start:end])
        at = start + glued.end("first") if glued else end
        parted += [(start, at), (at, end)] if glued else [(start, end)]
    return tuple(parted)


def _parts(spans: Spans) -> list[Spans]:
    """Cut a sentence of too many words, so that adversarial text stays linear."""
    return [
        spans[at : at + MAX_SENTENCE_WORDS] for at in range(0, len(spans), MAX_SENTENCE_WORDS)
    ]
