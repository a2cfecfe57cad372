"""What makes a number a phone number: the words around it, and the forms of each country."""

from __future__ import annotations

import re

REGIONS = {
    "zh": ("CN", "TW", "HK"), "en": ("US", "GB", "IN", "AU"), "es": ("ES", "MX", "AR", "CO", "CL"),
    "de": ("DE", "AT", "CH"), "fr": ("FR", "BE", "CH", "CA"), "pt": ("BR", "PT"),
    "ru": ("RU", "KZ"), "ja": ("JP",), "ko": ("KR",), "ar": ("SA", "AE", "EG"), "vi": ("VN",),
    "th": ("TH",),
}  # fmt: skip
"""Countries whose national numbers are read in a text of a language, most likely first."""

# National mobile numbers, digits alone. Countries whose mobiles look like any other number
# (US, MX, AR, CO, IN) are left out: their numbers need a cue or their own grouping.
MOBILE = {
    "CN": r"1[3-9]\d{9}", "TW": r"09\d{8}", "GB": r"07\d{9}", "AU": r"04\d{8}", "ES": r"[67]\d{8}",
    "DE": r"01[5-7]\d{8,9}", "AT": r"06[5-9]\d{7,10}", "CH": r"07[5-9]\d{7}", "FR": r"0[67]\d{8}",
    "BE": r"04\d{8}", "BR": r"0?[1-9]\d9\d{8}", "PT": r"9[1236]\d{7}", "RU": r"89\d{9}",
    "JP": r"0[789]0\d{8}", "KR": r"01[016-9]\d{7,8}", "SA": r"05\d{8}", "AE": r"05\d{8}",
    "EG": r"01[0125]\d{8}", "VN": r"0[35789]\d{8}", "TH": r"0[689]\d{8}", "CL": r"09?9\d{8}",
}  # fmt: skip

