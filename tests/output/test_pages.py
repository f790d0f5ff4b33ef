"""Markdown and HTML pages of claims."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from claimx.output.safety import one_line
from tests.output.cases import HOSTILE, make_claim, parsed, written


class TestPages:
    @pytest.mark.parametrize("text", HOSTILE)
    def test_html_holds_the_text_and_nothing_that_runs(self, text: str) -> None:
        page = parsed(written([make_claim(text, article=text)], "html"))
        assert one_line(text) in "".join(page.text)
        assert not page.tags & {"script", "img", "iframe", "object", "svg", "link", "base"}
        assert all(link.startswith(("#", "http")) for link in page.links)

    @pytest.mark.parametrize(
        ("article", "links"),
        [
            ("https://paper.example/a?b=1&c=2", ["https://paper.example/a?b=1&c=2"]),
            ("javascript:alert(1)", []),
            ("data:text/html,x", []),
            ("लेख.txt", []),
        ],
    )
    def test_only_web_addresses_become_links(self, article: str, links: list[str]) -> None:
        page = parsed(written([make_claim(article=article)], "html"))
        assert [link for link in page.links if not link.startswith("#")] == links

    def test_html_is_self_contained_and_says_its_language(self) -> None:
        page = written([make_claim()], "html")
        assert page.startswith("<!DOCTYPE html>")
        assert '<html lang="hi" dir="ltr">' in page
        assert "default-src 'none'" in page
        assert page.count("<table>") == 1

    def test_html_marks_the_claim_in_its_evidence(self) -> None:
        claim = make_claim(
            "पानी बढ़ेगा", start=10, evidence="जोशी ने कहा पानी बढ़ेगा।", evidence_start=-3
        )
        assert "<mark>" not in written([claim], "html")  # offsets that do not fit
        claim = make_claim("पानी", start=13, evidence="जोशी ने कहा पानी।", evidence_start=1)
        assert "कहा <mark>पानी</mark>।" in written([claim], "html")

    @pytest.mark.parametrize("text", HOSTILE)
    def test_markdown_reads_as_the_text_itself(self, text: str) -> None:
        reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
        tokens = reader.parse(written([make_claim(text, speaker=text)], "markdown"))
        inline = [token for token in tokens if token.type == "inline"]
        kinds = {child.type for token in inline for child in token.children or []}
        assert kinds <= {"text", "text_special", "softbreak"}
        assert not {token.type for token in tokens} & {
            "html_block",
            "fence",
            "bullet_list_open",
        }
        contents = [
            "".join(child.content for child in token.children or []) for token in inline
        ]
        assert one_line(text) in contents
        row = [token.type for token in tokens].count("td_open")
        assert row == 4
