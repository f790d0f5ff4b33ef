"""Stored parses of the attribution cases: the rules are tested without any model.

``python -m tests.parses`` parses the texts of ``data/attribution/cases.toml`` with the
bundled models and rewrites ``data/attribution/parses.jsonl.gz``. Run it after a change to
the cases or to ``claimx/language``.
"""

from __future__ import annotations

import gzip
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from claimx.records import Article, Entity, Parsed, Quotation, Sentence, Span, Word

DATA = Path(__file__).parent / "data" / "attribution"
CASES, PARSES = DATA / "cases.toml", DATA / "parses.jsonl.gz"
# One sentence an entry of the lexicon, with {speaker} and [claim] marked.
TABLES = ("nominals", "verbs", "copular", "dative", "postpositions")


@dataclass(frozen=True)
class Case:
    """A text and the claims to be found in it; see the head of ``cases.toml``."""

    id: str
    text: str
    claims: tuple[Mapping[str, Any], ...]
    fails: str = ""
    entry: tuple[str, ...] = field(default=())


def load_cases() -> list[Case]:
    """The cases of ``cases.toml``, those of its tables last."""
    raw = tomllib.loads(CASES.read_text("utf-8"))
    cases = [
        Case(case["id"], case["text"], tuple(case["claims"]), case.get("fails", ""))
        for case in raw["case"]
    ]
    for table in TABLES:
        for act, entries in raw[table].items():
            for cue, frames in entries.items():
                frames = {"": frames} if isinstance(frames, str) else frames
                for frame, marked in frames.items():
                    entry = (table, cue, frame) if frame else (table, cue)
                    cases.append(_marked("-".join(entry), entry, act, marked, raw["fails"]))
    return cases


def _marked(
    id: str, entry: tuple[str, ...], act: str, marked: str, fails: Mapping[str, str]
) -> Case:
    quoted = "“[" in marked
    claim = {
        "claim": marked[marked.index("[") + 1 : marked.index("]")],
        "speaker": marked[marked.index("{") + 1 : marked.index("}")],
        "act": act,
        "cue": entry[1],
        "kind": "direct" if quoted else "indirect",
    }
    if act == "deny":
        claim["polarity"] = "denied"
    text = marked.translate(str.maketrans("", "", "[]{}"))
    return Case(id, text, (claim,), fails.get(id, ""), entry)


def dump(parsed: Parsed) -> str:
    """A parsed article as one line of JSON."""
    text = parsed.article.text
    return json.dumps(
        {
            "path": parsed.article.path,
            "text": text,
            "paragraphs": [[p.start, p.end] for p in parsed.paragraphs],
            "entities": [[e.label, e.start, e.end] for e in parsed.entities],
            "quotations": [
                [q.inner.start, q.inner.end, q.outer.start, q.outer.end, int(q.closed), q.depth]
                for q in parsed.quotations
            ],
            "sentences": [
                [s.paragraph, [_pack(word, text) for word in s.words]] for s in parsed.sentences
            ],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def load(line: str) -> Parsed:
    """The inverse of `dump`."""
    raw = json.loads(line)
    text = raw["text"]
    return Parsed(
        Article(raw["path"], text, "test"),
        tuple(Span(*p) for p in raw["paragraphs"]),
        tuple(
            Sentence(tuple(_unpack(word, text) for word in words), paragraph)
            for paragraph, words in raw["sentences"]
        ),
        tuple(Entity(*e) for e in raw["entities"]),
        tuple(
            Quotation(Span(q[0], q[1]), Span(q[2], q[3]), bool(q[4]), q[5])
            for q in raw["quotations"]
        ),
    )


def _pack(word: Word, text: str) -> list[Any]:
    written = text[word.start : word.end]
    feats = "|".join(f"{key}={value}" for key, value in word.feats.items())
    seen = "" if word.text == written else word.text
    lemma = "" if word.lemma == word.text else word.lemma
    packed: list[Any] = [word.start, word.end, word.upos, word.head, word.deprel]
    packed += [feats, lemma, word.ner, seen]
    while packed[-1] == "":
        packed.pop()
    return packed


def _unpack(packed: list[Any], text: str) -> Word:
    start, end, upos, head, deprel, feats, lemma, ner, seen = packed + [""] * (9 - len(packed))
    seen = seen or text[start:end]
    pairs = dict(pair.split("=", 1) for pair in feats.split("|") if pair)
    return Word(seen, lemma or seen, upos, head, deprel, start, end, pairs, ner)


def stored() -> dict[str, Parsed]:
    """The stored parses by case."""
    with gzip.open(PARSES, "rt", encoding="utf-8") as lines:
        return {parsed.article.path: parsed for parsed in map(load, lines)}


def store(parses: Iterable[Parsed]) -> int:
    """Rewrite the stored file; the same parses give the same bytes."""
    lines = [dump(parsed) for parsed in parses]
    data = "".join(f"{line}\n" for line in lines).encode()
    PARSES.write_bytes(gzip.compress(data, mtime=0))
    return len(lines)


def parse() -> Iterator[Parsed]:
    """Parse the cases with the bundled models, as ``claimx extract`` does.

    Raises:
        RuntimeError: if a case cannot be analysed.
    """
    from claimx.attribution.prefilter import may_attribute
    from claimx.language import Analyzer, resolve_models

    articles = [Article(case.id, case.text, "test") for case in load_cases()]
    analyzer = Analyzer(resolve_models(None), needs_tree=may_attribute)
    for article, result in analyzer.map(articles, lambda parsed: parsed, jobs=1):
        if isinstance(result, Exception):
            raise RuntimeError(f"{article.path}: {result}") from result
        yield result


if __name__ == "__main__":
    print(f"{store(parse())} parses written to {PARSES}")
