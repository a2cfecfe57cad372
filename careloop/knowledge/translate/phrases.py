"""The words that give an article its structure, in every language: signal words, and where a
branch leads. They are exchanged by table, never translated, so that they are read again."""

from __future__ import annotations

from typing import NamedTuple


class Phrases(NamedTuple):
    """`goto` takes the number of a step; `engineers` stands behind a signal word."""

    danger: str
    warning: str
    caution: str
    engineers: str
    goto: str
    solved: str
    ticket: str
    colon: str = ": "


PHRASES: dict[str, Phrases] = {
    "zh": Phrases("危险", "警告", "注意", "（仅限合格工程师）", "转到第 {} 步",
                  "已解决", "报修", "："),
    "en": Phrases("Danger", "Warning", "Caution", " (qualified engineers only)",
                  "go to step {}", "solved", "open a ticket"),
    "es": Phrases("Peligro", "Advertencia", "Precaución", " (solo técnicos cualificados)",
                  "ir al paso {}", "solucionado", "abrir un ticket"),
    "de": Phrases("Gefahr", "Warnung", "Vorsicht", " (nur qualifizierte Techniker)",
                  "weiter mit Schritt {}", "gelöst", "Ticket eröffnen"),
    "fr": Phrases("Danger", "Avertissement", "Attention", " (techniciens qualifiés uniquement)",
                  "aller à l'étape {}", "résolu", "ouvrir un ticket"),
    "pt": Phrases("Perigo", "Advertência", "Atenção", " (somente técnicos qualificados)",
                  "ir para o passo {}", "resolvido", "abrir um ticket"),
    "ru": Phrases("Опасно", "Предупреждение", "Внимание",
                  " (только квалифицированный персонал)", "перейти к шагу {}", "решено",
                  "создать тикет"),
    "ja": Phrases("危険", "警告", "注意", "（有資格者のみ）", "手順 {} へ進む",
                  "解決", "修理を依頼", "："),
    "ko": Phrases("위험", "경고", "주의", " (자격을 갖춘 기술자만)", "{}단계로 이동",
                  "해결", "티켓 열기"),
    "ar": Phrases("خطر", "تحذير", "تنبيه", " (فقط مهندس مؤهل)", "انتقل إلى الخطوة {}", "تم الحل",
                  "فتح تذكرة"),
    "vi": Phrases("Nguy hiểm", "Cảnh báo", "Thận trọng", " (chỉ kỹ thuật viên có trình độ)",
                  "chuyển đến bước {}", "đã khắc phục", "mở ticket"),
    "th": Phrases("อันตราย", "คำเตือน", "ข้อควรระวัง", " (เฉพาะช่างที่มีคุณสมบัติเท่านั้น)",
                  "ไปที่ขั้นตอนที่ {}", "แก้ไขแล้ว", "แจ้งซ่อม"),
}  # fmt: skip

_DANGER = frozenset(
    {"危险", "danger", "peligro", "gefahr", "perigo", "опасно", "опасность", "危険", "위험", "خطر",
     "nguy hiểm", "อันตราย"}
)  # fmt: skip
_WARNING = frozenset(
    {"警告", "warning", "advertencia", "warnung", "avertissement", "advertência", "предупреждение",
     "경고", "تحذير", "cảnh báo", "คำเตือน"}
)  # fmt: skip


def signal(word: str, lang: str) -> str:
    """A signal word of any language in `lang`, of the same rank."""
    folded, known = word.casefold(), PHRASES[lang]
    if folded in _DANGER:
        return known.danger
    return known.warning if folded in _WARNING else known.caution
