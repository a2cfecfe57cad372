"""Personal data out of service texts: mails, phones, names of people; codes and serials stay."""

from __future__ import annotations

import re
from collections.abc import Iterable

import phonenumbers

_MAIL = re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,64}(?:\.[\w\-]{1,64})+")
_ACCOUNT = re.compile(
    r"((?:微信号?|wechat(?:\s*id)?|whatsapp|qq号?|line\s*id|telegram|skype)\s*[:：是为]?\s*)"
    r"(?!\[)([A-Za-z0-9][\w\-.]{4,24})",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"((?:tel(?:efon|éfono|ephone)?|phone|mobile|mobil|móvil|cell|handy|fax|call me (?:at|on)|电话|"
    r"手机号?|联系方式|联系电话|座机|传真|致电)\s*(?:no\.?|number|号码)?\s*[:：是为.]?\s*)"
    r"(\+?\d(?:[\s().\-/]{0,2}\d){5,16})",
    re.IGNORECASE,
)
_MOBILE = re.compile(r"(?<![\w\-])(?:\+?86[\s\-]?)?1[3-9]\d[\s\-]?\d{4}[\s\-]?\d{4}(?![\w\-])")
_LANDLINE = re.compile(r"(?<![\w\-])0\d{2,3}[\s\-]\d{7,8}(?:\s*(?:转|ext\.?)\s*\d{1,5})?(?![\w\-])")
_NORTH = re.compile(
    r"(?<![\w\-])\(\d{3}\)\s?\d{3}[\s\-.]\d{4}(?!\w)|(?<![\w\-])\d{3}[\-.]\d{3}[\-.]\d{4}(?![\w\-])"
)
_IDENTITY = re.compile(r"(?<!\w)\d{17}[\dXx](?!\w)")
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗方俞任袁柳鲍史唐费"
    "廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮齐康伍余顾孟黄穆萧尹姚邵汪毛禹狄戴宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾江童颜郭梅"
    "盛林钟徐邱骆高夏蔡田樊胡凌霍万柯卢莫房裘缪解应宗丁邓郁崔龚程邢裴陆荣翁叶刘白蒲赖乔谭申冉桂牛边尚温庄柴阎聂曾关易"
)
_HONORIFIC = re.compile(
    rf"(?<![\u4e00-\u9fff])[{_SURNAMES}][\u4e00-\u9fff]{{0,2}}?(?=先生|女士|小姐|经理|师傅|主任|老师|总工|工程师)"
    rf"|(?<![\u4e00-\u9fff])(?![施高])[{_SURNAMES}](?=工(?:您好|你好|[，,：:!！]))"
    rf"|(?<=[，。,：:！!？?\s是找叫请])[{_SURNAMES}][\u4e00-\u9fff]{{0,2}}?(?=先生|女士|小姐|经理|师傅|主任|老师)"
)
_TITLED = re.compile(
    r"(?<!\w)((?:Mr|Mrs|Ms|Miss|Herrn?|Frau|Sra?|Srta|Mme|Monsieur|Madame|Señora?)\.?\s+)"
    r"(?:Dr\.?\s+)?[A-ZÄÖÜÁÉÍÓÚÑ][\w'’\-]+(?:\s+[A-ZÄÖÜÁÉÍÓÚÑ][\w'’\-]+){0,2}"
)
_GREETED = re.compile(
    r"(?m)^(\W*(?:Dear|Hi|Hello|Hey|Hallo|Liebe[rs]?|Guten Tag|Hola|Estimad[oa]|Bonjour|Cher|"
    r"Chère)\s+)"
    r"(?!(?:there|all|team|sir|madam|support|service|everyone|customer|zusammen|herr|frau|mr|mrs|ms|"
    r"sr|sra)\b)[A-ZÄÖÜÁÉÍÓÚÑ][\w'’\-]+(?:\s+[A-ZÄÖÜÁÉÍÓÚÑ][\w'’\-]+){0,2}",
    re.IGNORECASE,
)
_SELF = re.compile(
    r"((?:my name is|this is|ich heiße|mein name ist|me llamo|mi nombre es|je m'appelle|我叫|"
    r"我的名字是)\s*)"
    rf"([A-ZÄÖÜÁÉÍÓÚÑ][\w'’\-]+(?:\s+[A-ZÄÖÜÁÉÍÓÚÑ][\w'’\-]+){{1,2}}|[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})"
)


def masked(text: str, people: Iterable[str] = ()) -> str:
    """`text` with mails, phone numbers, accounts and names replaced by their kind in brackets.

    `people` are names known from the source (speakers, contacts); beyond them only names behind a
    form of address are found, so a bare name in running text may stay.
    """
    text = _MAIL.sub("[e-mail]", text)
    text = _LABELLED.sub(r"\1[phone]", text)
    text = _ACCOUNT.sub(r"\1[account]", text)
    text = _IDENTITY.sub("[id]", text)
    for pattern in (_MOBILE, _LANDLINE, _NORTH):
        text = pattern.sub("[phone]", text)
    if "+" in text:
        text = _international(text)
    known = name_pattern(people)
    if known is not None:
        text = known.sub("[name]", text)
    text = _HONORIFIC.sub("[name]", text)
    text = _TITLED.sub(r"\1[name]", text)
    text = _GREETED.sub(r"\1[name]", text)
    return _SELF.sub(r"\1[name]", text)


def name_pattern(people: Iterable[str]) -> re.Pattern[str] | None:
    """What finds these names, whole or by their first or last part."""
    parts: set[str] = set()
    for name in people:
        bare = name.strip().strip("~\u202a\u202c ")
        wide = any("\u4e00" <= letter <= "\u9fff" for letter in bare)
        if wide:
            pieces = re.findall(r"[\u4e00-\u9fff]{2,4}", bare)
            parts |= {piece for piece in pieces if piece[0] in _SURNAMES}
            parts |= {bare} if len(bare) >= 3 else set()
        elif len(bare) >= 3 and re.search(r"[^\W\d_]{2}", bare):
            parts.add(bare)
            parts |= {piece for piece in re.split(r"[\s._\-]+", bare)
                      if len(piece) >= 3 and piece[0].isupper() and piece.isalpha()}  # fmt: skip
    parts -= _ROLES
    if not parts:
        return None
    ordered = sorted(parts, key=len, reverse=True)
    return re.compile(
        "|".join(
            re.escape(part)
            if "\u4e00" <= part[0] <= "\u9fff"
            else rf"(?<!\w){re.escape(part)}(?!\w)"
            for part in ordered
        )
    )


_ROLES = {
    "Customer", "Agent", "Support", "Service", "Team", "Client", "User", "Bot", "Assistant",
    "System", "Admin", "Operator", "The", "Lab", "Hospital", "Technical", "Engineer", "You", "Me",
    "Help", "Desk", "Sales", "Hotline", "Company", "Inc", "Ltd", "GmbH", "Group", "Center",
}  # fmt: skip


def _international(text: str) -> str:
    pieces, last = [], 0
    for match in phonenumbers.PhoneNumberMatcher(text, None, max_tries=200):
        pieces += [text[last : match.start], "[phone]"]
        last = match.end
    return "".join([*pieces, text[last:]])
