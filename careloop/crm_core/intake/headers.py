"""The dictionary: which files there are, their columns, and the headers accepted for each.

Headers are compared by `matching.column_of_header`, so case, spaces, width, dots and underscores
make no difference. Our own name of a column is always accepted; `a|b` lists the others, the
surer first.
"""

from __future__ import annotations

from dataclasses import dataclass

from careloop.crm_core.intake import shapes as s
from careloop.crm_core.intake import words as w
from careloop.crm_core.intake.values import LARGEST_WHOLE


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


def _column(name: str, shape: s.Shape, accepts: str = "", required: bool = False) -> Column:
    return Column(name, shape, tuple(accepts.split("|")) if accepts else (), required)


def _must(name: str, shape: s.Shape, accepts: str = "") -> Column:
    return _column(name, shape, accepts, required=True)


def _form(kind: str, names: str, key: str, *columns: Column) -> Form:
    return Form(kind, tuple(names.split("|")), key, columns)


_CUSTOMER_NUMBER = (
    "customer number|customer no|customer code|customer id|account number|客户编号|客户号|客户代码"
    "|客户编码|客户ID"
)
_CUSTOMER = f"{_CUSTOMER_NUMBER}|client|account|客户|客户名称|客户单位|单位名称|使用单位|所属客户"
_MODEL_NUMBER = (
    "product model|model number|model name|model code|type designation|machine|machine type"
    "|型号|产品型号|设备型号|机型|规格型号|产品编号|产品编码|适用机型|适用型号"
)
_MODEL = f"{_MODEL_NUMBER}|product|产品"
_PART = (
    "part number|part no|pn|p/n|spare part|part code|material|material number|item number|sku"
    "|备件号|备件编号|备件编码|备件|配件号|配件编号|配件编码|零件号|零件编号|物料号|物料编号"
    "|物料编码|料号"
)
_SERIAL = (
    "serial|serial number|serial no|sn|s/n|asset|asset number|asset no|asset tag|device"
    "|device number|machine number|equipment number|序列号|设备编号|设备序列号|机身号|机器编号"
    "|机号|出厂编号|设备号|资产编号|产品序列号"
)
_CONTRACT = (
    "contract|contract number|contract no|agreement|agreement number|合同号|合同编号|合同|协议号"
    "|协议编号|协议|服务合同|服务协议"
)
_EMAIL = "e-mail|mail|email address|邮箱|电子邮箱|电子邮件|邮件|邮箱地址"
_PHONE = (
    "telephone|tel|mobile|mobile phone|cell|phone number|电话|手机|手机号|手机号码|联系电话"
    "|电话号码|座机"
)
_LANGUAGE = "lang|preferred language|语言|语种|沟通语言|首选语言"
_CITY = "town|城市|所在城市|地市"
_COUNTRY = "country code|nation|国家|国家地区|国别|所在国家|国家代码"
_ZONE = "timezone|tz|时区"

