# ruff: noqa: E501
"""A Chinese operating manual as it comes from a scanner: pictures of pages, askew and noisy."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.manuals.make_manual_pdf import Made

DPI = 160
WIDTH, HEIGHT = round(8.27 * DPI), round(11.69 * DPI)
MARGIN = round(0.85 * DPI)
FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/arphic/uming.ttc",
)

PARAMETERS = [
    ("额定电压", "220 V", "380 V"), ("额定功率", "2.3 kW", "5.1 kW"), ("料缸容积", "12 L", "19 L"),
    ("冷冻缸容积", "1.8 L", "3.4 L"), ("每小时产量", "23 kg", "56 kg"), ("整机净重", "152 kg", "318 kg"),
    ("制冷剂", "R290 / 145 g", "R448A / 1600 g"), ("噪声", "59 dB", "67 dB"),
    ("进水压力", "0.15 MPa", "0.25 MPa"), ("环境温度", "5~38 ℃", "5~43 ℃"),
]  # fmt: skip
FAULTS = [
    ("A11", "料缸温度过高", "冷凝器积灰", "清洗冷凝器过滤网，十分钟后重新启动"),
    ("A12", "冷冻缸冻结", "混合料糖分不足", "按化霜键，化霜12分钟后更换混合料"),
    ("A13", "搅拌电机过载", "刮刀磨损", "更换刮刀，检查电机电流"),
    ("A21", "液位传感器故障", "插头X14松动", "重新插紧插头X14，必要时更换传感器"),
    ("A22", "前门未关好", "门锁开关位置偏移", "拧紧前门螺母，调整开关"),
    ("A31", "高压保护", "冷凝风扇停转", "检查风扇电容，更换风扇"),
    ("A32", "低压保护", "制冷剂泄漏", "联系售后工程师检漏"),
    ("A41", "电源相序错误", "两相接反", "请电工调换L1和L2"),
]
STEPS = [
    "关闭电源总开关，并挂上锁具。", "打开出料阀，放空冷冻缸内的余料。", "用40℃温水冲洗冷冻缸两次。",
    "对角松开前门的四颗螺母，取下前门。", "握住挂钩，慢慢拉出搅拌器。", "取下两片旧刮刀，检查搅拌器骨架有无裂纹。",
    "装上新刮刀，刀刃朝向缸壁。", "在轴端涂上3克食品级润滑脂。", "装回搅拌器和前门，通电空转30秒，确认无异响。",
]  # fmt: skip
CHAPTERS = [
    ("安全须知", ["操作人员必须经过培训，并阅读本手册的全部内容。", "设备使用可燃制冷剂，周围三米内不得有明火。", "清洗时不得用水直接冲洗电控箱。"]),
    ("设备组成", ["设备由料缸、冷冻缸、搅拌器、压缩机和控制系统组成。", "料缸位于设备上部，容量按型号不同。", "控制系统显示料缸温度和故障代码。"]),
    ("安装要求", ["设备应放置在平整坚固的地面上，坡度不超过千分之二。", "左右两侧各留出150毫米空间，后部留出250毫米空间。", "接地电阻不得大于4欧姆。"]),
    ("日常操作", ["每天开机前检查液位和滴水盘。", "加料温度应低于8摄氏度。", "营业结束后切换到保鲜模式。"]),
    ("清洗消毒", ["每三天至少清洗消毒一次。", "消毒液按1比200的比例配制。", "消毒液在缸内停留10分钟后排空。"]),
    ("长期停用", ["停用超过七天时，应排空混合料并清洗设备。", "拔下电源插头，盖上防尘罩。", "重新启用前先空转检查。"]),
    ("运输储存", ["搬运时倾斜角度不得大于30度。", "储存温度为零下10度至50度。", "储存环境应干燥通风。"]),
]  # fmt: skip


class _Page:
    """One page to draw on, from top to bottom."""

    def __init__(self, font: str, number: int) -> None:
        self.image = Image.new("L", (WIDTH, HEIGHT), 250)
        self.draw = ImageDraw.Draw(self.image)
        self._font, self.y, self.number = font, MARGIN, number
        self.draw.text(
            (MARGIN, MARGIN // 2), "TD 系列冰淇淋机使用说明书", fill=60, font=self.font(18)
        )
        self.draw.text(
            (WIDTH // 2, HEIGHT - MARGIN // 2), f"- {number} -", fill=60, font=self.font(18)
        )

    def font(self, size: int) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(self._font, size)

    def write(self, text: str, size: int = 24, gap: int = 16, indent: int = 0) -> None:
        room = (WIDTH - 2 * MARGIN - indent) // size
        lines = [text[i : i + room] for i in range(0, len(text), room)]
        for line in lines:
            self.draw.text((MARGIN + indent, self.y), line, fill=25, font=self.font(size))
            self.y += round(size * 1.55)
        self.y += gap

    def heading(self, text: str) -> None:
        self.write(text, 36, 22)

    def table(self, rows: Sequence[Sequence[str]], shares: Sequence[float]) -> None:
        """A table with all its lines; long cells wrap."""
        inner, size, pad = WIDTH - 2 * MARGIN, 22, 10
        edges = [MARGIN + round(inner * sum(shares[:n])) for n in range(len(shares) + 1)]
        for row in rows:
            wrapped = []
            for n, text in enumerate(row):
                room = max(1, (edges[n + 1] - edges[n] - 2 * pad) // size)
                wide = room * 2 if text.isascii() else room
                wrapped.append([text[i : i + wide] for i in range(0, len(text), wide)])
            height = max(len(lines) for lines in wrapped) * 34 + 2 * pad
            for n, lines in enumerate(wrapped):
                self.draw.rectangle(
                    (edges[n], self.y, edges[n + 1], self.y + height), outline=40, width=2
                )
                for k, line in enumerate(lines):
                    self.draw.text(
                        (edges[n] + pad, self.y + pad + k * 34), line, fill=25, font=self.font(size)
                    )
            self.y += height
        self.y += 24


def make_scanned(pages: int = 12) -> Made:
    """The first `pages` pages of the scan, at most 12."""
    font = next((item for item in FONTS if Path(item).exists()), None)
    if font is None:
        raise FileNotFoundError("no CJK font; deploy/test-needs.sh installs one")
    drawn, places = _draw(font)
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(595, 842), invariant=1)
    for number, page in enumerate(drawn[:pages], 1):
        canvas.drawImage(ImageReader(_scanned(page.image, number)), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return Made("TD-scan-zh.pdf", target.getvalue(), places, min(pages, len(drawn)))


def _draw(font: str) -> tuple[list[_Page], dict[str, list[int]]]:
    pages: list[_Page] = []
    places: dict[str, list[int]] = {}

    def new() -> _Page:
        pages.append(_Page(font, len(pages) + 1))
        return pages[-1]

    page = new()
    page.heading("第一章 技术参数")
    page.write("下表列出 TD-22 与 TD-48 两种机型的技术参数。")
    page.write("表1-1 技术参数", 22)
    page.table([("项目", "TD-22", "TD-48"), *PARAMETERS], (0.4, 0.3, 0.3))
    places.update({f"parameter:{row[0]}": [1] for row in PARAMETERS})
    page = new()
    page.heading("第二章 更换刮刀")
    page.write("刮刀磨损后产品变软，应按以下步骤更换。")
    page.draw.rectangle((MARGIN - 8, page.y - 8, WIDTH - MARGIN, page.y + 96), outline=30, width=3)
    page.write("警告", 28, 4, 10)
    page.write("搅拌器可能突然启动，作业前必须断电上锁。", 24, 30, 10)
    page.write("所需工具：扳手一把，挂锁一把，食品级润滑脂一支，清洁布若干。")
    page.write("新刮刀应与机型相符。刮刀厚度小于4.2毫米时必须更换，每运行600小时检查一次。")
    page.y = HEIGHT - MARGIN - 5 * 60
    for n, step in enumerate(STEPS, 1):
        if n == 5:
            page = new()
        page.write(f"{n}. {step}", gap=18)
    places["steps"] = [2, 3]
    page = new()
    page.heading("第三章 故障代码")
    page.table([("代码", "故障", "原因", "处理方法"), *FAULTS], (0.1, 0.22, 0.25, 0.43))
    places.update({f"fault:{row[0]}": [4] for row in FAULTS})
    for n, (title, texts) in enumerate(CHAPTERS):
        page = new()
        page.heading(f"第{'四五六七八九十'[n]}章 {title}")
        for text in texts * 2:
            page.write(text)
    page = new()
    page.heading("第十一章 保修")
    page.write("整机保修十八个月，压缩机保修三十六个月。易损件不在保修范围内。")
    places["warranty"] = [len(pages)]
    return pages, places


def _scanned(image: Image.Image, number: int) -> io.BytesIO:
    """The page as a scanner sees it: turned by up to a degree, greyish, noisy, as JPEG."""
    angle = ((number * 37) % 17 - 8) / 10
    turned = image.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=245)
    noise = np.random.default_rng(number).normal(0, 9, (HEIGHT, WIDTH))
    shade = np.linspace(0, 14, WIDTH)[None, :]
    pixels = np.clip(np.asarray(turned, dtype=np.float32) - shade + noise, 0, 255).astype(np.uint8)
    stored = io.BytesIO()
    Image.fromarray(pixels).save(stored, "JPEG", quality=60)
    stored.seek(0)
    return stored


if __name__ == "__main__":
    made = make_scanned()
    Path(sys.argv[1] if len(sys.argv) > 1 else made.name).write_bytes(made.content)
