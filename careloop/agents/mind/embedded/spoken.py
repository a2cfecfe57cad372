"""Digits and letters said as words, in every supported language."""

from __future__ import annotations

from functools import lru_cache

# 0 to 9 for each language; variants parted by `/`.
_DIGITS = {
    "en": "zero/oh/nought/naught one two/too three/tree four/fower five/fife six seven eight nine/niner",
    "de": "null eins/ein zwei/zwo drei vier fünf/fuenf sechs sieben acht neun",
    "es": "cero uno/un dos tres cuatro cinco seis siete ocho nueve",
    "fr": "zéro/zero un deux trois quatre cinq six sept huit neuf",
    "pt": "zero um dois três/tres quatro cinco seis/meia sete oito nove",
    "ru": "ноль/нуль один/раз/единица два три четыре пять шесть семь восемь девять",
    "vi": "không một/mốt hai ba bốn/tư năm/lăm sáu bảy/bẩy tám chín",
    "ar": "صفر واحد اثنان/اثنين/اتنين ثلاثة/ثلاث/تلاتة اربعة/أربعة/اربع خمسة/خمس ستة/ست سبعة/سبع ثمانية/ثمان/تمانية تسعة/تسع",
}
# The scripts without spaces: one sign or group for each digit.
_RUN_DIGITS = {
    "〇": "0", "零": "0", "洞": "0", "一": "1", "壹": "1", "幺": "1", "二": "2", "贰": "2", "两": "2",
    "三": "3", "叁": "3", "四": "4", "肆": "4", "五": "5", "伍": "5", "六": "6", "陆": "6", "七": "7",
    "柒": "7", "拐": "7", "八": "8", "捌": "8", "九": "9", "玖": "9", "勾": "9",
    "ゼロ": "0", "れい": "0", "いち": "1", "に": "2", "さん": "3", "よん": "4", "し": "4", "ご": "5",
    "ろく": "6", "なな": "7", "しち": "7", "はち": "8", "きゅう": "9", "まる": "0",
    "공": "0", "영": "0", "일": "1", "이": "2", "삼": "3", "사": "4", "오": "5", "육": "6", "륙": "6",
    "칠": "7", "팔": "8", "구": "9", "하나": "1", "둘": "2", "셋": "3", "넷": "4",
    "ศูนย์": "0", "หนึ่ง": "1", "เอ็ด": "1", "สอง": "2", "โท": "2", "สาม": "3", "สี่": "4", "ห้า": "5",
    "หก": "6", "เจ็ด": "7", "แปด": "8", "เก้า": "9",
}  # fmt: skip
_RUN_LETTERS = {
    "エー": "A", "ビー": "B", "シー": "C", "ディー": "D", "イー": "E", "エフ": "F", "ジー": "G",
    "エイチ": "H", "アイ": "I", "ジェー": "J", "ジェイ": "J", "ケー": "K", "ケイ": "K", "エル": "L",
    "エム": "M", "エヌ": "N", "オー": "O", "ピー": "P", "キュー": "Q", "アール": "R", "エス": "S",
    "ティー": "T", "ユー": "U", "ブイ": "V", "ダブリュー": "W", "エックス": "X", "ワイ": "Y", "ゼット": "Z",
    "에이": "A", "비": "B", "씨": "C", "시": "C", "디": "D", "에프": "F", "지": "G", "에이치": "H",
    "아이": "I", "제이": "J", "케이": "K", "엘": "L", "엠": "M", "엔": "N", "피": "P", "큐": "Q",
    "알": "R", "에스": "S", "티": "T", "유": "U", "브이": "V", "더블유": "W", "엑스": "X", "와이": "Y",
    "제트": "Z", "지트": "Z",
    "เอส": "S", "จี": "G", "บี": "B", "ซี": "C", "ดี": "D", "เอฟ": "F", "เอช": "H", "เจ": "J", "เค": "K",
    "แอล": "L", "เอ็ม": "M", "เอ็น": "N", "พี": "P", "อาร์": "R", "ที": "T", "วี": "V", "เอ็กซ์": "X",
}  # fmt: skip
_ALPHABET = (
    "alpha alfa|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliet juliett|kilo|lima|mike|"
    "november|oscar|papa|quebec|romeo|sierra|tango|uniform|victor|whiskey whisky|xray x-ray|yankee|zulu"
)
_OTHER_ALPHABETS = {
    "A": "anton adam", "B": "berta boy baker", "C": "cäsar caesar charly", "D": "dora david", "E": "emil easy",
    "F": "friedrich fox", "G": "gustav george", "H": "heinrich", "I": "ida", "J": "julius",
    "K": "kaufmann konrad", "L": "ludwig love", "M": "martha", "N": "nordpol nathan", "O": "otto",
    "P": "paula peter", "Q": "quelle", "R": "richard", "S": "samuel siegfried sugar",
    "T": "theodor", "U": "ulrich", "V": "viktor", "W": "wilhelm william", "X": "xanthippe",
    "Y": "ypsilon", "Z": "zacharias zeppelin zebra",
}  # fmt: skip
_LETTER_NAMES = {
    "A": "ay", "B": "bee be", "C": "cee sea", "D": "dee", "F": "eff efe", "G": "gee ge", "H": "aitch haitch hache ha",
    "J": "jay jota jot", "K": "kay ka", "L": "ell ele", "M": "em eme emm", "N": "en ene enn", "P": "pee pe",
    "Q": "cue queue cu ku", "R": "ar erre err", "S": "ess ese esse es", "T": "tee te", "V": "vee uve vau fau vê",
    "W": "doubleu dabliu", "X": "ex equis ix ics", "Y": "why wye ygriega", "Z": "zed zee zeta zett",
}  # fmt: skip
_CYRILLIC_LETTERS = dict(zip("абцдефгхийклмнопрстувз", "ABCDEFGHIJKLMNOPRSTUVZ", strict=True)) | {
    "эс": "S", "эф": "F", "эн": "N", "эм": "M", "эл": "L", "эр": "R", "икс": "X", "игрек": "Y", "ка": "K",
    "бэ": "B", "вэ": "V", "гэ": "G", "дэ": "D", "джи": "G", "пэ": "P", "тэ": "T", "цэ": "C", "дубль-вэ": "W",
}  # fmt: skip
_TENS = {
    "en": ("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
           "twenty thirty forty fifty sixty seventy eighty ninety"),
    "es": ("diez once doce trece catorce quince dieciséis/dieciseis diecisiete dieciocho diecinueve",
           "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa"),
    "fr": ("dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf",
           "vingt trente quarante cinquante soixante - quatre-vingt/quatre-vingts -"),
    "pt": ("dez onze doze treze catorze/quatorze quinze dezesseis/dezasseis dezessete/dezassete dezoito "
           "dezenove/dezanove", "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa"),
    "ru": ("десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать "
           "восемнадцать девятнадцать", "двадцать тридцать сорок пятьдесят шестьдесят семьдесят "
           "восемьдесят девяносто"),
    "de": ("zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
           "zwanzig dreißig/dreissig vierzig fünfzig sechzig siebzig achtzig neunzig"),
}  # fmt: skip
# 100 to 900 where they are words of their own.
_ROUND_HUNDREDS = {
    "es": "cien/ciento doscientos/doscientas trescientos cuatrocientos quinientos seiscientos "
          "setecientos ochocientos novecientos",
    "pt": "cem/cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos "
          "novecentos",
    "ru": "сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот",
}  # fmt: skip
_HUNDREDS = {
    "hundred",
    "hundert",
    "cien",
    "ciento",
    "cent",
    "cents",
    "cem",
    "cento",
    "сто",
    "百",
    "trăm",
}
_THOUSANDS = {
    "thousand",
    "tausend",
    "mil",
    "mille",
    "тысяча",
    "тысячи",
    "тысяч",
    "千",
    "nghìn",
    "ngàn",
}
_REPEATS = {
    "double": 2,
    "triple": 3,
    "treble": 3,
    "doppel": 2,
    "doble": 2,
    "двойной": 2,
    "doppelt": 2,
    "dobro": 2,
}
_DASHES = frozenset(
    [
        "dash",
        "minus",
        "hyphen",
        "bindestrich",
        "strich",
        "guion",
        "guión",
        "menos",
        "raya",
        "tiret",
        "moins",
        "hífen",
        "traço",
        "тире",
        "дефис",
        "минус",
        "gạch",
        "ngang",
        "dấu",
        # signs and words that only say what kind of character follows
        "punkt",
        "punto",
        "dot",
        "ponto",
        "point",
        "точка",
        "space",
        "leerzeichen",
        "espacio",
        "capital",
        "uppercase",
        "letter",
        "buchstabe",
        "letra",
        "lettre",
        "mayúscula",
        "maiúscula",
        "буква",
        "gedankenstrich",
        "trennstrich",
        "barre",
        "um",
        "uh",
        "er",
        "äh",
        "ähm",
        "eh",
        "euh",
        "شرطة",
        "slash",
        "schrägstrich",
        "barra",
        "y",
        "e",
        "et",
        "und",
        "and",
        "ו",
        "و",
    ]
)
_RUN_DASHES = (
    "横杠",
    "横线",
    "短横",
    "减号",
    "破折号",
    "中划线",
    "杠",
    "减",
    "ハイフン",
    "の",
    "하이픈",
    "다시",
    "대시",
    "ขีด",
    "แล้วก็",
    "然后",
    "然後",
    "字母",
    "大写",
    "小写",
    "英文",
    "连字符",
    "短杠",
    "横",
    "斜杠",
    "空格",
    "点",
    "嗯",
    "呃",
    "大文字",
    "スラッシュ",
    "대문자",
    "，",
    "、",
)

