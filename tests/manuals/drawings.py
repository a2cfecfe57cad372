# ruff: noqa: E501
"""Figures of the manuals: line drawings and photographs, each with a colour of its own, so that a
test can tell whether the right picture was taken out."""

from __future__ import annotations

import colorsys
import io
import random
import zlib

import numpy as np
from PIL import Image as Picture
from PIL import ImageDraw
from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon, Rect, String
from reportlab.lib import colors

Rgb = tuple[int, int, int]


def tint_of(name: str) -> Rgb:
    """The strong colour that only the figure of this name has."""
    hue = (zlib.crc32(name.encode()) % 360) / 360
    red, green, blue = colorsys.hsv_to_rgb(hue, 0.85, 0.8)
    return int(red * 255), int(green * 255), int(blue * 255)


def line_drawing(name: str, width: float, height: float, callouts: int = 6) -> Drawing:
    """A vector drawing with numbered callouts."""
    chance = random.Random(name)
    drawing = Drawing(width, height)
    red, green, blue = tint_of(name)
    strong = colors.Color(red / 255, green / 255, blue / 255)
    body = (width * 0.22, height * 0.12, width * 0.5, height * 0.74)
    drawing.add(Rect(*body, strokeWidth=1.2, fillColor=colors.white, strokeColor=colors.black))
    drawing.add(
        Rect(
            body[0] + 12, body[1] + 12, body[2] * 0.45, body[3] * 0.5,
            fillColor=strong, strokeColor=colors.black,
        )
    )  # fmt: skip
    for _ in range(14):
        x, y = body[0] + chance.random() * body[2], body[1] + chance.random() * body[3]
        drawing.add(
            Line(x, y, x + chance.uniform(-30, 30), y + chance.uniform(-20, 20), strokeWidth=0.6)
        )
    drawing.add(
        Circle(body[0] + body[2] * 0.75, body[1] + body[3] * 0.7, height * 0.09, fillColor=None)
    )
    drawing.add(
        Polygon(
            [body[0], body[1] + body[3], body[0] + 18, height - 4, body[0] + body[2] + 18, height - 4,
             body[0] + body[2], body[1] + body[3]], fillColor=colors.lightgrey,
        )
    )  # fmt: skip
    for n in range(callouts):
        left = n % 2 == 0
        y = height * (0.15 + 0.7 * n / max(1, callouts))
        x = width * 0.08 if left else width * 0.92
        drawing.add(
            Line(
                x,
                y + 3,
                body[0] + body[2] * chance.uniform(0.1, 0.9),
                y + chance.uniform(-9, 9),
                strokeWidth=0.4,
            )
        )
        drawing.add(String(x - 3, y, str(n + 1), fontSize=8))
    return drawing


def photograph(name: str, width: int = 420, height: int = 260) -> bytes:
    """A raster picture as a camera gives it: JPEG with shading and noise."""
    chance = random.Random(name)
    grid = np.linspace(0, 1, width)[None, :] * np.linspace(0.6, 1, height)[:, None]
    noise = np.random.default_rng(zlib.crc32(name.encode())).normal(0, 6, (height, width))
    grey = np.clip(70 + 150 * grid + noise, 0, 255).astype(np.uint8)
    picture = Picture.fromarray(np.dstack([grey, grey, grey]))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((40, 40, width // 2, height - 50), fill=tint_of(name))
    draw.ellipse((width // 2 + 20, 50, width - 40, height - 70), outline=(20, 20, 20), width=4)
    for _ in range(8):
        x, y = chance.randint(10, width - 60), chance.randint(10, height - 40)
        draw.line(
            (x, y, x + chance.randint(20, 50), y + chance.randint(-20, 20)),
            fill=(10, 10, 10),
            width=2,
        )
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=80)
    return target.getvalue()


def shows(data: bytes, name: str, share: float = 0.02) -> bool:
    """Whether a picture holds the colour of the figure of this name."""
    with Picture.open(io.BytesIO(data)) as opened:
        pixels = np.asarray(opened.convert("RGB"), dtype=np.int16).reshape(-1, 3)
    near = np.abs(pixels - np.array(tint_of(name))).max(axis=1) < 40
    return bool(near.mean() >= share)
