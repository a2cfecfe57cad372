"""Names of service plans that are translated as words: the gold plan is 金牌 in the table."""

from __future__ import annotations

import re
from functools import lru_cache

_TH = r"(?:แพ็กเกจ|แพ็คเกจ|แผน|ระดับ|สัญญา)"
_FR = r"(?:plan|contrat|niveau|formule|forfait)"
"""Beside these words a metal is a plan's name."""
_NAMES: dict[str, str] = {
    "gold": r"金牌|金级|金卡|黄金|ゴールド|골드|ذهبي|الذهبي\w*|โกลด์|золот\w*|\bgold\w*|"
    rf"\boro\b|\bouro\b|\bdorad[oa]\b|{_FR} or\b|{_TH}ทอง|\bvàng\b",
    "silver": r"银牌|银级|银卡|白银|シルバー|실버|فضي|الفضي\w*|ซิลเวอร์|серебр\w*|"
    rf"\bsilver\b|\bsilber\w*|\bplata\b|\bprata\b|{_FR} argent\b|{_TH}เงิน|\bgói bạc\b",
    "bronze": r"铜牌|铜级|青铜|ブロンズ|브론즈|برونزي\w*|البرونزي\w*|ทองแดง|บรอนซ์|бронз\w*|"
    r"\bbron[zc]e\w*|\bgói đồng\b",
    "platinum": r"白金|铂金|プラチナ|플래티넘|بلاتيني\w*|البلاتيني\w*|แพลทินัม|платин\w*|"
    r"\bplatin\w*|\bbạch kim\b",
    "diamond": r"钻石|ダイヤモンド|다이아몬드|الماسي\w*|เพชร|бриллиант\w*|алмаз\w*|"
    r"\bdiam(?:ond|ante|ant)\w*|\bkim cương\b",
    "standard": r"标准|標準|スタンダード|スタンダート|표준|스탠다드|قياسي\w*|القياسي\w*|มาตรฐาน|"
    r"стандарт\w*|\bstandard\w*|\best[áa]ndar\b|\bpadrão\b|\btiêu chuẩn\b",
    "basic": r"基础|基本|ベーシック|베이직|기본|أساسي\w*|الأساسي\w*|พื้นฐาน|базов\w*|\bbasi[cs]\w*|"
    r"\bb[áa]sic[oa]\b|\bcơ bản\b",
    "premium": r"高级版|尊享|プレミアム|프리미엄|بريميوم|พรีเมียม|премиум\w*|\bpremium\b|\bcao cấp\b",
}  # fmt: skip
_PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _NAMES.items()}


@lru_cache(maxsize=16384)
def plans_in(text: str) -> frozenset[str]:
    """The plans that the text names, each by its English word."""
    return frozenset(name for name, pattern in _PATTERNS.items() if pattern.search(text))
