"""The empty forms that drafts begin with, in the language of the article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_HEADINGS: dict[str, tuple[str, str, str, str, str, str, str, str]] = {
    # answer, symptom, cause, remedy, devices, codes, parts, checks
    "zh": ("解答", "故障现象", "原因", "处理方法", "适用机型", "报警代码", "使用的备件", "排查"),
    "en": ("Answer", "Symptom", "Cause", "Remedy", "Devices", "Error codes", "Parts used",
           "Checks"),
    "es": ("Respuesta", "Síntoma", "Causa", "Solución", "Equipos", "Códigos de error",
           "Repuestos utilizados", "Comprobaciones"),
    "de": ("Antwort", "Fehlerbild", "Ursache", "Abhilfe", "Geräte", "Fehlercodes",
           "Verwendete Teile", "Prüfungen"),
    "fr": ("Réponse", "Symptôme", "Cause", "Solution", "Appareils", "Codes d'erreur",
           "Pièces utilisées", "Vérifications"),
    "pt": ("Resposta", "Sintoma", "Causa", "Solução", "Equipamentos", "Códigos de erro",
           "Peças utilizadas", "Verificações"),
    "ru": ("Ответ", "Признак", "Причина", "Устранение", "Оборудование", "Коды ошибок",
           "Использованные запчасти", "Проверки"),
    "ja": ("回答", "症状", "原因", "処置", "対象機種", "エラーコード", "使用部品", "点検"),
    "ko": ("답변", "증상", "원인", "조치", "대상 기종", "오류 코드", "사용 부품", "점검"),
    "ar": ("الإجابة", "العَرَض", "السبب", "الحل", "الأجهزة", "رموز الخطأ", "القطع المستخدمة",
           "الفحوص"),
    "vi": ("Trả lời", "Hiện tượng", "Nguyên nhân", "Cách xử lý", "Thiết bị", "Mã lỗi",
           "Linh kiện đã dùng", "Kiểm tra"),
    "th": ("คำตอบ", "อาการ", "สาเหตุ", "วิธีแก้ไข", "เครื่องที่ใช้", "รหัสข้อผิดพลาด", "อะไหล่ที่ใช้",
           "การตรวจสอบ"),
}  # fmt: skip
_NAMES = ("answer", "symptom", "cause", "remedy", "devices", "codes", "parts", "checks")


def heading(name: str, lang: str) -> str:
    """A heading of level 2: `answer`, `symptom`, `cause`, `remedy`, `devices`, `codes`, `parts`
    or `checks`."""
    return f"## {_HEADINGS.get(lang, _HEADINGS['en'])[_NAMES.index(name)]}"


def comment(title: str, lines: Iterable[str]) -> str:
    """A note for the editor that no reader sees; nothing in it can end it early."""
    safe = [" ".join(line.split()).replace("--", "—") for line in lines]
    return "\n".join(["<!--", title, *(f"- {line}" for line in safe if line), "-->"])


def gap_body(lang: str, fault: bool, wordings: Sequence[str], replies: Sequence[str] = ()) -> str:
    """The body of a draft for a question: how it was asked, what colleagues replied, and empty
    sections to be filled."""
    notes = [comment("How customers ask:", wordings)]
    if replies:
        notes.append(comment("What colleagues replied to them (check before use):", replies))
    names = ("symptom", "cause", "remedy") if fault else ("answer",)
    return "\n\n".join([*notes, *(heading(name, lang) for name in names)]) + "\n"
