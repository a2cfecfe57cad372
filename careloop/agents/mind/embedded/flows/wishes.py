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
    r"[?？؟]|[吗呢么](?:[。!！\s]|$)|多少|怎么|如何|什么|哪|几(?:天|个|年|小时)|是否|能不能|可以吗"
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


def wants_visit(text: str) -> bool:
    """Whether a reported fault comes with the wish for a ticket, a repair or a visit."""
    return bool(_VISIT.search(text[:4000]))


def has_question(text: str) -> bool:
    """Whether the message asks something, beside or instead of ordering it."""
    return bool(_QUESTION.search(text[:4000]))
