"""How a kind of file is declared: its names, its natural key, its columns and their headers.

Headers are compared by `matching.column_of_header`, so case, spaces, width, dots and underscores
make no difference. Our own name of a column is always accepted; `a|b` lists the others, the
surer first.
"""

from __future__ import annotations

from dataclasses import dataclass

from careloop.crm_core.intake import shapes as s


@dataclass(frozen=True)
class Column:
    """One column: our name, what it holds, and the other headers it may have."""

    name: str
    shape: s.Shape
    accepts: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class Form:
    """One kind of file: the names it may have, its natural key and its columns."""

    kind: str
    names: tuple[str, ...]
    key: str
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


def column(name: str, shape: s.Shape, accepts: str = "", required: bool = False) -> Column:
    """A column; `a|b` lists the other headers it may have, the surer first."""
    return Column(name, shape, tuple(accepts.split("|")) if accepts else (), required)


def must(name: str, shape: s.Shape, accepts: str = "") -> Column:
    """A column that a file cannot do without."""
    return column(name, shape, accepts, required=True)


def form(kind: str, names: str, key: str, *columns: Column) -> Form:
    """A form; `a|b` lists the names its files may have."""
    return Form(kind, tuple(names.split("|")), key, columns)


CUSTOMER_NUMBER = (
    "customer number|customer no|customer code|customer id|account number|客户编号|客户号|客户代码"
    "|客户编码|客户ID"
)
CUSTOMER = f"{CUSTOMER_NUMBER}|client|account|客户|客户名称|客户单位|单位名称|使用单位|所属客户"
MODEL_NUMBER = (
    "product model|model number|model name|model code|type designation|machine|machine type"
    "|型号|产品型号|设备型号|机型|规格型号|产品编号|产品编码|适用机型|适用型号"
)
MODEL = f"{MODEL_NUMBER}|product|产品"
PART = (
    "part number|part no|pn|p/n|spare part|part code|material|material number|item number|sku"
    "|备件号|备件编号|备件编码|备件|配件号|配件编号|配件编码|零件号|零件编号|物料号|物料编号"
    "|物料编码|料号"
)
SERIAL = (
    "serial|serial number|serial no|sn|s/n|asset|asset number|asset no|asset tag|device"
    "|device number|machine number|equipment number|序列号|设备编号|设备序列号|机身号|机器编号"
    "|机号|出厂编号|设备号|资产编号|产品序列号"
)
CONTRACT = (
    "contract|contract number|contract no|agreement|agreement number|合同号|合同编号|合同|协议号"
    "|协议编号|协议|服务合同|服务协议"
)
EMAIL = "e-mail|mail|email address|邮箱|电子邮箱|电子邮件|邮件|邮箱地址"
PHONE = (
    "telephone|tel|mobile|mobile phone|cell|phone number|电话|手机|手机号|手机号码|联系电话"
    "|电话号码|座机"
)
LANGUAGE = "lang|preferred language|语言|语种|沟通语言|首选语言"
CITY = "town|城市|所在城市|地市"
COUNTRY = "country code|nation|国家|国家地区|国别|所在国家|国家代码"
ZONE = "timezone|tz|时区"

# Names in a language of their own; `name` alone is filed by the script it is written in.
NAME_LANGUAGES = {
    "zh": "中文名称|中文名|中文品名|chinese name|name chinese|name cn",
    "en": "英文名称|英文名|english name|name english",
    "es": "西班牙文名称|西班牙语名称|spanish name|nombre",
    "de": "德文名称|德语名称|german name|bezeichnung",
    "fr": "法文名称|法语名称|french name|nom",
    "pt": "葡萄牙文名称|葡萄牙语名称|portuguese name|nome",
    "ru": "俄文名称|俄语名称|russian name",
    "ja": "日文名称|日语名称|japanese name",
    "ko": "韩文名称|韩语名称|korean name",
    "ar": "阿拉伯文名称|阿拉伯语名称|arabic name",
    "vi": "越南文名称|越南语名称|vietnamese name",
    "th": "泰文名称|泰语名称|thai name",
}


def names(accepts: str) -> tuple[Column, ...]:
    """The columns of a name: one for no language, one for each language."""
    named = (column(f"name_{code}", s.line(200), others) for code, others in NAME_LANGUAGES.items())
    return (column("name", s.line(200), accepts), *named)
