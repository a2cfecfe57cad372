"""Wishes that change the flow: somebody should come, or a question stands in the message."""

from __future__ import annotations

import re

# Requests for a visit, a repair or a ticket, as people word them. Read together with the intent
# `report_fault` only, so that a how-to question about repairs never opens a ticket.
_VISIT = re.compile(
    r"派[^。，,]{0,6}(?:人|工程师|师傅|技术)|(?:工程师|师傅|技术员|人)[^。，,]{0,4}(?:上门|过来|来修|来看|来一趟)"
    r"|上门|报修|申请维修|要维修|(?:开|建|提|创建|登记)[^。，,]{0,4}(?:工单|单子|报修)|安排[^。，,]{0,6}(?:维修|检修|工程师)"
    r"|(?:open|create|raise|log|file|start|need|make)\s+(?:me\s+)?(?:a|an|the|another)?\s*(?:new\s+)?"
    r"(?:support\s+|service\s+|repair\s+)?(?:ticket|case|service request|service call|repair request|work order)"
    r"|(?:send|need|dispatch|book|schedule|arrange|get)\b[^.?!]{0,25}\b(?:technician|engineer|repairman|somebody|someone|service visit)"
    r"|(?:please|can you|could you|must)\s+(?:come\s+and\s+)?(?:repair|fix)\b|needs? (?:a )?(?:repair|to be repaired)"
    r"|(?:abr|cre|gener|registr|levant)\w*\s+(?:un|una|el|la)?\s*(?:nuev\w\s+)?(?:ticket|caso|incidencia|orden|parte|solicitud)"
    r"|(?:env[ií]\w*|mand\w*|necesit\w*|program\w*)[^.?!]{0,25}(?:técnico|ingenier\w|alguien)|vengan? a (?:reparar|revisar|arreglar)"
    r"|(?:ticket|auftrag|störungsmeldung|fall|serviceauftrag|reparaturauftrag)\s+(?:eröffnen|anlegen|erstellen|aufmachen|öffnen)"
    r"|(?:eröffne\w*|erstell\w*|leg\w*)\s[^.?!]{0,25}(?:ticket|auftrag|fall)"
    r"|(?:schick\w*|brauche\w*|send\w*)[^.?!]{0,25}(?:techniker|monteur|ingenieur|jemand)|(?:techniker|monteur)\w*\s+(?:schicken|vorbei|kommen)"
    r"|(?:ouvr\w*|cré\w*|fai\w*)\s+(?:un|une|le)?\s*(?:nouveau\s+)?(?:ticket|dossier|demande|bon d'intervention)"
    r"|(?:envoy\w*|besoin)[^.?!]{0,25}(?:technicien|ingénieur|quelqu'un|dépanneur)|demande d'intervention"
    r"|(?:abr\w*|cri\w*|regist\w*)\s+(?:um|uma|o)?\s*(?:novo\s+)?(?:chamado|ticket|ocorrência|ordem)"
    r"|(?:envi\w*|mand\w*|precis\w*)[^.?!]{0,25}(?:técnico|engenheiro|alguém)"
    r"|修理(?:を|の)?(?:お願い|依頼|手配|申し込)|(?:技術者|エンジニア|サービスマン|修理の人|担当者)[^。]{0,8}(?:派遣|来て|よこ|手配)|チケット[^。]{0,6}(?:作|発行|お願い|登録)|出張修理"
    r"|(?:созда\w*|откр\w*|оформ\w*|завед\w*|остав\w*)[^.?!]{0,12}(?:заявк\w*|тикет|обращени\w*|наряд)"
    r"|(?:пришл\w*|вызва\w*|вызов|нужен|отправ\w*|требуется)[^.?!]{0,20}(?:мастер\w*|инженер\w*|специалист\w*|техник\w*)"
    r"|(?:수리|a\/s|as)\s*(?:접수|요청|신청)|(?:기사|엔지니어)[^.]{0,8}(?:보내|불러|출동|방문)|티켓[^.]{0,6}(?:열어|생성|만들)"
    r"|(?:أرسل|نحتاج|أحتاج)[^.؟]{0,20}(?:فني|مهندس)|(?:افتح|فتح|إنشاء)[^.؟]{0,12}(?:تذكرة|بلاغ|طلب)"
    r"|(?:cử|gửi|cần)[^.?]{0,15}(?:kỹ thuật viên|kỹ sư|thợ|người)|(?:tạo|mở)[^.?]{0,10}(?:phiếu|ticket|yêu cầu)"
    r"|(?:ส่ง|ขอ|เรียก)[^.]{0,12}(?:ช่าง|วิศวกร)|(?:เปิด|แจ้ง)[^.]{0,8}(?:ซ่อม|ตั๋ว|ticket)",
    re.IGNORECASE,
)

