"""A sentence as the rules walk it: parallel tuples and a few questions about them."""

from __future__ import annotations

from claimx.attribution.lexicon import Lexicon, fold, lexicon
from claimx.records import Sentence, Word

NOMINAL = frozenset({"NOUN", "PROPN", "X"})
# What may stand inside a noun phrase before its head.
PREMODIFIER = NOMINAL | {"ADJ", "NUM", "DET", "SYM"}
CLOSED_BRACKET, OPEN_BRACKET = frozenset(")]"), frozenset("([")
_FINITE_AUX = frozenset(
    fold(word)
    for word in (
        "है", "हैं", "हूं", "हो", "था", "थी", "थे", "थीं", "होगा", "होगी", "होंगे", "होंगी",
        "गया", "गई", "गए", "चाहिए", "सकता", "सकती", "सकते", "नहीं",
    )
)  # fmt: skip
_FINITE_ENDINGS = ("गा", "गे", "गी")


class Tokens:
    """The words of one sentence with folded spellings.

    Attributes:
        tree: False where the dependencies must not be looked at: sentences without a
            cue need no parse, and must read the same whether they have one or not.
    """

    __slots__ = ("folded", "lex", "sentence", "tree", "words")

    def __init__(self, sentence: Sentence, *, tree: bool = True) -> None:
        self.sentence = sentence
        self.tree = tree
        self.words: tuple[Word, ...] = sentence.words
        self.folded: tuple[str, ...] = tuple(fold(word.text) for word in sentence.words)
        self.lex: Lexicon = lexicon()

    def __len__(self) -> int:
        return len(self.words)

    def at(self, index: int) -> str:
        """The folded word at an index, or "" beyond the ends."""
        return self.folded[index] if 0 <= index < len(self.folded) else ""

    def is_grammar(self, index: int, group: str) -> bool:
        """Does the word belong to a group of ``[grammar]`` in ``cues.toml``?"""
        return self.at(index) in self.lex.grammar[group]

    def is_complementizer(self, index: int) -> bool:
        """कि, or की where it is misspelt behind a verb of saying."""
        word = self.at(index)
        if word in self.lex.grammar["misspelt_complementizers"]:
            return index > 0 and self.words[index - 1].upos == "VERB" and self.at(index - 1) in self.lex.verbs
        return word in self.lex.grammar["complementizers"]

    def is_punct(self, index: int) -> bool:
        return 0 <= index < len(self.words) and self.words[index].upos == "PUNCT"

    def is_nominal(self, index: int) -> bool:
        return 0 <= index < len(self.words) and self.words[index].upos in NOMINAL

    def is_finite(self, index: int) -> bool:
        """Is this the last word of a finite verb group, as far as one word shows it?"""
        if not 0 <= index < len(self.words):
            return False
        word, folded = self.words[index], self.folded[index]
        adnominal = folded in ("गए", "गई", "गया") or (
            word.upos == "VERB" and folded.endswith(("े", "ए", "ी", "ई"))
        )
        if adnominal and index and self.is_nominal(index + 1):
            return False  # "गिराए गए गुब्बारे को", "लगे आरोपों को"
        if folded in _FINITE_AUX:
            return word.upos in ("AUX", "VERB", "PART") or folded in ("है", "हैं", "था", "थे", "थी")
        if word.upos not in ("AUX", "VERB"):
            return False
        if folded.endswith(_FINITE_ENDINGS):
            return True
        if word.deprel in ("acl", "amod", "nmod", "case", "mark"):
            return False
        return folded.endswith(("ा", "आ", "ी", "े", "ए", "ई", "ीं", "एं", "ें")) and not folded.endswith(
            ("ना", "ने", "नी", "कर", "ते", "ता", "ती")
        )

    def has_finite(self, start: int, end: int) -> bool:
        """Is there a finite verb in ``[start, end)``?"""
        return any(self.is_finite(index) for index in range(start, end))

    def ends_clause(self, index: int) -> bool:
        """A finite verb with a conjunction, comma or end behind it."""
        if not self.is_finite(index):
            return False
        following = self.at(index + 1)
        return (
            following in self.lex.grammar["coordinators"]
            or following in self.lex.grammar["relatives"]
            or following in (",", ";", "तो", "कि", "क्योंकि", "")
            or self.is_punct(index + 1)
        )

    def descends(self, index: int, ancestor: int) -> bool:
        """Is ``ancestor`` on the way from a word to the root?"""
        if not self.tree:
            return False
        for _ in range(len(self.words)):
            if index == ancestor:
                return True
            if index < 0:
                return False
            index = self.words[index].head
        return False

    def text(self, start: int, end: int) -> str:
        """The words in ``[start, end)`` joined by spaces, as the models saw them."""
        return " ".join(word.text for word in self.words[start:end])
