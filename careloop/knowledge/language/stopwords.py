"""Words that carry no topic: grammar, politeness, and the small change of a service request."""

from __future__ import annotations

_EN = """a an the this that these those it its i me my we us our you your he she they them
their is are
was were be been being am do does did done doing have has had having will would shall should can
could may might must of in on at to from for with by as about into onto over under than then so if
or and but not no nor yes what which who whom whose when where why how there here all any some each
just only very too also still again now please thanks thank hello hi hey dear sir madam regards
tell know want need get got give let make way thing something anything someone help question
explain say says mean means use used using out up down off because while during after before
between much many often ever per it's i'm don't doesn't isn't can't what's there's i've we've
happen happens going go come comes keep keeps seem seems like look looks today tomorrow"""
_ES = """un una unos unas el la los las lo este esta estos estas ese esa eso esto yo mi mis me nos
nuestro nuestra usted ustedes su sus se es son era fue ser estar esta estan estoy hay he ha han
haber
de del en a al con por para sin sobre entre desde hasta como que cual cuales quien cuando donde
cuanto
cuanta cuantos cuantas cada y o u e pero si no ni mas muy tambien ya todavia aun ahora favor gracias
hola buenos buenas dias tardes senor senora puedo puede pueden podria debo debe tengo tiene tener
hacer hago hace quiero necesito saber decir significa ayuda pregunta cosa algo porque mientras
despues antes durante hoy manana le les te tu mio donde vez veces sigue"""
_DE = """ein eine einen einem einer eines der die das den dem des dieser diese dieses ich mir
mich mein
meine meinen meinem meiner wir uns unser unsere unseren sie ihr ihre ihren es er man ist sind war
waren sein bin bei beim hat habe haben hatte wird werden wurde kann können könnte darf dürfen muss
müssen soll sollte sollen mag möchte will von vom im in am an auf zu zum zur mit für ohne über unter
aus nach vor um durch gegen als wie was welche welcher welches welchen welchem wer wen wem wann wo
warum wieso weshalb wieviel viel viele oft und oder aber nicht kein keine keinen nein ja auch noch
schon nur sehr jetzt bitte danke hallo guten tag morgen sehr geehrte damen herren hilfe frage tun
mache machen macht gibt geben etwas weil wenn dann dass ob da hier dort wieder heute bedeutet heißt
wissen brauche brauchen lange jedes jeder jede jeden pro seit während bis zwischen lassen"""
_FR = """un une des le la les l d du de ce cet cette ces je j me m mon ma mes nous notre nos
vous votre
vos il elle ils elles on se s son sa ses leur leurs est sont etait etre suis es ete a ai as ont avez
avons avoir y en dans sur sous avec sans pour par entre vers chez depuis jusque comme que qu
quoi quel
quelle quels quelles qui quand ou comment pourquoi combien et mais si ne n pas non oui plus tres
aussi
encore deja maintenant svp plait merci bonjour bonsoir monsieur madame peux peut pouvez pourrait
dois
doit faut faire fais fait faites veux voudrais besoin savoir dire signifie aide question chose
quelque
parce pendant apres avant aujourd hui demain c ca cela t lors chaque fois est-ce au aux"""
_PT = """um uma uns umas o a os as este esta estes estas esse essa isso isto eu me meu minha
meus minhas
nos nosso nossa voce voces seu sua seus suas ele ela eles elas se e sao era foi ser estar esta estao
estou ha tem tenho ter de do da dos das em no na nos nas ao aos com por para pelo pela sem sobre
entre
desde ate como que qual quais quem quando onde quanto quanta quantos quantas cada e ou mas se
nao nem
mais muito tambem ja ainda agora favor obrigado obrigada ola bom boa dia tarde senhor senhora posso
pode podem poderia devo deve preciso quero fazer faco faz saber dizer significa ajuda pergunta coisa
algo porque enquanto depois antes durante hoje amanha lhe vez vezes"""
_RU = """и в во на с со к ко у о об от до из за по под над при про для без через между это
этот эта эти
тот та те я мы вы он она оно они мне меня мой моя мое мои нас нам наш наша наше наши вас вам ваш
ваша
его ее их есть быть был была было были будет нет не ни да как что чего чем какой какая какое какие
каком какую кто когда где куда почему зачем сколько ли или но а если то же бы так там тут здесь
уже еще
очень тоже только можно нужно надо могу может можем должен должна должны есть хочу знать сказать
значит пожалуйста спасибо здравствуйте добрый день помощь вопрос делать сделать который которая
которые чтобы потому пока после перед во время снова опять сейчас каждый часто раз подскажите"""
_VI = """là và của có không được cho với trong ngoài trên dưới tại từ đến này kia đó tôi chúng
ta bạn
anh chị em mình nó họ các những một cái con chiếc thì mà nhưng hoặc hay nếu khi lúc nào đâu sao
gì ai
bao nhiêu như thế làm ơn xin chào cảm vui lòng cần phải muốn biết hỏi giúp rồi đang đã sẽ vẫn
cũng rất
quá lại còn chỉ theo về ra vào lên xuống bị do vì để ở ạ nhé tại sao bởi vậy hãy nên thể"""
_AR = """في من الى على عن مع هذا هذه ذلك تلك هو هي هم انا نحن انت انتم لي لنا لدي لدينا كان
كانت يكون
تكون هل ما ماذا متى اين كيف لماذا كم اي التي الذي الذين و او ثم لكن ان اذا لا لم لن ليس قد كل بعض
بعد قبل عند عندما حتى بين منذ ايضا فقط جدا الان يمكن يمكنني يجب اريد احتاج معرفه شكرا مرحبا السلام
عليكم فضلك رجاء مساعده سوال يعني تم به بها له لها فيه فيها"""
_TH = """ที่ และ ของ ใน เป็น มี ไม่ ได้ ให้ กับ จาก ว่า นี้ นั้น อะไร ทำไม อย่างไร ยังไง
เมื่อไร ที่ไหน
เท่าไร ไหม ครับ ค่ะ คะ ผม ฉัน เรา คุณ ต้อง จะ ก็ แล้ว หรือ แต่ ถ้า กรุณา ขอบคุณ สวัสดี ช่วย"""
_ZH = """的 了 是 在 我 我们 你 你们 您 他 她 它 他们 这 那 这个 那个 这些 那些 这台 那台 这里
那里 有 没有
和 与 及 或 或者 也 都 就 还 还是 又 再 很 太 非常 吗 呢 吧 啊 呀 嘛 哦 么 什么 什么样 怎么
怎么办 怎么样
怎样 如何 为什么 为何 哪 哪个 哪些 哪里 多少 几 谁 何时 什么时候 多久 多长时间 能 能不能 能否
可以 可不可以
是否 是不是 有没有 要 需要 想 应该 必须 会 请 请问 请教 谢谢 麻烦 您好 你好 帮 帮忙 帮我 一下
一个 一台 一些
把 被 给 让 对 对于 关于 从 到 向 由 于 以 因为 所以 如果 但 但是 而 而且 不 不是 没 别 已 已经
正在 着 过
上 下 里 中 后 前 时 时候 之 其 其中 以及 并 并且 等 等等 每 个 台 次 现在 今天 刚才 突然 一直
总是 出现 发生
情况 问题 怎么回事 回事 意思 知道 告诉 说 做 用 使用 进行 老师 咱们 呗 啥 咋 咋办 咋回事 属于
表示 代表 多大 多重 多长 多高 多快 多宽
多厚 多远 最 得 们 去 来 要是 不要 怎 感觉 一般 大概 到底 其实 反正 然后 就是 有点 还有
那边 这边 咱 俺 的话 请教一下"""
_JA = """は が を に で と の も へ や か ね よ から まで より など です ます ました ません
でした だ である する
した して しない い る た て な ない なら この その あの これ それ あれ どの どれ どこ いつ だれ
なに 何 なぜ
どう どのように どうすれば いくつ いくら ください 下さい お願い すみません ありがとう こと もの
とき ため よう
場合 方法 教えて 知り たい いい よい ですか ますか"""
_KO = """은 는 이 가 을 를 에 의 와 과 도 로 으로 에서 부터 까지 하고 그리고 그러나 또는 이것
그것 저것 이
그 저 무엇 뭐 어떻게 왜 언제 어디 누구 얼마나 얼마 몇 있습니다 있나요 없나요 합니다 하나요 해야
할까요
입니다 인가요 됩니다 되나요 안 못 수 것 좀 제 저희 우리 주세요 감사합니다 안녕하세요 알려 알고
싶어요 어떤"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STOPWORDS: dict[str, frozenset[str]] = {
    "en": _words(_EN), "es": _words(_ES), "de": _words(_DE), "fr": _words(_FR),
    "pt": _words(_PT), "ru": _words(_RU), "vi": _words(_VI), "ar": _words(_AR),
    "th": _words(_TH), "zh": _words(_ZH), "ja": _words(_JA), "ko": _words(_KO),
}  # fmt: skip

# Function words that tell close languages apart, as they are written.
MARKERS: dict[str, frozenset[str]] = {
    "en": _words(
        "the is are was what which how why when does do can and with for my our your this that "
        "have has not to of it please i we you should where there from at be"
    ),
    "es": _words(
        "el los las una qué cómo cuándo cuál cuánto dónde por qué es está están y con para mi "
        "nuestro nuestra del al hay puedo tengo se lo la hace debo cada sin muy hola gracias "
        "funciona no cuanto cuales cuantos cómo cual"
    ),
    "de": _words(
        "der die das den dem ein eine ist sind wie was warum wann welche und mit für mein meine "
        "unser nicht kein ich wir kann muss soll zu im am von bei wird werden es auf wo oft beim "
        "einen welcher unsere sie"
    ),
    "fr": _words(
        "le les une est sont comment pourquoi quand quel quelle combien et avec pour mon ma notre "
        "nous vous je pas ne du des au aux dans sur il elle faut puis-je peut faire que qui ce "
        "cette ça bonjour merci où"
    ),
    "pt": _words(
        "o os uma qual como quando onde quanto por que é está estão e com para meu minha nosso "
        "nossa do da dos das ao não posso tenho há fazer devo em no na cada muito você isso "
        "obrigado olá são"
    ),
    "vi": _words("là và của có không được cho với này tôi thế nào làm sao bao nhiêu khi máy bị gì"),
}
