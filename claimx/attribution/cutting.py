"""Cut names out of an article's text, and give them as a reader would write them."""

from __future__ import annotations

import unicodedata

import regex

from claimx.attribution.tokens import OPEN_BRACKET, Tokens

_INVISIBLE = regex.compile(r"\p{Cf}")
_SPACES = regex.compile(r"\s+")
# What stands around a name, and the marks that come in pairs.
_EDGES = " ,-–\"'“”‘’#*_>|•"  # with the marks of Markdown
_MARKS = regex.compile(r"[\"“”‘’]")


def tidy(text: str) -> str:
    """Article text as a name: NFC, no invisible characters, single spaces."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", _INVISIBLE.sub("", text))).strip()


class Cut:
    """Cut words out of the article's text as a name."""

    def __init__(self, tokens: Tokens, text: str) -> None:
        self._tokens, self.text = tokens, text

    def __call__(self, start: int, end: int) -> str:
        words = self._tokens.words
        while end > start + 1 and self._tokens.at(end - 1) in (",", "-", "–", *OPEN_BRACKET):
            end -= 1
        name = tidy(self.text[words[start].start : words[end - 1].end]).strip(_EDGES)
        # "न्यूज एजेंसी ‘शिन्हुआ": a mark whose partner was cut off
        return _MARKS.sub("", name) if len(_MARKS.findall(name)) == 1 else name

    def nominative(self, start: int, head: int) -> str:
        """The phrase with its head in the direct case: विशेषज्ञों → विशेषज्ञ."""
        phrase = self(start, head + 1)
        *rest, last = phrase.split(" ")
        return " ".join(
            [*rest, direct_plural(last, self._tokens.words[head].feats.get("Gender"))]
        )


def direct_plural(word: str, gender: str | None) -> str:
    """An oblique plural in the direct case: विशेषज्ञों → विशेषज्ञ, महिलाओं → महिलाएं."""
    if word == "वालों":
        return "वाले"
    if word.endswith("ियों"):
        stem = word[: -len("ियों")]
        return stem + ("ियां" if gender == "Fem" else "ी")
    if word.endswith("ुओं"):
        return word[: -len("ुओं")] + "ू" if gender == "Masc" and len(word) > 5 else word[:-2]
    if word.endswith("ओं"):
        return word[:-2] + ("एं" if gender == "Fem" else "")
    if word.endswith("ों"):
        return word[:-2] + ("ें" if gender == "Fem" else "")
    return word
