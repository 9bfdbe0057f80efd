"""A conversation as a file to take along: plain text, or one page that needs nothing else.

Pure. What people wrote is text in either, each message in its own direction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from html import escape
from typing import Literal

from channels.chat.dates import moment
from channels.chat.settings import language
from channels.chat.words import file_words
from gateway.model.message import Author, AuthorKind, Message

Format = Literal["txt", "html"]

CONTENT_TYPES = {"txt": "text/plain; charset=utf-8", "html": "text/html; charset=utf-8"}

_ISOLATED = "\u2068{}\u2069"
"""Keeps a stretch of the other direction from turning round what stands beside it."""


@dataclass(frozen=True, kw_only=True)
class Transcript:
    """`zone` is the visitor's: times are told as his clock shows them."""

    inbox: str
    number: int
    locale: str
    zone: tzinfo
    saved_at: datetime

    @property
    def filename(self) -> str:
        return f"conversation-{self.number}"

    def begin(self, form: Format) -> str:
        title, saved = self._titles()
        if form == "txt":
            return f"{title}\n{saved}\n\n"
        direction = "rtl" if language(self.locale) in ("fa", "ar") else "ltr"
        return _HEAD.format(
            locale=escape(language(self.locale)),
            direction=direction,
            title=escape(title),
            saved=escape(saved),
            style=_STYLE,
        )

    def line(self, message: Message, form: Format) -> str:
        at, name = self._at(message.at), self._name(message.author)
        files = [each.filename for each in message.attachments]
        if form == "txt":
            said = [message.text] * bool(message.text) + [_ISOLATED.format(f) for f in files]
            return f"[{at}] {_ISOLATED.format(name)}:\n" + "\n".join(said) + "\n\n"
        return _LINE.format(
            kind=message.author.kind.value,
            name=escape(name),
            iso=message.at.isoformat(),
            at=escape(at),
            text=f'<p dir="auto">{escape(message.text)}</p>' if message.text else "",
            files="".join(f"<p><bdi>📎 {escape(each)}</bdi></p>" for each in files),
        )

    def end(self, form: Format) -> str:
        return "" if form == "txt" else "</main>\n"

    def _titles(self) -> tuple[str, str]:
        words = file_words(self.locale)
        zone = _ISOLATED.format(self.zone)
        return (
            words.title.format(inbox=_ISOLATED.format(self.inbox)),
            words.saved.format(at=self._at(self.saved_at), zone=zone),
        )

    def _at(self, at: datetime) -> str:
        return moment(at.astimezone(self.zone), self.locale)

    def _name(self, author: Author) -> str:
        words = file_words(self.locale)
        known = {AuthorKind.CUSTOMER: words.you, AuthorKind.SYSTEM: self.inbox}
        given = {AuthorKind.BOT: words.assistant, AuthorKind.AGENT: words.team}
        return known.get(author.kind) or author.name or given[author.kind]


_STYLE = (
    "body{margin:2rem auto;max-width:44rem;padding:0 1rem;font:16px/1.55 system-ui,sans-serif;"
    "color:#16211f;background:#fff}h1{font-size:1.3rem}header p,small{color:#586865}"
    "article{margin:1rem 0;padding:.6rem 1rem;border-radius:12px;background:#f1f5f4}"
    ".customer{background:#e0f1ee}p{margin:.3rem 0;white-space:pre-wrap;overflow-wrap:anywhere}"
)

_HEAD = """<!doctype html>
<html lang="{locale}" dir="{direction}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>{style}</style>
<header><h1>{title}</h1><p>{saved}</p></header>
<main>
"""

_LINE = """<article class="{kind}">
<strong><bdi>{name}</bdi></strong> <small><time datetime="{iso}">{at}</time></small>
{text}{files}
</article>
"""
