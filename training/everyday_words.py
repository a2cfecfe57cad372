"""Everyday words of customers' messages, counted, for `careloop/knowledge/language/everyday.txt`.

    python -m training.everyday_words [--count]

Adds the words written down in `training/everyday` to those of the table. With `--count` also
reads the messages of `training/utterances`, leaves out what the termbase names, and keeps the
tokens that stand in at least `LEAST` messages; look these over, a thing may be among
them. Words such as "since", "yesterday", "boss" say
little about whether the library holds an answer.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from careloop.knowledge.language.detect import SUPPORTED
from careloop.knowledge.language.normalize import normalize
from careloop.knowledge.language.termbase import termbase
from careloop.knowledge.language.tokens import content_words

ROOT = Path(__file__).resolve().parent.parent
UTTERANCES = ROOT / "training" / "utterances"
AUTHORED = ROOT / "training" / "everyday"
TARGET = ROOT / "careloop" / "knowledge" / "language" / "everyday.txt"
LEAST = 3
LETTERS = 2
MACHINES = frozenset(
    """
    machin turbin dental sequenc combin forklift dishwash coffe licenc chair cabinet gaug hydraul
    laser robot crane lift gate film hospit truck panel program card print drive model code switch
    gas air water plant tool head product packag bottl attach audit court lawyer paper tomograph
    aufzug mahdresch stapl spulmaschin maschin kessel wea anwalt tor labor flasch sequenz programm
    rezept sond ascensor maquin automat cafeter lavavajill montacarg hospital variador cosech
    agu gas aire air piez plac cabezal prens tomograf torr receta recet papel botell hidraul oxigen
    secuenci analiz panel licenci empaqu abog cabin envas equip machin variateur chariot moisson
    sequenceur eolien gaz analyseur fauteuil ascenseur vapeur eau caf central avocat piec lign
    エレベーター フォークリフト プレス コーヒーマシン 风车 コンバイン マシニング ガス サー エアー
    エアコン 价格 部品 电源 엘리베이터 콤바인 에어 식기 지게차 레시피 변호사 maquin prens
    empilhadeir colheitadeir agu gas caf turbin secador dobradeir tomograf fus elev analis painel
    advog piv plac bot станк станок пресс погрузчик томограф вод котл кофемашин комбайн аппарат
    пульт газ анализатор лифт воздух секвенатор посудомойк дозатор автоклав тпа круг экспертиз
    nước điện nâng hấp nồi thang ron xe gas gặt dập cắt đèn ống nhiệt kim tủ ép đá kho luật
    قطعه ماكين ماكينه قهوه اشعه مصعد غلايه روبوت حصاده كهرباء ماء مكاء شاشه
    电梯 叉车 激光 测序 律师 通讯 标签 烟雾 玻璃 温控 声音 曝光 打印 样本 程序 系统 质量 技术 方案
    机房 故障 申请 取消 免费 感谢 防护 年检 人工 自动 支持
    """.split()  # noqa: SIM905
)
"""Counted, but the name of a thing, a machine or a wish: these do carry the topic."""


def everyday(lang: str) -> list[str]:
    """Tokens of ordinary words of one language, the most frequent first."""
    counts: Counter[str] = Counter()
    for path in sorted([*UTTERANCES.glob(f"{lang}.tsv"), *UTTERANCES.glob(f"{lang}_*.tsv")]):
        lines = path.read_text(encoding="utf-8").splitlines()
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            text = normalize(row["text"] or "", lang)
            for match in termbase().concepts(text, lang):
                text = text[: match.start] + " " * (match.end - match.start) + text[match.end :]
            counts.update({" ".join(unit) for unit in content_words(text, lang)})
    return [
        word
        for word, count in counts.most_common()
        if count >= LEAST
        and len(word) >= LETTERS
        and word not in MACHINES
        and not any(c.isdigit() for c in word)
    ]


def authored(lang: str) -> set[str]:
    """Tokens of the words of `training/everyday`, which no message need hold; what the termbase
    names is left out."""
    text = normalize((AUTHORED / f"{lang}.txt").read_text(encoding="utf-8"), lang)
    words = [word for word in text.split() if not termbase().concepts(word, lang)]
    return {" ".join(unit) for word in words for unit in content_words(word, lang)}


def main() -> None:
    lines: list[str] = []
    known: dict[str, list[str]] = {}
    for line in TARGET.read_text(encoding="utf-8").splitlines():
        known.setdefault(line.partition("\t")[0], []).append(line.partition("\t")[2])
    for lang in sorted(SUPPORTED):
        counted = everyday(lang) if "--count" in sys.argv else []
        words = list(dict.fromkeys([*known.get(lang, ()), *counted, *sorted(authored(lang))]))
        lines += [f"{lang}\t{word}" for word in words]
        print(lang, len(words), " ".join(words[:20]))
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
