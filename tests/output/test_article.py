"""An article with its claims marked in place, and where output goes."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimx import output
from claimx.errors import ClaimxError
from claimx.output.safety import visible
from claimx.records import Article, Claim
from tests.output.cases import (
    make_claim,
    parsed,
    raw_controls,
    relaxed,
    strip_sgr,
    texts,
    widest,
)

TEXT = "राज्य सरकार ने कहा कि मंत्री सीमा राव ने बताया कि बाँध सुरक्षित है। लोग डरे हैं।"


OUTER = "मंत्री सीमा राव ने बताया कि बाँध सुरक्षित है"


INNER = "बाँध सुरक्षित है"


def in_text(words: str, **changes: Any) -> Claim:
    return make_claim(words, start=TEXT.index(words), **changes)


class TestArticle:
    article = Article("लेख.txt", TEXT, "प्रभात संदेश", "बाँध पर बयान", "2023-07-01")
    nested = (
        in_text(OUTER, speaker="राज्य सरकार"),
        in_text(INNER, speaker="सीमा राव", polarity="denied"),
    )

    def test_nested_claims_are_both_marked_with_their_speakers(self) -> None:
        shown = output.render_article(self.article, self.nested, width=500)
        assert (
            "[[¹मंत्री सीमा राव ने बताया कि [[²बाँध सुरक्षित है²]] «सीमा राव»¹]] «राज्य सरकार»।"
            in shown
        )
        assert shown.startswith("बाँध पर बयान\nप्रभात संदेश · 2023-07-01 · 2 claims\n")
        assert "\n2  सीमा राव  Ramesh Joshi · मौसम अधिकारी · कहना · ✗ denied\n" in shown

    def test_overlapping_claims_are_both_marked(self) -> None:
        crossing = (in_text("बाँध सुरक्षित", speaker="क"), in_text("सुरक्षित है", speaker="ख"))
        shown = output.render_article(self.article, crossing, width=500)
        assert "[[¹बाँध [[²सुरक्षित¹]] «क» है²]] «ख»।" in shown
        page = parsed(output.render_article(self.article, crossing, "html"))
        assert "1बाँध 2सुरक्षित1 «क» है2 «ख»।" in "".join(page.text)

    def test_claims_of_one_span_and_unnamed_speakers(self) -> None:
        same = (in_text(INNER, id="a", speaker="क"), in_text(INNER, id="b", speaker=None))
        shown = output.render_article(self.article, same, width=500)
        assert "[[¹[[²बाँध सुरक्षित है²]] «?»¹]] «क»।" in shown

    def test_colour_replaces_the_brackets(self) -> None:
        shown = output.render_article(self.article, self.nested, width=500, color=True)
        assert "[[" not in shown
        assert "¹मंत्री" in strip_sgr(shown)
        assert not raw_controls(strip_sgr(shown))

    @pytest.mark.parametrize("width", [20, 80, 120])
    def test_lines_fit(self, width: int) -> None:
        shown = output.render_article(self.article, self.nested, width=width)
        assert all(widest(line) <= width for line in shown.splitlines())

    def test_paragraphs_stay(self) -> None:
        article = Article("a", "एक।\n\nदो।\nतीन।", "s")
        assert "एक।\n\nदो।\nतीन।\n" in output.render_article(article, [])

    @pytest.mark.parametrize("format", output.ARTICLE_FORMATS)
    @relaxed
    @given(text=texts.filter(bool), data=st.data())
    def test_any_article_is_inert_and_complete(
        self, format: str, text: str, data: st.DataObject
    ) -> None:
        spans = data.draw(
            st.lists(
                st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=4
            )
        )
        found = [make_claim(text[a:b], start=a, speaker=text) for a, b in spans if a < b]
        article = Article("a", text, text, text)
        shown = output.render_article(article, found, format, width=60)
        assert not raw_controls(shown)
        bare = output.render_article(article, [], format, width=60)
        if format == "html":
            assert visible(text) in "".join(parsed(bare).text)
        else:
            assert "".join(visible(text).split()) in "".join(bare.split())

    def test_html_has_no_markup_from_the_text(self) -> None:
        article = Article("a", "<script>alert(1)</script> कहा", "s", "<b>")
        page = parsed(output.render_article(article, [], "html"))
        assert "script" not in page.tags
        assert "b" not in page.tags

    def test_a_claim_of_another_text_is_refused(self) -> None:
        with pytest.raises(ClaimxError, match=r"लेख\.txt.*extract it again"):
            output.render_article(self.article, [make_claim("और कुछ")])

    def test_unknown_format(self) -> None:
        with pytest.raises(ValueError, match="text or html"):
            output.render_article(self.article, [], "pdf")


class TestStreams:
    def test_a_file_is_utf8_and_has_no_translated_line_ends(self, tmp_path: Path) -> None:
        path = tmp_path / "दावे.csv"
        with output.open_output(str(path)) as stream:
            output.write([make_claim()], "csv", stream)
        assert path.read_bytes().endswith(b"0.9\r\n")
        assert "बारिश" in path.read_text("utf-8")
        assert os.listdir(tmp_path) == [path.name]

    def test_a_fault_leaves_the_old_file_and_no_scrap(self, tmp_path: Path) -> None:
        path = tmp_path / "old.jsonl"
        path.write_text("पुराना")

        def write_and_fail() -> None:
            with output.open_output(str(path)) as stream:
                stream.write("नया")
                raise RuntimeError

        with pytest.raises(RuntimeError):
            write_and_fail()
        assert path.read_text() == "पुराना"
        assert os.listdir(tmp_path) == ["old.jsonl"]

    def test_mode_and_links_are_kept(self, tmp_path: Path) -> None:
        path, link = tmp_path / "real.jsonl", tmp_path / "link.jsonl"
        path.write_text("पुराना")
        path.chmod(0o640)
        link.symlink_to(path)
        with output.open_output(str(link)) as stream:
            stream.write("नया")
        assert link.is_symlink()
        assert path.read_text() == "नया"
        assert stat.S_IMODE(path.stat().st_mode) == 0o640

    @pytest.mark.parametrize("name", ["missing/out.csv", ".", "file/out.csv"])
    def test_an_unwritable_place_is_said_at_once(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "file").write_text("")
        path = str(tmp_path / name)
        with (
            pytest.raises(ClaimxError, match="cannot be written") as error,
            output.open_output(path),
        ):
            pytest.fail("opened")
        assert str(error.value).startswith(path)

    def test_a_full_disk_is_said(self) -> None:
        if not os.path.exists("/dev/full"):
            pytest.skip("no /dev/full here")
        with (
            pytest.raises(ClaimxError, match="no space left"),
            output.open_output("/dev/full") as stream,
        ):
            stream.write("भरा")

    def test_a_device_is_written_not_replaced(self) -> None:
        with output.open_output(os.devnull) as stream:
            stream.write("कुछ")
        assert stat.S_ISCHR(os.stat(os.devnull).st_mode)

    @pytest.mark.parametrize("path", [None, "-"])
    def test_standard_output(
        self, path: str | None, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with output.open_output(path) as stream:
            stream.write("हिन्दी\n")
        assert capsys.readouterr().out == "हिन्दी\n"

    def test_what_a_stream_can_show(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Terminal(io.StringIO):
            def isatty(self) -> bool:
                return True

        monkeypatch.delenv("NO_COLOR", raising=False)
        monkeypatch.setenv("TERM", "xterm")
        assert output.supports_color(Terminal())
        assert not output.supports_color(io.StringIO())
        assert output.default_format(Terminal()) == "table"
        assert output.default_format(io.StringIO()) == "jsonl"
        monkeypatch.setenv("NO_COLOR", "1")
        assert not output.supports_color(Terminal())
        monkeypatch.setenv("COLUMNS", "64")
        assert output.terminal_width() == 64
        monkeypatch.setenv("COLUMNS", "400")
        assert output.terminal_width() == 120
