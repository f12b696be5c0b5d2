"""Reads the annexes' tables out of a page."""

from __future__ import annotations

from html.parser import HTMLParser


class Tables(HTMLParser):
    """The annexes' tables of a page: their rows' cells, and which rows are marked by a word."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.marked: list[tuple[int, int]] = []
        self._inside = self._cell = self._sign = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        look = dict(attrs).get("class")
        if tag == "table":
            self._inside = look == "annex"
            if self._inside:
                self.tables.append([])
        elif not self._inside:
            return
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag == "td":
            self.tables[-1][-1].append("")
            self._cell = True
        elif tag == "span" and look == "sign":
            self._sign = True
            self.marked.append((len(self.tables) - 1, len(self.tables[-1]) - 1))

    def handle_endtag(self, tag: str) -> None:
        if tag == "td":
            self._cell = False
        elif tag == "span":
            self._sign = False
        elif tag == "table":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside and self._cell and not self._sign:
            self.tables[-1][-1][-1] += data
