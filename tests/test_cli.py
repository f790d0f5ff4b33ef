"""The command line as a user meets it: what goes where, and with which exit status."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest
from click.testing import CliRunner, Result

from claimx.cli import cli
from claimx.records import Article, Claim, content_id
from claimx.store import Store

CORPUS = Path(__file__).parent.parent / "corpus"
TEXT = "रेल विभाग के प्रवक्ता मोहन बंसल ने कहा कि पुल अगले महीने खुल जाएगा।\n"

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line, with a store of its own."""
    monkeypatch.setenv("CLAIMX_DB", str(tmp_path / "claims.db"))
    runner = CliRunner()
    return lambda *args, **kwargs: runner.invoke(cli, [str(a) for a in args], **kwargs)


def a_claim(article: Article, speaker: str, latin: str, text: str, **fields: Any) -> Claim:
    start = article.text.index(text)
    return replace(
        Claim(
            id=content_id(article.id, str(start), str(start + len(text))),
            article=article.path, source=article.source, title=None,
            published=article.published, speaker=speaker, speaker_latin=latin,
            speaker_type="person", speaker_role=None, mention=speaker, resolution="name",
            claim=text, start=start, end=start + len(text), evidence=article.text,
            evidence_start=0, evidence_end=len(article.text), kind="indirect", cue="कहना",
            act="say", polarity="affirmed", via=None, addressee=None, said_on=None, facts=(),
            group=None, group_sources=None, relation=None, confidence=0.9,
        ),
        **fields,
    )  # fmt: skip


@pytest.fixture
def stored(tmp_path: Path) -> None:
    """Two speakers, three claims."""
    one = Article(
        "/news/one.txt",
        "पुल अगले महीने खुलेगा। किराया नहीं बढ़ेगा।",
        "एक समाचार",
        published="2024-05-01",
    )
    two = Article(
        "/news/two.txt", "पुल के काम में घोटाला हुआ है।", "दो समाचार", published="2024-05-03"
    )
    with Store(tmp_path / "claims.db") as store:
        store.save(
            one,
            [
                a_claim(one, "मोहन बंसल", "Mohan Bansal", "पुल अगले महीने खुलेगा"),
                a_claim(one, "मोहन बंसल", "Mohan Bansal", "किराया नहीं बढ़ेगा", kind="direct"),
            ],
            "v",
        )
        store.save(
            two,
            [a_claim(two, "सविता राणे", "Savita Rane", "पुल के काम में घोटाला हुआ है", act="accuse")],
            "v",
        )


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


# --- look-ups ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["bansal", "Mohan Bansal", "मोहन बंसल", "बंसल", "MOHAN BANSAL"])
def test_who_takes_either_script_and_part_of_a_name(run: Run, stored: None, name: str) -> None:
    result = run("who", name)
    assert result.exit_code == 0
    assert {row["claim"] for row in lines(result)} == {"पुल अगले महीने खुलेगा", "किराया नहीं बढ़ेगा"}


def test_who_suggests_the_nearest_names(run: Run, stored: None) -> None:
    result = run("who", "bansaal gupta")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "मोहन बंसल" in result.stderr


def test_search_finds_words_and_says_when_there_are_none(run: Run, stored: None) -> None:
    assert len(lines(run("search", "पुल"))) == 2
    assert len(lines(run("search", "घोटा*"))) == 1
    none = run("search", "पूल")
    assert none.exit_code == 1
    assert "पूल" in none.stderr


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (["--act", "accuse"], 1),
        (["--kind", "direct"], 0),
        (["--since", "2024-05-02"], 1),
        (["--until", "2024-05-02"], 1),
        (["--source", "एक समाचार"], 1),
        (["--speaker", "rane"], 1),
        (["--min-confidence", "0.95"], 0),
        (["--limit", "1"], 1),
    ],
)
def test_filters(run: Run, stored: None, options: list[str], count: int) -> None:
    result = run("search", "पुल", *options)
    assert len(lines(result)) == count


def test_speakers_lists_spellings_and_counts(run: Run, stored: None) -> None:
    rows = lines(run("speakers"))
    assert [(row["speaker_latin"], row["claims"]) for row in rows] == [
        ("Mohan Bansal", 2),
        ("Savita Rane", 1),
    ]
    assert "Mohan Bansal" in run("speakers", "--format", "table").stdout


