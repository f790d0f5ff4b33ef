"""Other rows than claims, and the schema of a claim."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import fields
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from claimx import output
from claimx.output.safety import json_text
from claimx.records import Claim, Fact
from tests.output.cases import (
    HOSTILE,
    HUMAN,
    claims,
    make_claim,
    parsed,
    raw_controls,
    relaxed,
    widest,
)

ROWS = [
    {
        "claims": 12,
        "speaker": "रमेश | जोशी",
        "spellings": ["जोशी", "रमेश जोशी"],
        "role": None,
    },
    {"claims": 3, "speaker": "=सीमा", "spellings": [], "role": "प्रवक्ता", "extra": 1},
]


COLUMNS: list[output.Column | str] = [
    "claims",
    "speaker",
    "spellings",
    output.Column("role", "पद"),
]


class TestRows:
    def written(self, format: str, width: int = 80) -> str:
        stream = io.StringIO(newline="")
        output.write_rows(ROWS, COLUMNS, format, stream, width=width)
        return stream.getvalue()

    def test_jsonl_and_json_keep_the_columns_in_order(self) -> None:
        first = {"claims": 12, "speaker": "रमेश | जोशी", "spellings": ["जोशी", "रमेश जोशी"]}
        rows = [json.loads(line) for line in self.written("jsonl").splitlines()]
        assert rows == json.loads(self.written("json"))
        assert rows[0] == {**first, "role": None}
        assert list(rows[1]) == ["claims", "speaker", "spellings", "role"]

    def test_csv(self) -> None:
        header, first, second = csv.reader(io.StringIO(self.written("csv"), newline=""))
        assert header == ["claims", "speaker", "spellings", "role"]
        assert first == ["12", "रमेश | जोशी", '["जोशी", "रमेश जोशी"]', ""]
        assert second[1] == "'=सीमा"

    def test_markdown(self) -> None:
        lines = self.written("markdown").splitlines()
        assert lines[0] == "| claims | speaker | spellings | पद |"
        assert lines[2] == "| 12 | रमेश \\| जोशी | जोशी, रमेश जोशी |  |"

    def test_html(self) -> None:
        page = parsed(self.written("html"))
        assert {"पद", "12", "रमेश | जोशी"} <= set(page.text)

    def test_table_lines_up_and_numbers_stand_right(self) -> None:
        lines = self.written("table").splitlines()
        assert lines[0].startswith("claims  speaker")
        assert lines[2].startswith("    12  रमेश")
        starts = [widest(line[: line.index(word)]) for line, word in
                  ((lines[0], "पद"), (lines[3], "प्रवक्ता"))]  # fmt: skip
        assert starts[0] == starts[1]

    @pytest.mark.parametrize("width", range(30, 60))
    def test_table_lines_fit(self, width: int) -> None:
        assert all(widest(line) <= width for line in self.written("table", width).splitlines())

    def test_table_turns_to_fields_where_columns_do_not_fit(self) -> None:
        lines = self.written("table", width=24).splitlines()
        assert lines[:2] == ["claims: 12", "speaker: रमेश | जोशी"]
        stream = io.StringIO()
        titled = [output.Column("claims"), output.Column("speaker", title=True)]
        output.write_rows(ROWS, [*titled, "spellings"], "table", stream, width=20)
        assert stream.getvalue().splitlines()[:2] == ["रमेश | जोशी", "claims: 12"]
        assert all(widest(line) <= 24 for line in lines)

    @pytest.mark.parametrize(
        ("format", "start"),
        [("table", "Nothing"), ("jsonl", ""), ("json", "[]"), ("csv", "a\r\n"),
         ("markdown", "| a |"), ("html", "<!DOCTYPE")],
    )  # fmt: skip
    def test_no_rows(self, format: str, start: str) -> None:
        stream = io.StringIO(newline="")
        output.write_rows([], ["a"], format, stream)
        assert stream.getvalue().startswith(start)
        assert bool(stream.getvalue()) is bool(start)

    @pytest.mark.parametrize("format", HUMAN)
    @pytest.mark.parametrize("text", HOSTILE)
    def test_hostile_rows_are_inert(self, format: str, text: str) -> None:
        stream = io.StringIO()
        row = {"a": text, "b": [text], "c": {text: text}}
        output.write_rows([row], ["a", "b", "c"], format, stream, width=80)
        assert not raw_controls(stream.getvalue())

    def test_unknown_format_names_the_known(self) -> None:
        with pytest.raises(ValueError, match=r"'xml'.*table, jsonl, json, csv, markdown, html"):
            output.write_rows([], ["a"], "xml", io.StringIO())


class TestSchema:
    def test_it_is_a_valid_schema_of_the_record_in_its_order(self) -> None:
        schema = output.schema()
        jsonschema.Draft202012Validator.check_schema(schema)
        assert list(schema["properties"]) == [field.name for field in fields(Claim)]
        fact = schema["$defs"]["Fact"]
        assert list(fact["properties"]) == [field.name for field in fields(Fact)]
        described = [*schema["properties"].values(), *fact["properties"].values()]
        assert all(about["description"].endswith((".", "null.")) for about in described)

    @relaxed
    @given(claim=claims)
    def test_every_claim_conforms(self, claim: Claim) -> None:
        record = json.loads(json_text(claim.to_dict()))
        jsonschema.Draft202012Validator(output.schema()).validate(record)

    @pytest.mark.parametrize(
        "change",
        [
            {"kind": "spoken"},
            {"relation": "other"},
            {"start": -1},
            {"start": 1.5},
            {"confidence": 1.2},
            {"speaker_type": None},
            {"claim": None},
            {"group_sources": 0},
            {"facts": [{"type": "money"}]},
            {"extra": 1},
        ],
    )
    def test_what_breaks_the_contract_is_refused(self, change: dict[str, Any]) -> None:
        record = make_claim().to_dict() | change
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(output.schema()).validate(record)

    def test_enums_are_those_of_the_record(self) -> None:
        properties = output.schema()["properties"]
        assert properties["kind"]["enum"] == ["direct", "indirect", "mixed"]
        assert properties["relation"]["enum"] == ["same", "differs", "denies", None]
        assert sorted(properties["speaker"]["type"]) == ["null", "string"]
