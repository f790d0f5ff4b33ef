"""Attribution: from a parsed article to its attributed statements."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from claimx.attribution.contents import Content, find_contents, quoted
from claimx.attribution.lexicon import Form, fold, lexicon
from claimx.attribution.names import Described, describe, tidy
from claimx.attribution.people import People, collect, name_keys
from claimx.attribution.predicates import Cue, find_cues
from claimx.attribution.relation import Attribution
from claimx.attribution.sources import Source, earlier_ergative, find_source, phrase
from claimx.attribution.tokens import Tokens
from claimx.attribution.view import View
from claimx.records import Parsed, Quotation, Resolution, Span, SpeakerType, Statement

# How far back a pronoun or a dropped subject looks, in sentences and paragraphs.
_PRONOUN_REACH = 10
_PARAGRAPH_REACH = 4
# A speaker so many sentences back is likelier than a nearer person without a title.
_WEAK_REACH = 6
# A sentence's bare subject stands among its first so many words.
_SUBJECT_REACH = 8
# A pronoun that opens an article may mean whom one of so many sentences names later.
_CATAPHORA = 4
# A headline has at most so many words, and a source in one so many.
_HEADLINE_WORDS, _HEADLINE_SOURCE = 30, 5
# How far back a bare title looks for a speaker without one, in sentences.
_TITLE_REACH = 3
# How far back a pronoun prefers a person to a nearer organisation, in sentences.
_PERSON_REACH = 4
_QUOTE_PARAGRAPHS = 2


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a source phrase turned out to be."""

    name: str | None
    type: SpeakerType
    role: str | None
    resolution: Resolution
    mention: Span | None
    first_person: bool = False
    pronoun: bool = False
    honoured: bool = True


# Stands for the predicate of a sentence that attributes nothing.
_SUBJECT = Cue("verb", 0, 1, "", "say", Form.PERFECTIVE)
_NOBODY = Speaker(None, "unknown", None, "unresolved", None)


def attribute(parsed: Parsed) -> tuple[Statement, ...]:
    """Find every attributed statement of an article.

    The method is cue first, as in O'Keefe et al. (2012), "A Sequence Labelling Approach to
    Quote Attribution", and Pareti (2015), "Attribution: a computational approach": a lexicon
    gives the cue, the case marker the source, the construction the content.

    Returns:
        The statements in text order; the outer layer of a nested report comes first.
    """
    return _Reader(View(parsed)).read() if parsed.sentences else ()