def test_unnamed_groups_are_not_doubtful_pairs(run: Run, tmp_path: Path) -> None:
    text = "पुल खुलेगा। सड़क बनेगी।"
    speakers = [
        ("स्थानीय अधिकारी", "Local Official", "group", "आर. तुफैल", "R. Tufail"),
        ("स्थानीय अधिकारियों", "Local Official", "group", "रमेश तुफैल", "Ramesh Tufail"),
    ]
    with Store(tmp_path / "claims.db") as store:
        for number, (group, group_latin, kind, person, latin) in enumerate(speakers):
            article = Article(f"/news/{number}.txt", text + " " * number, "एक समाचार")
            said = [
                a_claim(article, group, group_latin, "पुल खुलेगा", speaker_type=kind),
                a_claim(article, person, latin, "सड़क बनेगी"),
            ]
            store.save(article, said, "v")
    rows = lines(run("speakers", "--doubtful"))
    assert [{row["one"], row["other"]} for row in rows] == [{"आर. तुफैल", "रमेश तुफैल"}]


def test_forget_removes_an_article(run: Run, stored: None) -> None:
    assert run("forget", "/news/two.txt").exit_code == 0
    assert run("who", "rane").exit_code == 1
    again = run("forget", "/news/two.txt")
    assert again.exit_code == 1
    assert "not in the store" in again.stderr
    assert run("forget").exit_code == 2


@pytest.mark.parametrize("format_", ["table", "jsonl", "json", "csv", "markdown", "html"])
def test_every_format_on_every_row_command(run: Run, stored: None, format_: str) -> None:
    for command in (
        ["who", "bansal"],
        ["search", "पुल"],
        ["speakers"],
        ["speakers", "--doubtful"],
    ):
        result = run(*command, "--format", format_)
        assert result.exit_code == 0, result.stderr
        assert result.stdout or "--doubtful" in command


def test_output_goes_to_a_file(run: Run, stored: None, tmp_path: Path) -> None:
    target = tmp_path / "rows.csv"
    result = run("who", "bansal", "--format", "csv", "--output", target)
    assert result.stdout == ""
    assert len(list(csv.DictReader(io.StringIO(target.read_text("utf-8"))))) == 2


def test_an_unwritable_output_is_said(run: Run, stored: None, tmp_path: Path) -> None:
    result = run("who", "bansal", "--output", tmp_path / "no" / "such.csv")
    assert result.exit_code == 1
    assert "such.csv" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_missing_store_is_said(run: Run) -> None:
    result = run("who", "bansal")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


# --- what costs nothing -----------------------------------------------------------------------


