"""What a cue is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from claimx.attribution.lexicon import CopularEntry, Form, NominalEntry, VerbEntry
from claimx.records import Act

Frame = Literal["verb", "nominal", "copular", "dative", "impersonal", "postposition"]


@dataclass(frozen=True, slots=True)
class Cue:
    """An attributing predicate or postposition.

    Attributes:
        start, end: its words in the sentence, half open, auxiliaries included.
        lemma: what the statement gives as its cue: कहना, दावा, अनुसार.
        denied: the cue negates what it reports: "… से इनकार किया".
        low: of low certainty: requests, questions, hearsay.
        passive: "कहा गया"; the agent, if any, is a phrase of its own.
        participle: "कहते हुए", "बताकर"; the subject is the main clause's.
        source_head: for copular, dative and postpositional cues the index of the
            word that heads the source, and for an infinitive the one who is judged for
            it ("यह कहने के लिए Y की आलोचना की कि"); -1 where the source must be searched for.
        verb, nominal, copular: the lexicon's entry, by frame.
    """

    frame: Frame
    start: int
    end: int
    lemma: str
    act: Act
    form: Form
    denied: bool = False
    low: bool = False
    passive: bool = False
    participle: bool = False
    source_head: int = -1
    verb: VerbEntry | None = None
    nominal: NominalEntry | None = None
    copular: CopularEntry | None = None

    @property
    def judged(self) -> bool:
        """ "यह कहने के लिए Y की आलोचना की कि": told by somebody else, who judges it."""
        return self.frame == "verb" and self.source_head >= 0

    @property
    def verdict(self) -> bool:
        """ "दोषी ठहराया", "करार दिया": from a court a decision, not a claim."""
        return any(entry is not None and entry.verdict for entry in (self.verb, self.nominal))