class _Reader:
    """One pass over one article; holds what a reader would remember."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.people: People = collect(view.sentences, view.text)
        self.claimed: set[int] = set()
        self.statements: list[Statement] = []
        self.inside: list[Quotation] = []
        # (sentence, speaker) of every outer statement, for pronouns and dropped subjects
        self.history: list[tuple[int, Speaker]] = []
        self.acronyms = _acronyms(view)
        # by cue start in the sentence at hand: whom an agency cites
        self.cited: dict[int, Source] = {}

    def read(self) -> tuple[Statement, ...]:
        loose = iter(self._loose_quotations())
        waiting = next(loose, None)
        for index in range(len(self.view.sentences)):
            while (
                waiting is not None
                and waiting.outer.end <= self.view.sentences[index].sentence.start
            ):
                self._continue_quotation(waiting)
                waiting = next(loose, None)
            self._sentence(index)
        while waiting is not None:
            self._continue_quotation(waiting)
            waiting = next(loose, None)
        return self._settled()

    # --- one sentence ---------------------------------------------------------------------

    def _sentence(self, index: int) -> None:
        if self.view.is_furniture[index]:
            return
        tokens = self.view.sentences[index]
        cues = find_cues(tokens)
        if not cues:
            self._headline(index)
            return
        quotes = self.view.quote_of[index]
        attributions = []
        for cue in cues:
            here = quotes[cue.start]
            masked = [quote != here for quote in quotes]
            search = find_source(tokens, cue, masked)
            attributions.append(
                Attribution(index, cue, search.source, search.continued, search.inherited)
            )
        via = self._via(attributions)
        for attribution in attributions:
            self._attribution(attribution, attributions, via)

    def _headline(self, index: int) -> None:
        """ "X: S" and "S: X" in a line of its own, without a full stop."""
        tokens = self.view.sentences[index]
        colon = next((k for k in range(len(tokens)) if tokens.at(k) == ":"), -1)
        if (
            colon < 1
            or len(tokens) > _HEADLINE_WORDS
            or tokens.at(len(tokens) - 1) in ("।", ".", ":")
        ):
            return
        for start, end, first, last in (
            (0, colon, colon + 1, len(tokens)),
            (colon + 1, len(tokens), 0, colon),
        ):
            if end - start > _HEADLINE_SOURCE or last - first < 3:
                continue
            source = phrase(tokens, end - 1, "nominative")
            described = describe(tokens, self.view.text, source)
            known = (
                tokens.words[source.head].ner in ("PER", "ORG")
                or described.title
                or (described.named and described.role)
            )
            if source.start != start or not known or not described.name:
                continue
            content = self.view.trim(tokens.words[first].start, tokens.words[last - 1].end)
            if content is None:
                return
            place = Attribution(index, _SUBJECT, source, False)
            mention = Span(tokens.words[source.start].start, tokens.words[source.head].end)
            speaker = self._named(place, source, described, mention)
            self.statements.append(
                Statement(
                    content=content,
                    evidence=Span(tokens.sentence.start, tokens.sentence.end),
                    kind="indirect",
                    cue="कहना",
                    act="say",
                    mention=mention,
                    speaker=speaker.name,
                    speaker_type=speaker.type,
                    role=speaker.role,
                    resolution=speaker.resolution,
                    confidence=_measured()["frames"]["headline"],
                )
            )
            return

    def _via(self, attributions: list[Attribution]) -> dict[int, str]:
        """ "Y के अनुसार, X ने कहा कि Z": by cue start, the outlet a claim came through."""
        via: dict[int, str] = {}
        self.cited = {}
        for first, second in zip(attributions, attributions[1:], strict=False):
            tokens = self.view.sentences[first.sentence]
            if first.cue.frame != "postposition" or second.cue.frame == "postposition":
                continue
            if first.cue.lemma == "हवाला" and first.source is not None:
                if not tokens.has_finite(first.cue.end, second.cue.start):
                    via[first.cue.start] = ""
                    self.cited[second.cue.start] = first.source
                    continue
            if second.source is None or tokens.at(second.right) not in ("कि", ",", ":"):
                continue
            gap = second.source.start - first.cue.end
            if (
                first.source is not None
                and 0 <= gap <= 12
                and not tokens.has_finite(first.cue.end, second.source.start)
            ):
                if not any(
                    tokens.at(k) == "कि" for k in range(first.cue.end, second.source.start)
                ):
                    described = describe(tokens, self.view.text, first.source)
                    via[second.cue.start] = described.name or ""
                    via[first.cue.start] = ""
        return via

    def _attribution(
        self, attribution: Attribution, siblings: list[Attribution], via: dict[int, str]
    ) -> None:
        cue = attribution.cue
        if cue.frame == "postposition" and via.get(cue.start) == "":
            return
        tokens = self.view.sentences[attribution.sentence]
        here = self.view.quote_of[attribution.sentence][cue.start]
        contents = find_contents(self.view, attribution, siblings, self.claimed)
        if not contents:
            if here < 0 and attribution.source is not None:
                self._remember_source(attribution)
            return
        nested = here >= 0
        if self._supposed(attribution):
            return
        speaker = self._speaker(attribution)
        if cue.start in self.cited:
            # "एजेंसी ने सूत्रों के हवाले से कहा": the cited say it, through the agency.
            if attribution.source is not None and speaker.name:
                via[cue.start] = speaker.name
            speaker = self._speaker(replace(attribution, source=self.cited[cue.start]))
        if cue.nominal is not None and cue.nominal.document_only and speaker.name is None:
            return
        if nested and speaker.pronoun and not speaker.first_person:
            speaker = self._named_inside(attribution, here) or speaker
        if nested and (speaker.first_person or speaker.pronoun or speaker.name is None):
            return  # inside a quotation only another named party counts
        if speaker.first_person and not nested and attribution.source is not None:
            return  # "मुझे लगता है कि" in the reported clause is the outer speaker's
        if attribution.source is not None and attribution.source.marker == "relative":
            speaker = self._relative(attribution, speaker)
        for content in contents:
            self._emit(
                attribution, content, speaker, via.get(cue.start) or None, nested, tokens
            )

    def _supposed(self, attribution: Attribution) -> bool:
        """ "अगर वे कहते हैं कि …": a case that is put, nothing said."""
        tokens = self.view.sentences[attribution.sentence]
        for at in range(attribution.cue.start - 1, -1, -1):
            if tokens.at(at) in tokens.lex.grammar["conditionals"]:
                return True
            if tokens.is_complementizer(at) or tokens.at(at) == "तो" or tokens.ends_clause(at):
                return False
        return False

    def _emit(
        self,
        attribution: Attribution,
        content: Content,
        speaker: Speaker,
        via: str | None,
        nested: bool,
        tokens: Tokens,
    ) -> None:
        cue = attribution.cue
        if content.quotation is not None:
            self.claimed.add(content.quotation.outer.start)
        inner_layer = nested or self._within_content(attribution)
        statement = Statement(
            content=content.span,
            evidence=self._evidence(attribution, content),
            kind=content.kind,
            cue=cue.lemma,
            act=cue.act,
            polarity="denied" if cue.denied else "affirmed",
            mention=speaker.mention,
            speaker=speaker.name,
            speaker_type=speaker.type,
            role=speaker.role,
            resolution=speaker.resolution,
            via=via,
            addressee=self._addressee(tokens, attribution),
            confidence=_confidence(cue, content, speaker, inner_layer),
        )
        self.statements.append(statement)
        if not inner_layer and not (cue.passive and speaker.name is None):
            last = max(attribution.sentence, self.view.sentence_at(content.span.end - 1))
            self.history.append((last, speaker))

    def _within_content(self, attribution: Attribution) -> bool:
        """Is the cue itself part of what somebody is already reported to say?"""
        start = self.view.sentences[attribution.sentence].words[attribution.cue.start].start
        return any(start in s.content and s.kind != "direct" for s in self.statements[-6:])

    def _named_inside(self, attribution: Attribution, quote: int) -> Speaker | None:
        """Whom a pronoun means that the quoted speaker named just before."""
        for back in (attribution.sentence, attribution.sentence - 1):
            if back < 0:
                continue
            tokens, quotes = self.view.sentences[back], self.view.quote_of[back]
            end = len(tokens)
            if back == attribution.sentence and attribution.source is not None:
                end = attribution.source.start
            for at in range(end - 1, -1, -1):
                person = tokens.words[at].ner == "PER" and (
                    at + 1 >= len(tokens) or tokens.words[at + 1].ner != "PER"
                )
                body = tokens.at(at) in tokens.lex.groups | tokens.lex.organizations
                plural = body and tokens.at(at).endswith(("ों", "ओं"))
                if quotes[at] != quote or not (person or plural):
                    continue
                described = describe(tokens, self.view.text, phrase(tokens, at, "nominative"))
                source = attribution.source or attribution.inherited
                if source and described.name is not None and described.type != "unknown":
                    words = self.view.sentences[attribution.sentence].words
                    mention = Span(words[source.start].start, words[source.end - 1].end)
                    return Speaker(
                        described.name, described.type, described.role, "pronoun", mention
                    )
        return None

    def _evidence(self, attribution: Attribution, content: Content) -> Span:
        own = self.view.sentences[attribution.sentence].sentence
        first = self.view.sentences[self.view.sentence_at(content.span.start)].sentence
        last = self.view.sentences[self.view.sentence_at(content.span.end - 1)].sentence
        start = min(own.start, first.start)
        return Span(start, max(own.end, last.end, content.span.end))

    def _addressee(self, tokens: Tokens, attribution: Attribution) -> str | None:
        at = attribution.cue.start - 1
        while tokens.at(at) in ("भी", "ही", "यह", "साफ"):
            at -= 1
        if (
            tokens.at(at) not in ("को", "से")
            or at < 1
            or tokens.at(at - 1) in tokens.lex.leaders
        ):
            return None
        found = phrase(tokens, at - 1, "dative")
        if attribution.source is not None and found.start < attribution.source.end:
            return None
        described = describe(tokens, self.view.text, found)
        if described.pronoun or described.name is None or described.type == "unknown":
            return None
        return described.name

    # --- speakers -------------------------------------------------------------------------

    def _speaker(self, attribution: Attribution) -> Speaker:
        source = attribution.source
        if source is None:
            if attribution.cue.passive:
                return self._document_goes_on(attribution)
            if attribution.continued:
                return self._continued(attribution)
            return _NOBODY
        tokens = self.view.sentences[attribution.sentence]
        described = describe(tokens, self.view.text, source)
        mention = Span(tokens.words[source.start].start, tokens.words[source.end - 1].end)
        if described.first_person:
            return Speaker(None, "person", None, "unresolved", mention, first_person=True)
        if described.pronoun:
            return self._pronoun(attribution, mention)
        return self._named(attribution, source, described, mention)

    def _named(
        self, attribution: Attribution, source: Source, described: Described, mention: Span
    ) -> Speaker:
        where = (attribution.sentence, source.head)
        name = described.name
        if name is None:
            return Speaker(None, described.type, described.role, "unresolved", mention)
        if described.title:
            return self._titled(attribution, described, mention)
        if described.type == "person" and described.named:
            person = self.people.find(name, where)
            if person is not None:
                longer = len(person.keys) > len(name_keys(name))
                role = described.role or (person.roles[0] if person.roles else None)
                return Speaker(
                    person.name, "person", role, "surname" if longer else "name", mention
                )
        if described.document and described.indefinite:
            return self._document(attribution, described, mention)
        full = self.acronyms.get(name, name)
        return Speaker(full, described.type, described.role, "name", mention)

    def _titled(self, attribution: Attribution, described: Described, mention: Span) -> Speaker:
        """A title alone: the person who bears it, or who spoke last and has no title."""
        role, title = described.role, described.title
        bearer = self.people.find(title, (attribution.sentence, 0)) if role == title else None
        if bearer is not None and len(bearer.keys) > 1:
            return Speaker(bearer.name, "person", None, "surname", mention)  # प्रधान, a surname
        kin = title in self.view.sentences[attribution.sentence].lex.kin
        if not (described.indefinite or kin):
            lex = self.view.sentences[attribution.sentence].lex
            person = self.people.by_title(
                role or title, (attribution.sentence, 0), exact_only=title not in lex.offices
            )
            if person is not None:
                return Speaker(person.name, "person", role, "title", mention)
            last = self.history[-1] if self.history else None
            foreign = lex.grammar["genitive"] | lex.nationalities | lex.title_ranks
            bare = not any(fold(word) in foreign for word in (role or "").split())
            also = (
                attribution.source is not None
                and "भी"
                in self.view.sentences[attribution.sentence].folded[
                    attribution.source.end : attribution.cue.start
                ]
            )
            if person is None and last is not None and (bare or also):
                sentence, speaker = last
                near = attribution.sentence - sentence <= _TITLE_REACH
                if (
                    near
                    and title in lex.offices
                    and self._same_paragraph(attribution, sentence)
                    and speaker.type == "person"
                    and speaker.name
                    and not speaker.role
                ):
                    return replace(speaker, role=role, resolution="title", mention=mention)
        return Speaker(described.name, described.type, role, "title", mention)

    def _same_paragraph(self, attribution: Attribution, sentence: int) -> bool:
        here = self.view.sentences[attribution.sentence].sentence.paragraph
        return self.view.sentences[sentence].sentence.paragraph == here

    def _document(
        self, attribution: Attribution, described: Described, mention: Span
    ) -> Speaker:
        """ "बयान में कहा गया": whose statement it is, if an organisation spoke before."""
        near = [
            speaker
            for sentence, speaker in self.history
            if attribution.sentence - sentence <= 3 and speaker.name
        ]
        bodies = [speaker for speaker in near if speaker.type == "organization"]
        said = fold((described.name or "").split(" ")[-1]) in lexicon().utterances
        if bodies or (near and said):
            speaker = (bodies or near)[-1]
            return replace(speaker, mention=mention, resolution="continued")
        return Speaker(described.name, described.type, None, "name", mention)

    def _pronoun(self, attribution: Attribution, mention: Span) -> Speaker:
        tokens = self.view.sentences[attribution.sentence]
        assert attribution.source is not None
        word = tokens.at(attribution.source.head)
        honoured = word not in tokens.lex.pronouns["unhonoured"]
        if word in tokens.lex.pronouns["document"]:
            found = self._last_document(attribution)
        else:
            found = self._clause_subject(attribution) or self._antecedent(attribution, honoured)
        if found is None:
            return Speaker(None, "unknown", None, "unresolved", mention, pronoun=True)
        return replace(
            found, resolution="pronoun", mention=mention, pronoun=True, honoured=honoured
        )

    def _clause_subject(self, attribution: Attribution) -> Speaker | None:
        """ "X ने … की है, उन्होंने कहा": the subject of an earlier clause of the sentence."""
        tokens = self.view.sentences[attribution.sentence]
        assert attribution.source is not None
        quotes = self.view.quote_of[attribution.sentence]
        here = quotes[attribution.source.start]
        at = attribution.source.start - 1
        while at > 0 and not tokens.is_finite(at):
            if tokens.at(at) == "कि":
                return None
            at -= 1
        masked = [quote != here for quote in quotes]
        subject = earlier_ergative(tokens, at, masked)
        if tokens.at(attribution.source.start - 1) == "तो":
            begin = subject.end + 1 if subject else 0
            if other := self._object_person(tokens, begin, at):
                return other
        if subject is None:
            return None
        speaker = self._speaker(replace(attribution, source=subject))
        if speaker.name is None or speaker.type not in ("person", "group"):
            return None
        return speaker

    def _object_person(self, tokens: Tokens, start: int, end: int) -> Speaker | None:
        """ "जब पुलिस ने X से पूछा तो उसने बताया": X."""
        for at in range(start, end):
            if tokens.at(at + 1) in ("से", "को") and tokens.is_nominal(at):
                described = describe(tokens, self.view.text, phrase(tokens, at, "dative"))
                if described.name and described.type == "person":
                    return Speaker(described.name, "person", described.role, "pronoun", None)
        return None

    def _last_document(self, attribution: Attribution) -> Speaker | None:
        """ "इसमें कहा गया": the report or statement spoken of last."""
        for back in range(attribution.sentence, max(-1, attribution.sentence - 4), -1):
            tokens = self.view.sentences[back]
            limit = len(tokens)
            if back == attribution.sentence and attribution.source is not None:
                limit = attribution.source.start
            for at in range(limit - 1, -1, -1):
                if tokens.at(at) in tokens.lex.own_documents | tokens.lex.statements:
                    if self.view.quote_of[back][at] >= 0 or not tokens.is_nominal(at):
                        continue
                    described = describe(tokens, self.view.text, phrase(tokens, at, "document"))
                    if described.name:
                        return Speaker(described.name, described.type, None, "pronoun", None)
        return None

    def _antecedent(self, attribution: Attribution, honoured: bool) -> Speaker | None:
        """The last speaker or the last sentence's subject, whichever is nearer; an
        organisation only where no person is in sight."""
        here = attribution.sentence
        sentences = self.view.sentences
        paragraph = sentences[here].sentence.paragraph
        spoken: dict[int, Speaker] = {}
        for sentence, speaker in self.history:
            if speaker.name is not None and (speaker.honoured or not honoured):
                spoken[sentence] = speaker
        if here in spoken and not self._within_content(attribution):
            return spoken[here]
        body: Speaker | None = None
        group: Speaker | None = None
        weak: Speaker | None = None
        for back in range(here - 1, max(-1, here - 1 - _PRONOUN_REACH), -1):
            if paragraph - sentences[back].sentence.paragraph > _PARAGRAPH_REACH:
                break
            if (body or group) is not None and here - back > _PERSON_REACH:
                break
            found = spoken.get(back)
            if found is not None and _can_be_they(found):
                return found
            if weak is not None and here - back > _WEAK_REACH:
                return weak
            if found is None:
                found = self._subject(back)
                if found is not None and found.role and weak is None:
                    return found
                weak = weak or found
                group = group or self._group_subject(back)
            if found is not None and found.type == "organization":
                body = body or found
        if weak is None and body is None and group is None and not spoken:
            return self._named_later(here)
        return weak or body or group

    def _named_later(self, here: int) -> Speaker | None:
        """ "वो कहती हैं, …" as an opening: the first person named after it."""
        later = [
            (mention, person)
            for person in self.people.persons
            for mention in person.mentions
            if here < mention[0] <= here + _CATAPHORA
            and self.view.quote_of[mention[0]][mention[1]] < 0
        ]
        if not later:
            return None
        person = min(later, key=lambda pair: pair[0])[1]
        return Speaker(
            person.name, "person", person.roles[0] if person.roles else None, "pronoun", None
        )

    def _subject(self, index: int) -> Speaker | None:
        """The person a sentence is about: its ergative or bare subject outside quotations."""
        tokens = self.view.sentences[index]
        quotes = self.view.quote_of[index]
        if ergative := self._ergative_subject(index):
            return ergative
        candidates: list[tuple[int, Speaker]] = []
        for person in self.people.persons:
            for sentence, word in person.mentions:
                if sentence != index or quotes[word] >= 0:
                    continue
                offset = tokens.words[word].start
                if any(offset in s.content for s in self.statements):
                    continue
                after = tokens.at(_behind_bracket(tokens, word + 1))
                deprel = tokens.words[word].deprel
                if after == "ने":
                    rank = 4
                elif after in ("को", "से", "पर", "में", "तक"):
                    rank = 1
                elif after in ("का", "की", "के"):
                    stated = any(
                        tokens.at(k) in tokens.lex.statements
                        for k in range(word + 2, word + 10)
                    )
                    rank = 5 if stated else 2
                elif after == "," and tokens.at(word + 2) in tokens.lex.grammar["relatives"]:
                    rank = 4
                else:
                    rank = 3 + (tokens.tree and deprel.startswith("nsubj"))
                role = person.roles[0] if person.roles else None
                speaker = Speaker(person.name, "person", role, "pronoun", None)
                candidates.append((rank * 1000 - word, speaker))
        if not candidates:
            return None
        return max(candidates, key=lambda pair: pair[0])[1]

    def _ergative_subject(self, index: int) -> Speaker | None:
        """ "प्रधानमंत्री ने … को संबोधित किया।": who did it, outside reported content."""
        tokens = self.view.sentences[index]
        masked = [quote >= 0 for quote in self.view.quote_of[index]]
        end = next((k for k in range(len(tokens)) if tokens.at(k) == "कि"), len(tokens))
        source = earlier_ergative(tokens, end - 1, masked)
        if source is None or any(
            tokens.words[source.start].start in s.content for s in self.statements
        ):
            return None
        described = describe(tokens, self.view.text, source)
        if (
            described.pronoun
            or described.name is None
            or described.type not in ("person", "group")
        ):
            return None
        mention = Span(tokens.words[source.start].start, tokens.words[source.end - 1].end)
        place = Attribution(index, _SUBJECT, source, False)
        return replace(self._named(place, source, described, mention), resolution="pronoun")

    def _group_subject(self, index: int) -> Speaker | None:
        """ "ग्रामीण … का विरोध कर रहे हैं।": an unnamed group without a case marker."""
        tokens = self.view.sentences[index]
        quotes = self.view.quote_of[index]
        for at in range(min(len(tokens) - 1, _SUBJECT_REACH)):
            word = tokens.words[at]
            if word.upos == "ADP" and tokens.at(at) not in tokens.lex.grammar["genitive"]:
                continue
            known = tokens.at(at) in tokens.lex.groups or (
                tokens.at(at) in tokens.lex.titles and word.feats.get("Number") == "Plur"
            )
            if (
                known
                and quotes[at] < 0
                and tokens.words[at + 1].upos not in ("ADP", "NOUN", "PROPN")
            ):
                if any(word.start in s.content for s in self.statements):
                    return None
                described = describe(tokens, self.view.text, phrase(tokens, at, "nominative"))
                if described.name:
                    return Speaker(described.name, "group", None, "pronoun", None)
        return None

    def _relative(self, attribution: Attribution, speaker: Speaker) -> Speaker:
        """ "X, जिन्होंने कहा कि": the noun phrase before the relative clause."""
        tokens = self.view.sentences[attribution.sentence]
        assert attribution.source is not None
        at = attribution.source.start - 1
        while at >= 0 and (
            tokens.is_punct(at) or tokens.words[at].upos in ("ADP", "AUX", "VERB", "PART")
        ):
            at -= 1
        if at < 0:
            return speaker
        described = describe(tokens, self.view.text, phrase(tokens, at, "relative"))
        if described.name is None or (described.type == "unknown" and not described.document):
            return speaker
        return replace(
            speaker,
            name=described.name,
            type=described.type,
            role=described.role,
            resolution="pronoun",
            pronoun=False,
        )

    def _continued(self, attribution: Attribution) -> Speaker:
        if attribution.inherited is not None:
            own = replace(attribution, source=attribution.inherited, inherited=None)
            found = self._speaker(own)
            return replace(found, resolution="continued") if found.name else found
        if attribution.cue.form is Form.IMPERFECTIVE:
            return _NOBODY  # "कहते हैं कि": hearsay, not somebody's habit
        for sentence, speaker in reversed(self.history):
            if attribution.sentence - sentence <= _PRONOUN_REACH and speaker.name:
                return replace(speaker, resolution="continued", mention=speaker.mention)
            break
        return _NOBODY

    def _document_goes_on(self, attribution: Attribution) -> Speaker:
        """ "ये भी कहा गया है कि" after "रिपोर्ट में कहा गया": the same report."""
        tokens = self.view.sentences[attribution.sentence]
        start = attribution.cue.start
        also = any(tokens.at(k) == "भी" for k in range(max(0, start - 4), start))
        if also and self.history:
            sentence, speaker = self.history[-1]
            near = attribution.sentence - sentence <= _TITLE_REACH
            if near and speaker.type in ("unknown", "organization") and speaker.name:
                return replace(speaker, resolution="continued", mention=None)
        return _NOBODY

    def _remember_source(self, attribution: Attribution) -> None:
        """A cue without content still says who is speaking: "X का बयान आया।"."""
        if attribution.cue.passive or attribution.cue.frame == "postposition":
            return
        speaker = self._speaker(attribution)
        if (
            speaker.name is not None
            and not speaker.first_person
            and not self._within_content(attribution)
        ):
            self.history.append((attribution.sentence, speaker))

    # --- quotations without a cue -----------------------------------------------------------

    def _loose_quotations(self) -> list[Quotation]:
        """Outer quotations that make up whole sentences."""
        loose = []
        for quotation in self.view.outer:
            if not self.view.is_speech(quotation) or self.view.word_count(quotation.inner) < 3:
                continue
            index = self.view.sentence_at(quotation.outer.start)
            tokens = self.view.sentences[index]
            before = self.view.text[tokens.sentence.start : quotation.outer.start]
            if before.strip(" :-–—") or self.view.is_furniture[index]:
                continue
            last = self.view.sentences[self.view.sentence_at(quotation.outer.end - 1)].sentence
            if self.view.text[quotation.outer.end : last.end].strip(" ।|.,"):
                continue
            inner = self.view.text[quotation.inner.start : quotation.inner.end].rstrip()
            if inner[-1:] in "।|.?!…" or self.view.text[
                quotation.outer.end : quotation.outer.end + 2
            ].strip()[:1] in ("।", "|", "."):
                loose.append(quotation)
        return loose

    def _continue_quotation(self, quotation: Quotation) -> None:
        if quotation.outer.start in self.claimed or not self.history:
            return
        index = self.view.sentence_at(quotation.outer.start)
        sentence, speaker = self.history[-1]
        paragraph = self.view.sentences[index].sentence.paragraph
        if (
            speaker.name is None
            or paragraph - self.view.sentences[sentence].sentence.paragraph > _QUOTE_PARAGRAPHS
        ):
            return
        content = quoted(self.view, quotation, "quote")
        if content is None:
            return
        self.claimed.add(quotation.outer.start)
        last = self.view.sentences[self.view.sentence_at(content.span.end - 1)].sentence
        self.statements.append(
            Statement(
                content=content.span,
                evidence=Span(
                    self.view.sentences[index].sentence.start, max(last.end, content.span.end)
                ),
                kind="direct",
                cue="कहना",
                act="say",
                mention=None,
                speaker=speaker.name,
                speaker_type=speaker.type,
                role=speaker.role,
                resolution="continued",
                confidence=_measured()["frames"]["continued"],
            )
        )
        self.history.append((self.view.sentence_at(content.span.end - 1), speaker))

    # --- the whole --------------------------------------------------------------------------

    def _settled(self) -> tuple[Statement, ...]:
        """In text order, each content once per speaker."""
        best: dict[tuple[int, int], Statement] = {}
        for statement in self.statements:
            key = (statement.content.start, statement.content.end)
            if key not in best or statement.confidence > best[key].confidence:
                best[key] = statement
        return tuple(sorted(best.values(), key=lambda s: (s.content.start, -s.content.end)))


def _can_be_they(speaker: Speaker) -> bool:
    """May उन्होंने mean this speaker before others? A report or an organisation hardly."""
    if speaker.type in ("person", "group"):
        return True
    lex = lexicon()
    head = fold((speaker.name or "").split(" ")[-1])
    return speaker.type == "unknown" and head not in lex.own_documents | lex.statements


def _behind_bracket(tokens: Tokens, at: int) -> int:
    """Over "(Mao Ning)" behind a name."""
    if tokens.at(at) != "(":
        return at
    end = next((k for k in range(at, min(at + 8, len(tokens))) if tokens.at(k) == ")"), at - 1)
    return end + 1


def _acronyms(view: View) -> dict[str, str]:
    """ "नेशनल हरिकेन सेंटर (एनएचसी)": short form to long form."""
    found: dict[str, str] = {}
    for tokens in view.sentences:
        for at in range(1, len(tokens) - 2):
            if (
                tokens.at(at) == "("
                and tokens.at(at + 2) == ")"
                and tokens.words[at - 1].upos in ("PROPN", "NOUN")
            ):
                short = tidy(view.text[tokens.words[at + 1].start : tokens.words[at + 1].end])
                source = phrase(tokens, at - 1, "nominative")
                described = describe(tokens, view.text, source)
                if (
                    described.type == "organization"
                    and described.name
                    and len(described.name.split()) > 1
                ):
                    found.setdefault(short, described.name)
    return found


@cache
def _measured() -> Mapping[str, Mapping[str, float]]:
    text = resources.files(__package__).joinpath("confidence.toml").read_text("utf-8")
    return tomllib.loads(text)


def _confidence(cue: Cue, content: Content, speaker: Speaker, nested: bool) -> float:
    """See ``confidence.toml``."""
    measured = _measured()
    value = measured["frames"][content.frame]
    low_phrase = cue.nominal is not None and cue.nominal.low_gen and content.frame == "nominal"
    if cue.low or low_phrase:
        value = min(value, measured["ceilings"]["low"])
    if speaker.name is None:
        value = min(value, measured["ceilings"]["unnamed"])
    if nested:
        value *= measured["factors"]["nested"]
    return round(value, 3)