def test_schema_is_a_schema(run: Run) -> None:
    schema = json.loads(run("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("command", [["--help"], ["schema"], ["who", "--help"]])
def test_light_commands_load_no_engine(command: list[str]) -> None:
    code = (
        "import sys; from claimx.cli import cli; cli(sys.argv[1:], standalone_mode=False);"
        "sys.exit(any(m in sys.modules for m in ('torch', 'stanza', 'trafilatura')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command], capture_output=True, check=False
    )
    assert done.returncode == 0


def test_every_command_has_help(run: Run) -> None:
    for name, command in cli.commands.items():
        assert command.help, name
        assert run(name, "--help").exit_code == 0


def test_every_command_stands_in_the_readme() -> None:
    readme = (CORPUS.parent / "README.md").read_text("utf-8")
    for name, command in cli.commands.items():
        assert f"claimx {name}" in readme
        for option in command.params:
            if isinstance(option, click.Option) and option.name != "help":
                assert f"`{option.opts[0]}" in readme, (name, option.opts)


def test_a_missing_file_of_decisions_is_named(run: Run, tmp_path: Path) -> None:
    for command in ("extract", "compare"):
        result = run(command, CORPUS / "summit", "--aliases", tmp_path / "none.toml")
        assert result.exit_code == 1
        (line,) = result.stderr.splitlines()
        assert "none.toml" in line


def test_filters_that_let_nothing_through(run: Run, stored: None) -> None:
    assert run("who", "Mohan", "--since", "2100-01-01").exit_code == 1
    result = run("search", "पुल", "--act", "deny")
    assert result.exit_code == 1
    assert "filters" in result.stderr


def test_wrong_usage_exits_two(run: Run) -> None:
    assert run("extract").exit_code == 2
    assert run("who", "x", "--format", "yaml").exit_code == 2
    assert run("no-such-command").exit_code == 2


# --- extraction, with the bundled models ------------------------------------------------------


@pytest.mark.models
def test_extract_show_and_a_second_run(run: Run, tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(TEXT, "utf-8")
    first = run("extract", article)
    assert first.exit_code == 0, first.stderr
    (row,) = lines(first)
    jsonschema.validate(row, json.loads(run("schema").stdout))
    assert (row["speaker"], row["claim"]) == ("मोहन बंसल", "पुल अगले महीने खुल जाएगा")
    assert TEXT[row["start"] : row["end"]] == row["claim"]
    assert run("extract", article).stdout == first.stdout
    assert lines(run("who", "bansal"))[0]["id"] == row["id"]
    shown = run("show", article).stdout
    assert "[[" in shown
    assert "मोहन बंसल" in shown


@pytest.mark.models
def test_bad_input_is_named_and_the_rest_done(run: Run, tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text(TEXT, "utf-8")
    bad = {
        "missing.txt": None,
        "empty.txt": b"",
        "binary.txt": bytes(range(256)) * 8,
        "utf16.txt": TEXT.encode("utf-16"),
        "latin.txt": "caf\xe9 ".encode("latin-1") * 40,
        "line.txt": ("पुल " * 700_000).encode(),
        "english.txt": b"The bridge opens next month, he said.\n" * 10,
        "rows.jsonl": b'{"text": \n',
    }
    for name, content in bad.items():
        if content is not None:
            (tmp_path / name).write_bytes(content)
    (tmp_path / "nothing").mkdir()
    paths = [*(tmp_path / name for name in bad), tmp_path / "nothing", good]
    result = run("extract", "--no-save", *paths)
    assert result.exit_code == 1
    assert [row["claim"] for row in lines(result)] == ["पुल अगले महीने खुल जाएगा"]
    errors = result.stderr.splitlines()
    for name in [*bad, "nothing"]:
        assert sum(name in line for line in errors) == 1, (name, errors)
    assert len(errors) == len(bad) + 1


@pytest.mark.models
def test_standard_input_and_table(run: Run) -> None:
    result = run("extract", "-", "--no-save", "--format", "table", input=TEXT.encode())
    assert result.exit_code == 0
    assert "Mohan Bansal" in result.stdout


@pytest.mark.models
def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    command = f"{sys.executable} -m claimx extract --no-save {CORPUS}/summit | head -1"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert json.loads(done.stdout)["article"]


@pytest.mark.parametrize("command", ["who Mohan", "search पुल", "speakers"])
def test_a_look_up_whose_reader_leaves_ends_quietly(
    command: str, stored: None, tmp_path: Path
) -> None:
    piped = f"{sys.executable} -m claimx {command} --db {tmp_path}/claims.db -f jsonl | head -1"
    done = subprocess.run(["bash", "-c", piped], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.models
def test_compare_tells_who_agrees_differs_and_denies(run: Run) -> None:
    rows = lines(run("compare", CORPUS / "pipeline"))
    assert all(row["sources"] for row in rows)
    kinds = {row["conflict"] for row in rows}
    assert kinds == {"", "differs", "denies"}
    conflicts = lines(run("compare", "--conflicts", CORPUS / "pipeline"))
    assert conflicts == [row for row in rows if row["conflict"]]
    # A denier is found with what he denies, and those who say it.
    (denied,) = (r for r in rows if "जॉन किर्बी" in r["denied_by"])
    assert denied["speakers"]
    assert denied in lines(run("compare", CORPUS / "pipeline", "--speaker", "किर्बी"))


@pytest.mark.models
def test_evaluate_prints_the_measures(run: Run) -> None:
    gold = CORPUS / "gold"
    (row,) = lines(run("evaluate", gold))
    assert row["articles"] >= 14
    by_file = lines(run("evaluate", gold, "--by-file"))
    assert by_file[-1]["f1"] == row["f1"]
    errors = lines(run("evaluate", gold, "--errors"))
    assert {r["error"] for r in errors} <= {"missed", "wrong", "speaker"}
    missed = sum(r["error"] == "missed" for r in errors)
    assert missed == round(row["core"] * (1 - row["recall"]))
