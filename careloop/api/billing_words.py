"""The words of quotes and invoices, in the languages that papers are written in."""

from __future__ import annotations

_NAMES = (
    "quote", "invoice", "credit_note", "draft", "cancelled", "number", "valid_until", "issued_on",
    "due_on", "ticket", "credits", "tax_number", "position", "what", "quantity", "unit_price",
    "tax", "net", "net_total", "gross_total", "bank", "discount", "share", "hour",
    "hours_normal", "hours_overtime", "hours_night", "hours_holiday", "unit_pcs", "unit_visit",
    "unit_km", "unit_min",
)  # fmt: skip
_TEXTS = {
    "en": (
        "Quote", "Invoice", "Credit note", "Draft - not valid", "Cancelled by {number}", "Number",
        "Valid until", "Date", "Due", "Service ticket", "Takes back", "Tax number", "No.",
        "Description", "Quantity", "Unit price", "Tax", "Net", "Net total", "Total", "Payment to",
        "{percent} % discount", "your share {percent} %", "h", "", "overtime", "night work",
        "weekend or holiday", "pcs", "visit", "km", "min",
    ),
    "zh": (
        "报价单", "账单", "红字账单", "草稿，未生效", "已由 {number} 冲销", "编号", "有效期至",
        "日期", "付款期限", "工单", "冲销", "税号", "序号", "内容", "数量", "单价", "税率",
        "不含税金额",
        "不含税合计", "价税合计", "收款账户", "优惠 {percent}%", "客户承担 {percent}%", "小时",
        "", "加班",
        "夜间", "周末或节假日", "件", "次", "公里", "分钟",
    ),
    "es": (
        "Presupuesto", "Factura", "Factura rectificativa", "Borrador sin validez",
        "Anulada por {number}", "Número", "Válido hasta", "Fecha", "Vencimiento",
        "Orden de servicio", "Rectifica", "NIF", "N.º", "Descripción", "Cantidad",
        "Precio unitario", "Impuesto", "Neto", "Total neto", "Total", "Pago a",
        "{percent} % de descuento", "su parte: {percent} %", "h", "", "horas extra", "nocturno",
        "fin de semana o festivo", "uds.", "visita", "km", "min",
    ),
    "de": (
        "Angebot", "Rechnung", "Gutschrift", "Entwurf – nicht gültig", "Storniert durch {number}",
        "Nummer", "Gültig bis", "Datum", "Zahlbar bis", "Serviceauftrag", "Storniert",
        "Steuernummer", "Pos.", "Beschreibung", "Menge", "Einzelpreis", "Steuer", "Netto",
        "Summe netto", "Gesamt", "Zahlung an", "{percent} % Rabatt", "Ihr Anteil {percent} %",
        "Std.", "", "Überstunden", "Nachtarbeit", "Wochenende oder Feiertag", "Stk.", "Einsatz",
        "km", "Min.",
    ),
    "fr": (
        "Devis", "Facture", "Avoir", "Brouillon sans valeur", "Annulée par {number}", "Numéro",
        "Valable jusqu’au", "Date", "Échéance", "Ticket de service", "Annule", "N° de TVA", "N°",
        "Désignation", "Quantité", "Prix unitaire", "Taxe", "HT", "Total HT", "Total TTC",
        "Paiement à", "remise de {percent} %", "votre part : {percent} %", "h", "",
        "heures supplémentaires", "travail de nuit", "week-end ou jour férié", "pcs", "visite",
        "km", "min",
    ),
}  # fmt: skip
_CATALOGUES = {
    language: dict(zip(_NAMES, texts, strict=True)) for language, texts in _TEXTS.items()
}


def words(language: str) -> dict[str, str]:
    """The words of a language; English where a paper's language has none."""
    return _CATALOGUES.get(language, _CATALOGUES["en"])