# Names in a language of their own; `name` alone is filed by the script it is written in.
_NAME_LANGUAGES = {
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


def _names(accepts: str) -> tuple[Column, ...]:
    named = (
        _column(f"name_{code}", s.line(200), others) for code, others in _NAME_LANGUAGES.items()
    )
    return (_column("name", s.line(200), accepts), *named)


CUSTOMERS = _form(
    "customers", "customer|clients|client|accounts|客户|客户资料|客户单位|用户单位", "number",
    _must("number", s.key(40), _CUSTOMER_NUMBER + "|customer|client|account|no|id|编号|代码|编码"),
    _must("name", s.line(200), "customer name|company|company name|organisation|organization"
          "|客户名称|客户全称|名称|公司|公司名称|单位|单位名称|客户|客户单位"),
    _column("country", s.COUNTRY, _COUNTRY),
    _column("language", s.LANGUAGE, _LANGUAGE),
    _column("city", s.line(100), _CITY),
    _column("address", s.line(300), "street|street address|地址|详细地址|通讯地址|客户地址"),
    _column("industry", s.line(100), "sector|branch|行业|所属行业|行业类别"),
    _column("tier", s.line(20, "standard"), "level|grade|class|segment|等级|级别|客户等级"
            "|客户级别"),
    _column("time_zone", s.TIME_ZONE, _ZONE),
)  # fmt: skip

CONTACTS = _form(
    "contacts", "contact|contact persons|people|联系人|客户联系人|联系人资料",
    "customer + email, else phone, else name",
    _must("customer", s.key(200), _CUSTOMER + "|company|公司|公司名称"),
    _column("name", s.line(200), "contact|contact name|full name|person|姓名|联系人|联系人姓名"
            "|名字"),
    _column("email", s.EMAIL, _EMAIL),
    _column("phone", s.PHONE, _PHONE),
    _column("language", s.LANGUAGE, _LANGUAGE),
    _column("role", s.line(100), "position|job|job title|title|function|department|职务|职位|岗位"
            "|部门|角色"),
    _column("wechat", s.line(200), "weixin|wechat id|微信|微信号"),
    _column("whatsapp", s.PHONE, "whatsapp number|whats app"),
)  # fmt: skip

PRODUCTS = _form(
    "products", "product|models|product models|model|产品|产品型号|型号|机型|产品目录", "model",
    _must("model", s.key(80), _MODEL_NUMBER + "|product code|number|编号|编码"),
    *_names("product name|product|名称|产品名称|品名|产品"),
    _column("family", s.line(100), "series|product line|product family|category|系列|产品系列"
            "|产品线"
            "|类别|分类|产品类别"),
    _column("description", s.text(s.DESCRIPTION_CHARS), "specification|details|描述|说明|产品描述"
            "|规格|产品说明|技术参数"),
    _column("warranty_months", s.whole(0, 1200, "months"), "warranty|warranty period|保修月数"
            "|保修期"
            "|质保期|质保月数|保修月|质保"),
)  # fmt: skip

PARTS = _form(
    "parts", "part|spare parts|spares|备件|配件|零件|零部件|备品备件|备件目录", "number",
    _must("number", s.key(60), _PART + "|part|no|编号|编码"),
    *_names("part name|description|designation|名称|备件名称|配件名称|零件名称|物料名称|品名|描述"),
    _column("unit_price", s.PRICE, "price|list price|unit cost|单价|价格|售价|目录价|含税单价"),
    _column("currency", s.CURRENCY, "currency code|币种|货币|币别"),
    _column("lead_days", s.whole(0, 3650, "days"), "lead time|lead time days|delivery days|交货天数"
            "|货期|交期|供货周期|采购周期|交货期"),
    _column("wear", s.YES_NO, "wear part|consumable|wearing part|易损件|是否易损|易损|耗材"
            "|是否易损件"),
)  # fmt: skip

BOM = _form(
    "bom", "bill of materials|parts list|parts lists|物料清单|产品物料清单|零件清单|部件清单"
    "|配置清单",
    "model + part + module",
    _must("model", s.key(80), _MODEL),
    _must("part", s.key(60), _PART),
    _column("quantity", s.whole(1, LARGEST_WHOLE, empty=1), "qty|amount|count|pieces|数量|用量"
            "|单机用量"),
    _column("module", s.line(100), "assembly|group|模块|部件|总成|所属模块|安装位置|位置"),
)  # fmt: skip

CONTRACTS = _form(
    "contracts", "contract|service contracts|agreements|service agreements|协议|合同|服务合同"
    "|服务协议"
    "|维保合同|维保协议", "number",
    _must("number", s.key(60), _CONTRACT + "|no|id|编号"),
    _must("customer", s.key(200), _CUSTOMER),
    _column("plan", s.line(60), "contract type|type|service level|sla|package|合同类型|服务等级"
            "|服务级别|协议类型|套餐|服务类型|类型"),
    _column("starts_on", s.DAY, "start|start date|valid from|from|begin|开始日期|生效日期|起始日期"
            "|开始时间|起始日|合同开始"),
    _column("ends_on", s.DAY, "end|end date|valid to|valid until|until|to|expiry|expiry date"
            "|结束日期"
            "|到期日期|终止日期|截止日期|结束时间|到期日|合同结束"),
    _column("response_hours", s.whole(0, 8760, "hours"), "response|response time|响应小时|响应时间"
            "|响应时限|响应时间小时"),
    _column("onsite_hours", s.whole(0, 8760, "hours"), "on site|on site time|onsite|上门小时"
            "|到场时间"
            "|到场时限|上门时间|上门时限|到场小时"),
    _column("covers", s.text(2000), "coverage|services|included|scope|服务内容|包含内容|服务范围"
            "|覆盖范围"),
)  # fmt: skip

ASSETS = _form(
    "assets", "asset|devices|equipment|installed base|machines|serials|设备|设备台账|资产|装机"
    "|装机档案"
    "|机器|设备档案|序列号", "serial",
    _must("serial", s.key(80), _SERIAL),
    _must("model", s.key(80), _MODEL),
    _column("customer", s.key(200), _CUSTOMER + "|owner|最终用户|end customer"),
    _column("site", s.line(200), "location|installation site|installed at|place|room|站点|安装地点"
            "|安装位置|现场|使用地点|位置|场地|存放地点"),
    _column("shipped_on", s.DAY, "shipped|ship date|shipping date|delivery date|delivered on"
            "|发货日期"
            "|出厂日期|出货日期|交付日期|发货时间"),
    _column("installed_on", s.DAY, "installed|installation date|install date|commissioned on"
            "|start of operation|安装日期|装机日期|启用日期|投运日期|验收日期|安装时间"),
    _column("warranty_until", s.DAY, "warranty|warranty end|warranty expiry|warranty end date"
            "|end of warranty|保修截止|保修到期|保修截止日期|保修到期日|质保到期|质保截止"
            "|保修期至|质保期至"
            "|质保到期日|质保截止日期"),
    _column("firmware", s.line(40), "firmware version|software|software version|version|固件"
            "|固件版本"
            "|软件版本|版本"),
    _column("usage_hours", s.HOURS, "hours|operating hours|running hours|run hours|运行小时"
            "|使用小时"
            "|累计小时|运行时间|运行时长|开机小时"),
    _column("contract", s.key(60), _CONTRACT),
)  # fmt: skip

ENGINEERS = _form(
    "engineers", "engineer|technicians|field engineers|service engineers|工程师|服务工程师|技术员"
    "|工程师名单", "code",
    _must("code", s.key(40), "engineer|engineer code|engineer id|employee number|employee id"
          "|staff no"
          "|number|id|工号|员工编号|工程师编号|编号|员工号"),
    _must("name", s.line(200), "engineer name|full name|姓名|工程师|工程师姓名|名字"),
    _column("email", s.EMAIL, _EMAIL),
    _column("phone", s.PHONE, _PHONE),
    _column("base_city", s.line(100), _CITY + "|city|base|home city|location|常驻城市|驻地|常驻地"
            "|所在地"),
    _column("lat", s.degrees(90), "latitude|纬度"),
    _column("lon", s.degrees(180), "lng|long|longitude|经度"),
    _column("time_zone", s.TIME_ZONE, _ZONE),
    _column("skills", s.LIST, "skill|qualifications|competences|技能|专长|资质|擅长"),
    _column("level", s.SKILL_LEVEL, "grade|skill level|seniority|级别|等级|技能等级|职级"),
    _column("languages", s.LANGUAGES, "language|spoken languages|语言|语种|会的语言"),
    _column("shift", s.line(60), "working hours|working time|schedule|班次|工作时间|排班"),
)  # fmt: skip

STOCK = _form(
    "stock", "inventory|stock levels|stock balances|库存|备件库存|库存余额|库存清单|配件库存",
    "location + part",
    _must("location", s.key(80), "warehouse|store|stock location|place|depot|bin|仓库|库位|库房"
          "|仓库名称|存放地点|仓库编号|库存地点|地点"),
    _column("level", s.vocabulary(w.STOCK_LEVELS, None), "location level|location type"
            "|warehouse type|type|层级|级别|仓库类型|仓库级别|库级"),
    _must("part", s.key(60), _PART),
    _must("quantity", s.whole(0, LARGEST_WHOLE), "qty|on hand|stock|available|balance|数量|库存"
          "|库存数量|现有量|在库数量|结存|现存量"),
    _column("min", s.whole(0, LARGEST_WHOLE), "minimum|min stock|safety stock|reorder point|最小"
            "|最小库存|安全库存|下限|最低库存"),
    _column("max", s.whole(0, LARGEST_WHOLE), "maximum|max stock|target stock|最大|最大库存|上限"
            "|最高库存"),
)  # fmt: skip

TICKETS = _form(
    "tickets", "ticket|cases|work orders|service orders|service requests|service tickets|工单"
    "|服务工单"
    "|报修单|维修单|报修记录|维修记录|服务记录", "number",
    _must("number", s.key(40), "ticket number|ticket no|ticket|case|case number|work order"
          "|work order number|service order|id|no|工单号|工单编号|单号|编号|服务单号|报修单号"
          "|维修单号"),
    _column("type", s.vocabulary(w.TICKET_TYPES, "incident"), "ticket type|kind|category"
            "|service type|类型|工单类型|服务类型|类别"),
    _column("customer", s.key(200), _CUSTOMER),
    _column("contact_email", s.key(254), "contact|contact mail|contact phone|contact name|reporter"
            "|联系人|联系人邮箱|联系邮箱|报修人|联系人电话|报修人电话|email|邮箱"),
    _column("asset", s.key(80), _SERIAL),
    _column("model", s.key(80), _MODEL),
    _column("title", s.line(300), "subject|summary|short text|short description|标题|主题|故障现象"
            "|问题标题|摘要|简述|问题"),
    _column("description", s.text(s.DESCRIPTION_CHARS), "details|problem|long text"
            "|problem description"
            "|fault description|描述|问题描述|故障描述|详情|详细描述|说明|内容"),
    _column("error_codes", s.LIST, "error code|fault code|alarm|alarm code|故障代码|错误代码"
            "|报警代码"
            "|错误码|故障码|报警码"),
    _column("language", s.LANGUAGE, _LANGUAGE),
    _column("priority", s.vocabulary(w.PRIORITIES, "normal"), "urgency|severity|优先级|紧急程度"
            "|严重程度|紧急度"),
    _column("state", s.vocabulary(w.TICKET_STATES, None), "status|ticket status|ticket state|状态"
            "|工单状态|处理状态|进度"),
    _column("created_at", s.MOMENT, "created|created on|opened|opened at|date|creation date"
            "|reported at|received at|创建时间|创建日期|报修时间|报修日期|提交时间|受理时间|日期"
            "|开单时间"),
    _column("resolved_at", s.MOMENT, "resolved|resolved on|solved at|fixed at|解决时间|解决日期"
            "|修复时间|处理完成时间"),
    _column("closed_at", s.MOMENT, "closed|closed on|completed at|completion date|finished at"
            "|关闭时间|关闭日期|完成时间|完成日期|结案时间|结单时间"),
    _column("engineer", s.key(200), "engineer code|technician|assigned to|field engineer|工程师"
            "|工程师编号|服务工程师|处理人|维修人员|责任工程师|工号"),
    _column("callback_phone", s.PHONE, "callback|phone|telephone|回拨电话|回电号码|联系电话|电话"),
    _column("channel", s.line(20), "source|origin|channel of contact|渠道|来源|报修渠道|受理渠道"),
    _column("first_diagnosis", s.line(200), "first diagnosis|initial diagnosis|初步诊断|初判"
            "|初步判断"),
    _column("true_fault", s.line(200), "true fault|fault|actual fault|root fault|实际故障|最终故障"
            "|故障类型|真实故障"),
    _column("component", s.line(200), "faulty component|failed component|故障部件|部件|故障部位"
            "|故障模块"),
    _column("symptom", s.line(500), "symptoms|症状|现象"),
    _column("cause", s.line(1000), "root cause|reason|原因|故障原因|根本原因|原因分析"),
    _column("remedy", s.line(2000), "solution|resolution|action|repair action|措施|解决措施"
            "|处理措施"
            "|解决方案|处理结果|解决办法|处理方法|维修措施"),
    _column("parts_used", s.QUANTITIES, "used parts|replaced parts|spare parts used|使用备件"
            "|更换备件"
            "|所用备件|消耗备件|更换配件|使用配件"),
    _column("visits", s.whole(0, 1000), "site visits|number of visits|上门次数|到场次数|出工次数"),
    _column("labour_hours", s.decimal(0, 100_000, 2), "labor hours|work hours|working hours|工时"
            "|维修工时|工时小时|作业工时"),
)  # fmt: skip

STAFF = _form(
    "staff",
    "users|colleagues|agents|员工|坐席|客服|用户|员工名单",
    "email",
    _must("email", s.EMAIL, _EMAIL + "|login|account|账号|登录名"),
    _must("name", s.line(200), "full name|姓名|名字"),
    _must("role", s.vocabulary(w.STAFF_ROLES, None), "job|function|角色|岗位|职务"),
    _column("language", s.LANGUAGE, _LANGUAGE),
)

# The order of loading: a file comes after those that it refers to.
FORMS: dict[str, Form] = {
    form.kind: form
    for form in (
        CUSTOMERS, PRODUCTS, PARTS, STAFF, ENGINEERS, BOM, CONTACTS, CONTRACTS, ASSETS, STOCK,
        TICKETS,
    )
}  # fmt: skip
