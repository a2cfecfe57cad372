"""Labels with a QR code that opens the device's page, as a sheet to print."""

from __future__ import annotations

import io
from dataclasses import dataclass
from enum import StrEnum
from html import escape

import segno

from careloop.crm_core.assets.models import Asset


class Paper(StrEnum):
    """What is in the printer."""

    A4 = "a4"
    A4_24 = "a4-24"
    A4_14 = "a4-14"
    ROLL_62 = "roll-62"


@dataclass(frozen=True, slots=True)
class Layout:
    """Millimetres of a sheet: page, label, and the margins around all labels."""

    page: str
    columns: int
    rows: int
    width: float
    height: float
    top: float
    left: float
    gap: float
    code: float


SHEETS: dict[Paper, Layout] = {
    Paper.A4: Layout("210mm 297mm", 3, 8, 70, 37, 0.5, 0, 0, 27),
    Paper.A4_24: Layout("210mm 297mm", 3, 8, 70, 37, 0.5, 0, 0, 27),
    Paper.A4_14: Layout("210mm 297mm", 2, 7, 99.1, 38.1, 15.1, 4.65, 2.5, 29),
    Paper.ROLL_62: Layout("62mm 32mm", 1, 1, 62, 32, 0, 0, 0, 26),
}


def qr_svg(address: str, border: int = 4) -> str:
    """The address as a QR code, error level M, in black on white with a quiet zone."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", border=border, light="#fff", dark="#000", xmldecl=False, svgclass=None,
        lineclass=None, omitsize=True,
    )  # fmt: skip
    return out.getvalue().decode()


def label_sheet(devices: list[tuple[Asset, str]], paper: Paper, skip: int = 0) -> str:
    """A page to print: one label for each device and its address, after `skip` used places."""
    layout = SHEETS[paper]
    labels = ['<li class="used"></li>'] * skip + [_label(row, address) for row, address in devices]
    size = layout.columns * layout.rows
    pages = [labels[start : start + size] for start in range(0, len(labels), size)]
    body = "".join(f'<ol class="sheet">{"".join(page)}</ol>' for page in pages)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Labels</title>'
        f"<style>{_css(layout)}</style></head><body>{body}</body></html>"
    )


def _label(row: Asset, address: str) -> str:
    short = address.split("://", 1)[-1]
    return (
        f"<li>{qr_svg(address, border=2)}<div><b>{escape(row.model)}</b>"
        f'<span class="serial">{escape(row.serial)}</span>'
        f'<span class="link">{escape(short)}</span></div></li>'
    )


def _css(layout: Layout) -> str:
    across = f"repeat({layout.columns}, {layout.width}mm)"
    return f"""
@page {{ size: {layout.page}; margin: 0; }}
* {{ box-sizing: border-box; margin: 0; padding: 0; }}
body {{ font: 9pt/1.25 system-ui, "Noto Sans CJK SC", sans-serif; color: #000; background: #fff; }}
.sheet {{ list-style: none; display: grid; grid-template-columns: {across};
  grid-auto-rows: {layout.height}mm; column-gap: {layout.gap}mm;
  padding: {layout.top}mm 0 0 {layout.left}mm; break-after: page; }}
.sheet:last-child {{ break-after: auto; }}
li {{ display: flex; align-items: center; gap: 2mm; padding: 2mm 3mm; overflow: hidden;
  break-inside: avoid; }}
svg {{ width: {layout.code}mm; height: {layout.code}mm; flex: none; }}
div {{ min-width: 0; display: flex; flex-direction: column; gap: 1mm; }}
b {{ font-size: 11pt; }}
.serial {{ font-size: 9pt; font-weight: 600; overflow-wrap: anywhere; }}
.link {{ font-size: 6pt; overflow-wrap: anywhere; }}
@media screen {{
  body {{ background: #e8edef; padding: 12px; }}
  .sheet {{ background: #fff; width: max-content; margin: 0 auto 12px; }}
  li {{ outline: 1px dashed #b9c4c9; }}
}}
"""