AND = frozenset(["and", "und", "y", "e", "et", "и"])
"""Words inside one number: `six hundred and twelve`."""
SPELLED_AS = frozenset(
    [
        "as in", "as", "for", "like", "like in", "wie", "wie in", "wie bei", "von", "de", "como",
        "como en", "como em", "comme", "comme dans", "как", "như",
    ]
)  # fmt: skip
"""Between a letter and the word that explains it: `B wie Berta`, `S de Sevilla`."""

RUN_WORDS: dict[str, str] = {**_RUN_DIGITS, **_RUN_LETTERS, **dict.fromkeys(_RUN_DASHES, "")}
"""What one group in a script without spaces stands for; "" for a spoken dash."""
LONGEST_RUN_WORD = max(map(len, RUN_WORDS))


@lru_cache(maxsize=1)
def spoken_words() -> dict[str, str]:
    """Lower-case word to the characters it stands for; "" for a spoken dash."""
    words: dict[str, str] = dict.fromkeys(_DASHES, "")
    words["ray"] = ""  # `x-ray` comes as two words, of which the first spells itself
    for letter, names in _LETTER_NAMES.items():
        words.update(dict.fromkeys(names.split(), letter))
    words.update(_CYRILLIC_LETTERS)
    for letter, names in _OTHER_ALPHABETS.items():
        words.update(dict.fromkeys(names.split(), letter))
    for number, names in enumerate(_ALPHABET.split("|")):
        words.update(dict.fromkeys(names.split(), chr(ord("A") + number)))
    for row in _DIGITS.values():
        for digit, names in enumerate(row.split()):
            words.update(dict.fromkeys(names.split("/"), str(digit)))
    for teens, tens in _TENS.values():
        for number, names in enumerate(teens.split(), start=10):
            words.update(dict.fromkeys(names.split("/"), str(number)))
        for number, names in enumerate(tens.split(), start=2):
            words.update(dict.fromkeys(names.split("/"), f"{number}0"))
    words.pop("-", None)
    for row in _ROUND_HUNDREDS.values():
        for number, names in enumerate(row.split(), start=1):
            words.update(dict.fromkeys(names.split("/"), f"{number}00"))
    words.update(_german_compounds())
    words.update(_spanish_twenties())
    return words


