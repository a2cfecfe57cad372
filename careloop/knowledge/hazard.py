"""What can hurt, and who may do it: read from the signal words and phrases of the source."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

CUSTOMER, ENGINEER = "customer", "engineer"
CLASSES = (
    "electric", "laser", "pressure", "chemical", "biological", "mechanical", "heat", "general",
)  # fmt: skip

SIGNAL = re.compile(
    r"^\W*(?P<word>危险|警告|注意|小心|当心|danger|warning|caution|peligro|advertencia|"
    r"precaución|atención|"
    r"gefahr|warnung|vorsicht|achtung|avertissement|attention|mise en garde|perigo|aviso|cuidado|"
    r"atenção|advertência|опасно(?:сть)?|предупреждение|внимание|осторожно|危険|警告|注意|"
    r"위험|경고|주의|"
    r"خطر|تحذير|تنبيه|nguy hiểm|cảnh báo|chú ý|thận trọng|อันตราย|คำเตือน|ข้อควรระวัง)"
    r"(?P<who>\s*[（(][^）)]{1,120}[）)])?\s*[:：!！。.\-—]",
    re.IGNORECASE,
)

_ENGINEER = re.compile(
    r"(?:仅限|只能由|只允许|必须由|应由|须由|请由|仅由|仅允许|只可由|限)[^。；;\n]{0,14}"
    r"(?:工程师|专业人员|技术人员|授权人员|电工|维修人员|服务人员|持证人员|合格人员|培训的人员)"
    r"|非(?:专业|授权|合格)人员(?:请勿|不得|禁止|严禁)|(?:客户|用户|操作员|"
    r"操作人员)[^。；\n]{0,6}(?:不得|不可|请勿|禁止|严禁)自行"
    r"|(?:qualified|authori[sz]ed|trained|certified|licensed|skilled|competent)\s+(?:\w+\s+){0,3}"
    r"(?:engineer|technician|personnel|electrician|staff|person|people|professional|specialist)s?"
    r"|(?:service|field)\s+(?:engineer|technician)s?\s+only|engineers?\s+only|only\s+(?:by|"
    r"for)\s+(?:\w+\s+){0,3}"
    r"(?:engineer|technician|electrician|personnel)s?|must not be (?:opened|performed|done) "
    r"by (?:the )?(?:user|customer|operator)"
    r"|(?:sólo|solo|solamente|únicamente|exclusivamente)[^.;\n]{0,25}(?:ingenier|técnic|"
    r"personal|electricist|profesional)"
    r"|(?:personal|técnicos?|ingenieros?|electricistas?)\s+(?:\w+\s+)?(?:cualificad|"
    r"calificad|autorizad|certificad|capacitad)"
    r"|nur\s+(?:\w+\s+){0,4}(?:fach|service|elektro|qualifizi|autorisi|geschult|befugt|"
    r"techniker|ingenieur)"
    r"|(?:qualifizierte[snmr]?|autorisierte[snmr]?|geschulte[snmr]?|"
    r"befugte[snmr]?)\s+\w*(?:personal|techniker|ingenieur|fachkr|fachpersonal|elektro)\w*"
    r"|(?:uniquement|seulement|exclusivement|réservé)[^.;\n]{0,30}(?:qualifié|agréé|"
    r"habilité|autorisé|technicien|ingénieur|électricien)"
    r"|(?:personnel|technicien|ingénieur|électricien)s?\s+(?:qualifié|agréé|habilité|autorisé)"
    r"|(?:somente|apenas|só|exclusivamente)[^.;\n]{0,30}(?:técnic|engenheir|qualificad|"
    r"autorizad|eletricist)"
    r"|(?:pessoal|técnicos?|engenheiros?|eletricistas?)\s+(?:qualificad|autorizad|certificad)"
    r"|только[^.;\n]{0,30}(?:инженер|специалист|квалифициров|персонал|электрик|техник)"
    r"|квалифицированн\w+\s+(?:инженер|специалист|персонал|техник)"
    r"|(?:有資格者|資格を持つ|認定(?:技術者|エンジニア)|サービスエンジニア|専門(?:技術者|"
    r"業者|家)|訓練を受けた)[^。\n]{0,12}(?:のみ|だけ|限|以外)"
    r"|(?:자격|전문|공인|인증|숙련)[^.\n]{0,10}(?:기술자|엔지니어|기사|"
    r"인력)[^.\n]{0,4}(?:만|한해|에 한)"
    r"|(?:فقط|حصرا)[^.\n]{0,20}(?:مهندس|فني|مؤهل)|(?:مهندس|فني)\w*\s+(?:مؤهل|معتمد|مختص)"
    r"|(?:chỉ)[^.\n]{0,25}(?:kỹ sư|kỹ thuật viên|thợ điện|nhân viên)"
    r"|(?:เฉพาะ|เท่านั้น)[^.\n]{0,20}(?:วิศวกร|ช่าง)|(?:วิศวกร|ช่าง)[^.\n]{0,20}เท่านั้น",
    re.IGNORECASE,
)

_CLASS_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(words, re.IGNORECASE))
    for name, words in (
        ("laser", r"激光|laser|láser|лазер|レーザ|레이저|ليزر|เลเซอร์|紫外|\buv\b|ultraviolet"),
        ("electric", r"触电|高压电|带电|断电|电源|电击|电柜|电容|伏|\d\s?k?v\b|voltage|electric|live part|mains|"
                     r"shock|tensión|eléctric|spannung|elektr|strom|électri|tension|elétric|tensão|"
                     r"напряж|электр|感電|電圧|電源|감전|전압|전원|كهرب|điện|ไฟฟ้า"),
        ("pressure", r"压力|高压气|气压|液压|带压|pressur|hydraulic|pneumatic|presión|druck|pression|pressão|давлен|"
                     r"圧力|高圧|압력|ضغط|áp suất|แรงดัน"),
        ("chemical", r"化学|腐蚀|酸|碱|溶剂|试剂|有毒|制冷剂|氨|chemical|corros|acid|solvent|toxic|refrigerant|ammonia|"
                     r"químic|chemi|ätz|säure|chimi|хими|кислот|化学|溶剤|薬品|화학|كيميا|"
                     r"hóa chất|สารเคมี"),
        ("biological", r"生物|感染|病原|血|biohazard|biolog|infect|pathogen|blood|инфекц|биолог|感染|생물|감염|sinh học"),
        ("mechanical", r"夹伤|挤压|卷入|旋转|运动部件|切割|刀具|吊装|坠落|夹手|砸|pinch|crush|rotating|moving part|entangle|"
                       r"cutting|lifting|heavy|atrapamiento|aplast|quetsch|einzug|rotierend|"
                       r"bewegliche|coinc|écras|"
                       r"esmag|защемл|вращ|挟ま|巻き込|回転|끼임|회전|kẹp|หนีบ"),
        ("heat", r"烫|高温|热表面|冷却后|烧伤|hot\b|burn|scald|cool down|caliente|quemad|heiß|heiss|verbrenn|brûl|chaud|"
                 r"quente|queimad|горяч|ожог|高温|やけど|火傷|뜨거|화상|ساخن|حرق|nóng|bỏng|ร้อน"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hazard:
    """A danger and the lowest role that may do the step: `customer` or `engineer`.

    `kind` is one of `CLASSES`; `note` is the source's own words.
    """

    kind: str
    role: str
    note: str

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def is_hazard_note(text: str) -> bool:
    """Whether a block begins with a signal word such as `警告：` or `Warning (…):`."""
    return SIGNAL.match(text) is not None


def needs_engineer(text: str) -> bool:
    """Whether the text reserves the work for qualified people."""
    return _ENGINEER.search(text) is not None


def classify(note: str) -> Hazard:
    """The hazard a note warns of. Without a phrase that reserves it, anyone may act with care."""
    kind = next((name for name, pattern in _CLASS_WORDS if pattern.search(note)), "general")
    role = ENGINEER if needs_engineer(note) else CUSTOMER
    return Hazard(kind, role, note.strip())


def read_hazard(text: str) -> Hazard | None:
    """The hazard in running text: a signal note, or a reservation for qualified people."""
    if is_hazard_note(text) or needs_engineer(text):
        return classify(text)
    return None


def summary(hazards: list[Hazard]) -> dict[str, Any] | None:
    """One record for a passage: the strictest role, all classes, all notes."""
    if not hazards:
        return None
    return {
        "role": ENGINEER if any(item.role == ENGINEER for item in hazards) else CUSTOMER,
        "classes": list(dict.fromkeys(item.kind for item in hazards)),
        "notes": list(dict.fromkeys(item.note for item in hazards)),
    }
