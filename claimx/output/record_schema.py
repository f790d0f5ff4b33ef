"""The record's JSON Schema, built from the dataclasses so that the two cannot drift."""

from __future__ import annotations

import types
from dataclasses import fields
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from claimx.records import Claim, Fact

_CLAIM: Final = {
    "id": "Stable id: the same article text and span give the same id on every machine.",
    "article": "Path or URL of the article as it was given.",
    "source": "The outlet: from front matter, HTML metadata, folder or file name.",
    "title": "The article's headline, or null.",
    "published": "Date of publication (ISO 8601), or null.",
    "speaker": "Canonical name in Devanagari; null where the text names nobody. "
    "Never a pronoun.",
    "speaker_latin": "The same name in Latin letters, as a reader would type it.",
    "speaker_type": "person, organization (an institution, a company, a country as an actor), "
    "group (experts, officials, sources) or unknown.",
    "speaker_role": "The speaker's title as the text has it, or null.",
    "mention": "The words in the text that stand for the speaker (a name, a title, a pronoun).",
    "resolution": "How the mention led to the name: name, title, surname, pronoun, continued "
    "(a dropped subject or a second quotation), or unresolved.",
    "claim": "What was said: exactly text[start:end] of the article.",
    "start": "Where the claim starts, in Unicode code points into the article's text.",
    "end": "Where it ends (exclusive), in Unicode code points.",
    "evidence": "The sentence or sentences around the claim, verbatim.",
    "evidence_start": "Where the evidence starts, in Unicode code points.",
    "evidence_end": "Where it ends (exclusive), in Unicode code points.",
    "kind": "direct (in quotation marks), indirect, or mixed (indirect with quoted words).",
    "cue": "Lemma of the attributing word: कहना, बताना, अनुसार, दावा.",
    "act": "The class of the cue.",
    "polarity": "denied where the speaker denies or rejects what the claim says.",
    "via": "The outlet or report the statement came through, or null.",
    "addressee": "Whom it was said to (a news agency, an audience), or null.",
    "said_on": "When it was said (ISO 8601), where the text and `published` allow a date.",
    "facts": "Quantities, money, dates, places and names in the claim, in text order.",
    "group": "Id of the claims, across sources, that state the same thing; or null.",
    "group_sources": "Number of independent sources in the group; reprints count as one.",
    "relation": "Against the group's first claim: the same, the same with another figure "
    "(differs), or a denial of it (denies).",
    "confidence": "Probability that the claim is right, calibrated on annotated articles.",
}

_FACT: Final = {
    "type": "quantity, ordinal, percent, money, date, duration, place, person, organization.",
    "text": "The words, exactly text[start:end] of the article.",
    "value": "A number, an ISO 8601 date or interval, a name, or [low, high] for a range; "
    "null where the text does not allow one.",
    "unit": "INR, USD, km, percent, person ...; null for bare numbers.",
    "start": "Where the words start, in Unicode code points into the article's text.",
    "end": "Where they end (exclusive), in Unicode code points.",
    "bound": "How the text limits the value.",
}

# What the types alone do not say.
_DATE: Final = {"format": "date"}
_OFFSET: Final = {"minimum": 0}
_LIMITS: Final[dict[str, dict[str, Any]]] = {
    "published": _DATE,
    "said_on": _DATE,
    "start": _OFFSET,
    "end": _OFFSET,
    "evidence_start": _OFFSET,
    "evidence_end": _OFFSET,
    "group_sources": {"minimum": 1},
    "confidence": {"minimum": 0, "maximum": 1},
}

_JSON_TYPES: Final = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    type(None): "null",
}


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one claim as jsonl, json and csv carry it.

    Raises:
        KeyError: if a field of the record has no description here.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Claim",
        "description": "One attributed statement in a Hindi news article.",
        **_object(Claim, _CLAIM),
        "$defs": {"Fact": {"title": "Fact", **_object(Fact, _FACT)}},
    }


def _object(record: type, descriptions: dict[str, str]) -> dict[str, Any]:
    hints = get_type_hints(record)
    names = [field.name for field in fields(record)]
    properties = {
        name: {**_type(hints[name]), **_LIMITS.get(name, {}), "description": descriptions[name]}
        for name in names
    }
    return {
        "type": "object",
        "properties": properties,
        "required": names,
        "additionalProperties": False,
    }


def _type(hint: Any) -> dict[str, Any]:
    """The schema of a field's type hint."""
    origin, arguments = get_origin(hint), get_args(hint)
    if hint is Fact:
        return {"$ref": "#/$defs/Fact"}
    if origin is Literal:
        return {"type": "string", "enum": list(arguments)}
    if origin in (list, tuple):  # tuple[X, ...] is a JSON array like list[X]
        return {"type": "array", "items": _type(arguments[0])}
    if origin in (Union, types.UnionType):
        return _union([_type(argument) for argument in arguments])
    return {"type": _JSON_TYPES[hint]}


def _union(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Merge alternatives into one list of types, enums and item types with them."""
    merged: dict[str, Any] = {"type": sorted({part["type"] for part in parts})}
    for part in parts:
        if "enum" in part:
            nullable = any(other["type"] == "null" for other in parts)
            merged["enum"] = [*part["enum"], *([None] if nullable else [])]
        if "items" in part:
            merged["items"] = part["items"]
    return merged