def _german_compounds() -> dict[str, str]:
    """`dreiundzwanzig`, `zweihundert`, `zweitausend` and the like."""
    ones = ["-", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"]
    found = {"hundert": "100", "tausend": "1000"}
    for tens, names in enumerate(_TENS["de"][1].split(), start=2):
        for name in names.split("/"):
            for one in range(1, 10):
                found[f"{ones[one]}und{name}"] = f"{tens}{one}"
    below = {ones[one]: f"{one}" for one in range(2, 10)} | {"eins": "1"}
    for number, name in enumerate(_TENS["de"][0].split(), start=10):
        below[name] = str(number)
    below |= {name: f"{tens}0" for tens, row in enumerate(_TENS["de"][1].split(), start=2)
              for name in row.split("/")}  # fmt: skip
    below |= {word: value for word, value in found.items() if len(value) == 2}
    for size, zeros in (("hundert", 2), ("tausend", 3)):
        for one in range(1, 10):
            found[ones[one] + size] = f"{one}" + "0" * zeros
            for word, value in below.items():
                found[ones[one] + size + word] = f"{one}" + value.zfill(zeros)
    return found


def _spanish_twenties() -> dict[str, str]:
    """`veintiuno` to `veintinueve`, with and without accents."""
    names = "uno/ún/un dos/dós tres/trés cuatro cinco seis/séis siete ocho nueve"
    return {
        f"veinti{name}": f"2{one}"
        for one, row in enumerate(names.split(), start=1)
        for name in row.split("/")
    }


def is_tens(word: str) -> bool:
    """Whether a digit may follow to make one number: `twenty` `three`."""
    value = spoken_words().get(word, "")
    return len(value) == 2 and value[1] == "0" and value != "10"


def factor(word: str) -> int:
    """100 or 1000 for a word of that size, else 0."""
    if word in _HUNDREDS:
        return 100
    return 1000 if word in _THOUSANDS else 0


def repeats(word: str) -> int:
    """2 for `double`, 3 for `triple`, else 0."""
    return _REPEATS.get(word, 0)