_QUESTION = re.compile(
    r"[?？؟]|[吗呢么](?:[。!！\s]|$)|多[少大重长高粗远宽深久快]|怎么|如何|什么|哪|几(?:天|个|年|小时)|是否|能不能|可以吗"
    r"|^(?:how|what|when|where|which|who|why|is|are|can|do|does|could|would)\b"
    r"|\b(?:how (?:much|many|long|do|can|often)|what(?:'s| is| are))\b"
    r"|\b(?:cu[aá]nto|c[oó]mo|qu[eé]|cu[aá]ndo|d[oó]nde|cu[aá]l)\b"
    r"|\b(?:wie|was|wann|wo|welche\w*|warum|wieviel|kann man)\b"
    r"|\b(?:combien|comment|quel\w*|quand|où|est-ce que|pourquoi)\b"
    r"|\b(?:quanto|como|qual|quando|onde|por que)\b"
    r"|(?:ですか|ますか|でしょうか|いくら|どう|何(?:日|時|年|を|が)|いつ)"
    r"|\b(?:сколько|как|какой|какая|какие|когда|где|можно ли|почему)\b"
    r"|(?:얼마|어떻게|언제|무엇|인가요|나요|까요)|(?:كم|كيف|متى|أين|ما هو|ما هي|هل)"
    r"|(?:bao nhiêu|thế nào|như thế nào|khi nào|ở đâu|không\?)|(?:เท่าไหร่|อย่างไร|ยังไง|เมื่อไหร่|ไหม)",
    re.IGNORECASE,
)


_ORDER = re.compile(
    r"订购|下单|购买|采购|买|订(?:一|两|\d)|要(?:一|两|几|\d+)\s*(?:个|只|套|件|根|片)"
    r"|\b(?:order(?! you\b)|buy|purchase|send (?:me|us)|ship|need \d+|want \d+)\b"
    r"|\b(?:ped(?:ir|ido|imos)|compr\w+|encarg\w+|necesit\w+ \d+)\b"
    r"|\b(?:bestell\w*|kauf\w*|ordern|liefern sie|brauche\w* \d+)\b"
    r"|\b(?:command\w+|achet\w+)\b|\b(?:encomend\w+|comprar|pedido)\b"
    r"|注文|発注|購入|\b(?:заказ\w*|купить|закуп\w*)|주문|구매|\bđặt (?:mua|hàng)|\bmua\b|สั่งซื้อ|ซื้อ|أطلب|طلب شراء|شراء",
    re.IGNORECASE,
)

_PROTECTION = (
    r"(?:联锁|互锁|安全|保护|急停|限位|门开关|开关|传感器|光栅|interlock|safety|guard|protect\w*|e-?stop|"
    r"emergency|limit switch|switch|sensor|seguridad|protec\w+|enclavamiento|interruptor|sensor|"
    r"sicherheit\w*|schutz\w*|verriegel\w*|schalter|wächter|endschalter|sécurité|protection|contacteur|"
    r"pressostat|intertravamento|segurança|proteção|chave|блокиров\w*|защит\w*|датчик\w*|выключател\w*|"
    r"реле|インターロック|安全|保護|センサ|スイッチ|인터록|안전|센서|스위치)"
)
_DEFEAT = (
    r"(?:短接|屏蔽|跳过|旁路|拆掉|绕过|bypass\w*|overrid\w*|jumper\w*|defeat\w*|short(?:ing)? (?:out|across)|"
    r"bridge|disabl\w*|puente\w*|anul\w*|desactiv\w*|überbrück\w*|brücken|umgehen|deaktivier\w*|shunt\w*|"
    r"ponter|court-circuiter|désactiver|contourner|jumpear|burlar|desativar|зашунтир\w*|замкнуть|перемкн\w*|"
    r"обойти|отключить|バイパス|短絡|無効|우회|단락)"
)
_BYPASS = re.compile(
    rf"{_DEFEAT}[^。.!?！？\n]{{0,40}}{_PROTECTION}|{_PROTECTION}[^。.!?！？\n]{{0,40}}{_DEFEAT}",
    re.IGNORECASE,
)
_WITHOUT_DANGER = re.compile(
    r"(?:alarm|报警|警报|蜂鸣)[^。.!?\n]{0,20}(?:sound|声音|音|mute|静音|消音)|(?:mute|静音|消音)",
    re.IGNORECASE,
)


def wants_bypass(text: str) -> bool:
    """Whether somebody wants to put a protective device out of action."""
    head = text[:4000]
    return bool(_BYPASS.search(head)) and not _WITHOUT_DANGER.search(head)


_OWN_HANDS = re.compile(
    r"自己(?:动手|来|做|修|换|装|拆|加|充|调|改|进|弄|搞|接)|自行|我来(?:换|修|拆|加|充)"
    r"|\b(?:myself|ourselves|on my own|by ourselves|do it yourself|DIY)\b"
    r"|\b(?:yo mism[oa]|nosotros mismos|por mi cuenta)\b|\b(?:selbst|selber|eigenhändig)\b"
    r"|\b(?:moi-même|nous-mêmes|tout seul)\b|\b(?:eu mesm[oa]|nós mesmos|por conta própria|sozinh[oa])\b"
    r"|\b(?:сам|сама|сами|самостоятельно|своими руками)\b|自分で|自力で|直接(?:やり|交換)"
    r"|직접|스스로|بنفسي|بأنفسنا|tự (?:làm|sửa|thay)|ด้วยตัวเอง|เอง",
    re.IGNORECASE,
)


def wants_own_hands(text: str) -> bool:
    """Whether somebody means to do the work themselves."""
    return bool(_OWN_HANDS.search(text[:4000]))


def wants_order(text: str) -> bool:
    """Whether something is to be ordered, rather than asked about."""
    return bool(_ORDER.search(text[:4000]))


def wants_visit(text: str) -> bool:
    """Whether a reported fault comes with the wish for a ticket, a repair or a visit."""
    return bool(_VISIT.search(text[:4000]))


def has_question(text: str) -> bool:
    """Whether the message asks something, beside or instead of ordering it."""
    return bool(_QUESTION.search(text[:4000]))
