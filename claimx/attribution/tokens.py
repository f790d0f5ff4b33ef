"""A sentence as the rules walk it: parallel tuples and a few questions about them."""

from __future__ import annotations

from claimx.attribution.lexicon import Form, Lexicon, fold, lexicon
from claimx.records import Sentence, Word

NOMINAL = frozenset({"NOUN", "PROPN", "X"})
# What may stand inside a noun phrase before its head.
PREMODIFIER = NOMINAL | {"ADJ", "NUM", "DET", "SYM"}
CLOSED_BRACKET, OPEN_BRACKET = frozenset(")]"), frozenset("([")
QUOTE_MARKS = frozenset("\"'“”‘’")
# What sets a clause off from the attribution beside it.
COMMA_OR_DASH = frozenset(",-–—")
# Relations of a verb form that predicates nothing by itself.
_DEPENDENT = frozenset({"acl", "amod", "nmod", "case", "mark"})
# Groups of ``[grammar]`` that begin another clause.
_CLAUSE_OPENERS = ("coordinators", "relatives", "clause_openers")


class Tokens:
    """The words of one sentence with folded spellings. Indices count its words.

    Attributes:
        words, folded: the words and their folded spellings, in parallel.
        lex: the lexicon.
        tree: False where no cue can be (`may_attribute`), so that neither cues nor the
            dependencies need be looked at: such sentences are not parsed, and must read
            the same whether they are or not.
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
        if self.is_grammar(index, "misspelt_complementizers"):
            forms = self.lex.verbs.get(self.at(index - 1), ())
            told = any(form is not Form.INFINITIVE for _, form in forms)
            return index > 0 and told and self.words[index - 1].upos == "VERB"
        return self.is_grammar(index, "complementizers")

    def is_ergative(self, index: int) -> bool:
        """ने, or न where it is misspelt between a name and a verb that tells."""
        if self.is_grammar(index, "misspelt_ergatives"):
            forms = self.lex.verbs.get(self.at(index + 1), ())
            told = any(form is Form.PERFECTIVE for _, form in forms)
            title = self.at(index - 1) in self.lex.titles
            return told and index > 0 and (title or self.words[index - 1].ner in ("PER", "ORG"))
        return self.is_grammar(index, "ergative")

    def is_punct(self, index: int) -> bool:
        """Is there a word at the index, and is it punctuation?"""
        return 0 <= index < len(self.words) and self.words[index].upos == "PUNCT"

    def is_nominal(self, index: int) -> bool:
        """Is there a word at the index that may head a noun phrase?"""
        return 0 <= index < len(self.words) and self.words[index].upos in NOMINAL

    def is_finite(self, index: int) -> bool:
        """Is this the last word of a finite verb group, as far as one word shows it?"""
        if not 0 <= index < len(self.words) or self._is_adnominal(index):
            return False
        word, folded, endings = self.words[index], self.folded[index], self.lex.endings
        if self.is_grammar(index, "bare_stems") and self._auxiliary_follows(index):
            return False
        if self.is_grammar(index, "finite_auxiliaries"):
            # The tagger takes some copulas for nouns or postpositions.
            verbal = word.upos in ("AUX", "VERB", "PART")
            return verbal or self.is_grammar(index, "plain_copulas")
        if folded.endswith(endings["only_future"]):
            return word.ner != "PER"  # "दीवान सिंह नेगी"
        if word.upos not in ("AUX", "VERB"):
            return False
        if self.is_grammar(index, "participle_markers"):
            participle = self.at(index - 1).endswith(endings["nonfinite"])
            if participle and self.words[index - 1].upos in ("AUX", "VERB"):
                return False  # "रोते हुए"
        if folded.endswith(endings["future"]):
            return True
        if word.deprel in _DEPENDENT or folded.endswith(endings["nonfinite"]):
            return False
        return folded.endswith(endings["finite"])

    def _is_adnominal(self, index: int) -> bool:
        """ "गिराए गए गुब्बारे को", "लगे आरोपों को": a participle before its noun."""
        going = next((at for at in (index, index + 1) if self.at(at) == "जा"), -2)
        if self.is_grammar(going + 1, "aspect_auxiliaries"):
            return self.is_nominal(going + 2)  # "किए जा रहे दावों को"
        if index == 0 or not self.is_nominal(index + 1):
            return False
        if self.is_grammar(index, "perfective_passive"):
            return True
        if self.is_grammar(index, "aspect_auxiliaries"):
            return self.words[index - 1].upos == "VERB" or self.at(index - 1) == "जा"
        participle = self.folded[index].endswith(self.lex.endings["oblique_participle"])
        return self.words[index].upos == "VERB" and participle

    def has_finite(self, start: int, end: int) -> bool:
        """Is there a finite verb in ``[start, end)``?"""
        return any(self.is_finite(index) for index in range(start, end))

    def _auxiliary_follows(self, index: int) -> bool:
        return index + 1 < len(self.words) and self.words[index + 1].upos == "AUX"

    def ends_clause(self, index: int) -> bool:
        """A finite verb with a conjunction, comma or end behind it."""
        if not self.is_finite(index):
            return False
        behind = index + 1
        return (
            behind == len(self.words)
            or self.is_punct(behind)
            or any(self.is_grammar(behind, group) for group in _CLAUSE_OPENERS)
        )

    def ends_main_clause(self, index: int) -> bool:
        """As `ends_clause`, but not a participle or the verb of a clause within."""
        word = self.words[index]
        within = word.upos == "VERB" and word.deprel in ("acl", "amod", "advcl")
        return self.ends_clause(index) and not within

    def descends(self, index: int, ancestor: int) -> bool:
        """Is the word ``ancestor`` on the way from a word to the root, or the word itself?"""
        if not self.tree:
            return False
        for _ in range(len(self.words)):
            if index == ancestor:
                return True
            if index < 0:
                return False
            index = self.words[index].head
        return False