# Called a phone: any number that can be dialled is believed.
_STRONG = (
    r"(?:tel|phones?|telephone|mobile|cell|cellphone|whats\s?app|fax|hotline|telegram|viber|signal|"
    r"móvil|movil|teléfono|telefono|telf|tfno|celular|"
    r"telefon\w*|handy\w*|rufnummer|rückruf\w*|durchwahl|mobil\w*|"
    r"téléphone|portable|telefone|telemóvel|zap|телефон\w*|тел|моб\w*|điện thoại|sđt|đt|zalo)"
)
# About reaching somebody: the number must be a valid one.
_WEAK = (
    r"(?:call|calling|ring|reach|text|contact|dial|my number|callback|call-back|"
    r"llám\w+|llam\w+|contact\w*|márq\w+|marque\w*|mi número|mi numero|"
    r"ruf\w*|anruf\w*|zurückruf\w*|erreich\w*|meine nummer|meiner nummer|kontakt\w*|"
    r"appel\w*|rappel\w*|joindre|mon numéro|lig\w+|meu número|contato|"
    r"звон\w*|позвон\w*|перезвон\w*|номер\w*|связ\w*|gọi|liên hệ|số của tôi)"
)
_STRONG_RUN = (
    r"(?:电话|電話|手机|手機|座机|热线|热線|微信|传真|号码是|携帯|내선|전화|핸드폰|휴대폰|휴대전화|연락처|"
    r"هاتف|الهاتف|هاتفي|جوال|الجوال|موبايل|واتساب|เบอร์|โทร|มือถือ)"
)
_WEAK_RUN = r"(?:联系|聯繫|致电|拨打|打给我|打我|回电|連絡|かけて|연락|اتصل|تواصل|رقمي|ติดต่อ)"
# The words between a cue and its number: few, and no figures among them.
_BETWEEN = r"[^\w+(]{0,4}(?:[^\W\d]+[^\w+(]{1,4}){0,4}[^\W\d_A-Za-z]{0,8}[^\w+(]{0,3}[+(]{0,2}$"
STRONG_CUE = re.compile(
    rf"(?:(?<![^\W_]){_STRONG}(?![^\W_])|{_STRONG_RUN}){_BETWEEN}", re.IGNORECASE
)
CUE = re.compile(
    rf"(?:(?<![^\W_])(?:{_STRONG}|{_WEAK})(?![^\W_A-Za-zÀ-ÿ])|{_STRONG_RUN}|{_WEAK_RUN}){_BETWEEN}",
    re.IGNORECASE,
)
CUE_WORD = re.compile(rf"(?<![^\W_]){_STRONG}(?![^\W_])|{_STRONG_RUN}", re.IGNORECASE)
CUE_AFTER = re.compile(
    r"^[\s)\]]{0,3}[(\[,–-]?\s?(?:(?:is|ist|es|est|é|是)\s?)?"
    rf"(?:(?:the|my|mein\w*|mi|mon|meu|我的?|direct)\s?)?(?:{_STRONG}(?![^\W_])|{_STRONG_RUN})",
    re.IGNORECASE,
)
# A second number after a first: "030 901820 or 0171 2345678".
AND_ANOTHER = re.compile(
    r"^\s*(?:[,;/|、，]|or|oder|o|ou|или|或者?|または|hoặc|and|und|y|et|e|和|и)\s*$", re.IGNORECASE
)
# Called something else, directly before the number.
OTHER = re.compile(
    r"(?:(?<![^\W_])(?:order|purchase order|p\.?o|invoice|inv|bill|tracking|waybill|delivery note|"
    r"ticket|case|contract|quote|quotation|batch|lot|account|customer|asset|reference|ref|serial|"
    r"s/?n|part|article|item|sku|iban|vat|tax|id|meter|counter|count|code|version|firmware|"
    r"pedido|factura|contrato|guía|albarán|presupuesto|lote|cliente|referencia|serie|pieza|"
    r"\w*bestell\w*|\w*auftrag\w*|\w*rechnung\w*|\w*liefer\w*|\w*vertrag\w*|kostenstelle|"
    r"kundennummer|serien\w*|artikel\w*|teile?\w*|zähler\w*|charge|angebot\w*|"
    r"commande|facture|contrat|bon de \w+|lot|série|référence|devis|"
    r"encomenda|fatura|nota fiscal|série|peça|orçamento|"
    r"заказ\w*|счет\w*|счёт\w*|договор\w*|накладн\w*|серийн\w*|заявк\w*|артикул\w*|"
    r"đơn hàng|hóa đơn|hợp đồng|sê-?ri|mã)|"
    r"订单号?|采购单|发票|运单|快递单|单号|工单|合同|批号|客户|账号|序列号|编号|物料|零件|备件|备货|密码|"
    r"注文|請求書|伝票|契約|シリアル|製造番号|品番|주문|송장|계약|시리얼|"
    r"طلب|الطلب|فاتورة|عقد|ใบสั่งซื้อ|คำสั่งซื้อ|สัญญา|ซีเรียล)"
    r"(?:\s*(?:numbers?|no|nr|num|nummer|nº|n°|número|numéro|号码|号|番号|번호|номер|№|#))?\.?"
    r"(?:\s*(?:is|ist|es|est|lautet|是|为|は))?[\s:：#.№\-]{0,4}[+(]{0,2}$",
    re.IGNORECASE,
)
# Dates, times and amounts: never part of a phone number.
NOT_DIALLED = re.compile(
    r"(?<![\d+])(?:19|20)\d\d([\-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<![\d+][\-/.])(?<![\d+])(?:0?[1-9]|[12]\d|3[01])([\-/.])(?:0?[1-9]|1[0-2])\2(?:19|20)\d\d(?!\d)"
    r"|(?<![\d+])(?:19|20)\d\d年\d{1,2}月\d{1,2}日?"
    r"|(?<!\d)\d{1,2}:\d\d(?::\d\d)?(?!\d)"
    r"|(?<![\d+\-/.])\d+(?:[.,]\d+)*\s?(?:h|hrs?|hours?|std|stunden|horas?|heures?|min|km|kg|mm|rpm|kwh|"
    r"pcs|cycles|zyklen|ciclos|eur|usd|rmb|cny|€|\$|%|°|小时|时|次|元|个|件|片|時間|回|시간|часов|час|ч|giờ|"
    r"ชั่วโมง|ساعة)(?![^\W\d_])"
    r"|[€$¥£]\s?\d[\d.,]*",
    re.IGNORECASE,
)
GROUPED_US = re.compile(r"^(?:1[-. ])?\(?[2-9]\d\d\)?[-. ]{1,2}[2-9]\d\d[-. ]\d{4}$")
GROUPED_AREA = re.compile(r"^(?:\(0\d{1,5}\)\s?|0\d{1,5}\s?/\s?)\d[\d \-]{3,10}\d$")
