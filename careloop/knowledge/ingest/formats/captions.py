"""Captions of tables and pictures, told by their first words."""

from __future__ import annotations

import re

_NUMBER = r"\s*(?:[A-Z]?\d+(?:[.\-–]\d+)*|[IVX]+|[一二三四五六七八九十]+)"
_END = r"(?=\s|[:：.。、—–\-]|[^\x00-\x7f]|$)"
_TABLE = re.compile(
    rf"^(?:续?表|table|tabelle|tab\.|tabla|cuadro|tableau|таблица|表|표|tabela|bảng|ตาราง){_NUMBER}{_END}",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    rf"^(?:图|圖|figure|fig\.?|abbildung|abb\.|bild|figura|ilustración|illustration|рисунок|рис\.|図|"
    rf"그림|hình|รูปที่){_NUMBER}{_END}",
    re.IGNORECASE,
)


def is_table_caption(text: str) -> bool:
    """Whether a short line begins like `Table 3` or `表 3-1`."""
    return len(text) <= 160 and "\n" not in text and _TABLE.match(text) is not None


def is_figure_caption(text: str) -> bool:
    """Whether a short line begins like `Figure 3` or `图 3-1`."""
    return len(text) <= 160 and "\n" not in text and _FIGURE.match(text) is not None
