"""Mails: only the newest words, nobody's name, attachments apart."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from made_files import png

from careloop.knowledge.ingest.read import read_source
from careloop.knowledge.ingest.source import SourceFile


def _mail(text: str, charset: str = "utf-8") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Zhang Wei <z.wei@lab.example>"
    mail["Subject"] = "Re: 回复：P-10 漏水"
    mail["Date"] = "Tue, 12 May 2026 09:00:00 +0800"
    mail.set_content(text, charset=charset)
    return mail


def _text(mail: EmailMessage) -> str:
    return read_source(SourceFile("a.eml", mail.as_bytes())).text


def test_a_mail_with_attachments() -> None:
    mail = _mail(
        "您好，\n\n泵漏水，Zhang 已看过。\n1. 已断电\n2. 已清洗\n\n谢谢\n张伟\n13812345678\n\n"
        "在 2026年5月11日，客服 <a@b.example> 写道：\n> 旧内容\n",
        "gb18030",
    )
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="报告.pdf")
    mail.add_attachment(b"MZ", maintype="application", subtype="x", filename="a.exe")
    manuscript = read_source(SourceFile("a.eml", mail.as_bytes()))
    assert "1. 已断电\n2. 已清洗\n" in manuscript.text and manuscript.text.startswith("# P-10 漏水")
    for gone in ("张伟", "Zhang", "1381234", "旧内容", "example"):
        assert gone not in manuscript.text
    assert manuscript.matter["updated"] == "2026-05-12"
    assert [item.path for item in manuscript.attachments] == ["报告.pdf"]
    assert manuscript.warnings == ["attachment left out: a.exe"]


@pytest.mark.parametrize(
    "head",
    [
        "On Mon, 11 May 2026 at 09:00, Tom <t@x.example> wrote:",
        "Am 12.05.2026 um 09:00 schrieb Max Muster <m@x.example>:",
        "El mar, 12 may 2026 a las 9:00, Juan (<j@x.example>) escribió:",
        "Le mar. 12 mai 2026 à 09:00, Jean <j@x.example> a écrit :",
        "-----Original Message-----\nFrom: x",
        "---原始邮件---",
        "From: A\nSent: x\nTo: y\nSubject: z",
        "发件人: a\n发送时间: b\n收件人: c",
        "________________________________\nVon: a\nGesendet: b\nAn: c",
        "De: a\nEnviado: b\nPara: c",
        "De : a\nEnvoyé : b\nÀ : c",
    ],
)
def test_quoted_parts_are_cut(head: str) -> None:
    assert (
        _text(_mail(f"The pump leaks.\n\n{head}\n\nold words"))
        == "# P-10 漏水\n\nThe pump leaks.\n"
    )


def test_signatures_and_forwards() -> None:
    assert _text(_mail("It hums.\n\nBest regards,\nTom\nACME")) == "# P-10 漏水\n\nIt hums.\n"
    assert _text(_mail("It hums.\n-- \nTom")) == "# P-10 漏水\n\nIt hums.\n"
    forward = (
        "---------- Forwarded message ---------\nFrom: A <a@b.example>\nSubject: s\n\nNo power."
    )
    assert _text(_mail(forward)) == "# P-10 漏水\n\nNo power.\n"


def test_the_page_of_a_mail_with_a_table_and_a_picture() -> None:
    mail = _mail("see page")
    page = (
        "<p>Values:</p><table><tr><th>Code<th>Count</tr><tr><td>E-1<td>3</tr></table>"
        '<img src="cid:p1" alt="Display"><div class="gmail_quote">old</div>'
    )
    mail.add_alternative(page, subtype="html")
    payload = mail.get_payload()
    assert isinstance(payload, list)
    payload[1].add_related(png(), "image", "png", cid="<p1>")  # type: ignore[union-attr]
    manuscript = read_source(SourceFile("a.eml", mail.as_bytes()))
    assert "| Code | Count |\n| --- | --- |\n| E-1 | 3 |\n\n![Display](figure:picture-1.png)" in (
        manuscript.text
    )
    assert "old" not in manuscript.text and len(manuscript.figures) == 1


def test_other_charsets() -> None:
    body = "ポンプが漏れます".encode("iso2022_jp")
    raw = b"Subject: x\nContent-Type: text/plain; charset=iso-2022-jp\n\n" + body
    assert "ポンプが漏れます" in read_source(SourceFile("a.eml", raw)).text
    raw = b"Subject: x\nContent-Type: text/plain; charset=nonsense\n\n" + "泵漏水了".encode(
        "gb18030"
    )
    assert "泵漏水了" in read_source(SourceFile("a.eml", raw)).text
