"""A self-contained page: no script, no request, nothing in it that is not escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import Final, TextIO

from claimx.output.groups import (
    Disputes,
    SpeakerClaims,
    by_speaker,
    date_of,
    details,
    disputes,
    marks,
    summary,
)
from claimx.output.safety import one_line, visible
from claimx.output.writers import Column, Options, Row, plain
from claimx.records import Claim

_STYLE: Final = """
:root { color-scheme: light dark; --quiet: #667; --line: #8884; --hit: #fd06; }
body { font: 1rem/1.6 "Noto Sans Devanagari", "Nirmala UI", "Kohinoor Devanagari", Mangal,
       system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.15rem; margin: 2.2rem 0 0; }
h2 small, .about, .how, caption, footer { color: var(--quiet); font-weight: normal; }
nav ul { padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; }
table { border-collapse: collapse; width: 100%; margin: .4rem 0; }
th, td { text-align: start; vertical-align: top; padding: .4rem .6rem;
         border-top: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-weight: 600; } .date { white-space: nowrap; color: var(--quiet); }
td.claim { min-width: 16rem; } .how { font-size: .9rem; }
details { font-size: .9rem; } summary { color: var(--quiet); cursor: pointer; }
mark { background: var(--hit); color: inherit; border-radius: .15rem; }
.contested { color: #a3c; } .denied { color: #c33; } .corroborated { color: #293; }
.unsure { color: var(--quiet); } tr.doubt td.claim { opacity: .65; }
article { white-space: pre-wrap; overflow-wrap: anywhere; }
article mark mark { outline: 1px solid; } sup { line-height: 0; }
.who { color: var(--quiet); font-size: .85rem; }
"""


def escaped(text: str) -> str:
    """One line of text, inert in HTML content and in quoted attributes."""
    return html.escape(one_line(text))


def page_start(title: str) -> str:
    """Everything before the page's content; the policy forbids scripts and requests."""
    return (
        '<!DOCTYPE html>\n<html lang="hi" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    )


PAGE_END: Final = "</body>\n</html>\n"


def write_claims(claims: Iterable[Claim], stream: TextIO, options: Options) -> None:
    """Write a page with a table for each speaker."""
    speakers = by_speaker(claims)
    contested = disputes(claim for speaker in speakers for claim in speaker.claims)
    stream.write(page_start("Claims by speaker"))
    stream.write('<h1 lang="en">Claims by speaker</h1>\n<nav><ul>\n')
    stream.writelines(
        f'<li><a href="#s{number}"><bdi>{escaped(speaker.heading)}</bdi></a> '
        f"{len(speaker.claims)}</li>\n"
        for number, speaker in enumerate(speakers)
    )
    stream.write("</ul></nav>\n")
    for number, speaker in enumerate(speakers):
        _section(number, speaker, contested, stream)
    stream.write(f'<footer lang="en">{summary(speakers)}</footer>\n{PAGE_END}')


def write_rows(
    rows: Iterable[Row], columns: Sequence[Column], stream: TextIO, options: Options
) -> None:
    """Write a page with one table, its lines as the rows arrive."""
    stream.write(page_start("claimx"))
    stream.write("<table>\n<thead><tr>")
    stream.write("".join(f'<th scope="col">{escaped(c.heading)}</th>' for c in columns))
    stream.write("</tr></thead>\n<tbody>\n")
    for row in rows:
        texts = (escaped(plain(row.get(column.name))) for column in columns)
        stream.write(f"<tr>{''.join(f'<td dir=auto>{text}</td>' for text in texts)}</tr>\n")
    stream.write(f"</tbody>\n</table>\n{PAGE_END}")


def how(claim: Claim, contested: Disputes, *more: str) -> str:
    """The details of a claim, `more` and its marks, as one line of HTML."""
    parts = [f"<bdi>{escaped(part)}</bdi>" for part in (*details(claim), *more)]
    parts += [
        f'<span class="{mark.kind}" lang="en">{mark.sign} {mark.words}</span>'
        for mark in marks(claim, contested)
    ]
    return " · ".join(parts)


def _section(number: int, speaker: SpeakerClaims, contested: Disputes, stream: TextIO) -> None:
    latin = (
        f' <small lang="hi-Latn"><bdi>{escaped(speaker.latin)}</bdi></small>'
        if speaker.latin
        else ""
    )
    role = f"<bdi>{escaped(speaker.role)}</bdi> · " if speaker.role else ""
    stream.write(
        f'<section id="s{number}">\n<h2><bdi>{escaped(speaker.heading)}</bdi>{latin}</h2>\n'
        f'<p class="about">{role}<span lang="en">{speaker.size}</span></p>\n'
        '<table>\n<thead lang="en"><tr><th scope="col">date</th><th scope="col">claim</th>'
        '<th scope="col">how and where</th></tr></thead>\n<tbody>\n'
    )
    stream.writelines(_row(claim, contested) for claim in speaker.claims)
    stream.write("</tbody>\n</table>\n</section>\n")


def _row(claim: Claim, contested: Disputes) -> str:
    words = escaped(claim.claim)
    said = f"“{words}”" if claim.kind == "direct" else words
    doubt = any(mark.kind == "unsure" for mark in marks(claim, contested))
    return (
        f"<tr{' class=doubt' if doubt else ''}>"
        f'<td class="date">{escaped(date_of(claim) or "")}</td>'
        f'<td class="claim" lang="hi" dir="auto">{said}'
        f'<details><summary lang="en">context</summary>{_evidence(claim)}</details></td>'
        f'<td class="how">{how(claim, contested, claim.source)}{_where(claim)}</td></tr>\n'
    )


def _evidence(claim: Claim) -> str:
    """The evidence with the claim marked in it."""
    start = claim.start - claim.evidence_start
    end = claim.end - claim.evidence_start
    if start < 0 or claim.evidence[start:end] != claim.claim:
        return escaped(claim.evidence)
    before, words, after = (
        html.escape(visible(part))
        for part in (claim.evidence[:start], claim.evidence[start:end], claim.evidence[end:])
    )
    return f"{before}<mark>{words}</mark>{after}"


def _where(claim: Claim) -> str:
    """The article: a link where it is a web address, never any other scheme."""
    name = escaped(claim.article)
    if claim.article.startswith(("https://", "http://")):
        title = escaped(claim.title or claim.article)
        return f'<br><a href="{name}" rel="noopener noreferrer nofollow"><bdi>{title}</bdi></a>'
    return f"<br><bdi>{name}</bdi>"
