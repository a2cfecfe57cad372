"""The dictionary: which files there are, and the forms of people, catalogue and devices."""

from __future__ import annotations

from careloop.crm_core.intake import form as f
from careloop.crm_core.intake import shapes as s
from careloop.crm_core.intake import words as w
from careloop.crm_core.intake.fault_headers import FAULTS
from careloop.crm_core.intake.form import Column, Form
from careloop.crm_core.intake.promise_headers import (
    CALENDARS,
    CONTRACT_DEVICES,
    CONTRACTS,
    COVERAGE,
    SLA_POLICIES,
)  # fmt: skip
from careloop.crm_core.intake.stock_headers import (
    LOCATIONS,
    STOCK,
    STOCK_BALANCES,
    STOCK_SERIALS,
)  # fmt: skip
from careloop.crm_core.intake.values import LARGEST_WHOLE
from careloop.crm_core.intake.visit_headers import LABOUR, PARTS_USED, TICKETS, VISITS

__all__ = ["FORMS", "Column", "Form"]

CUSTOMERS = f.form(
    "customers", "customer|clients|client|accounts|客户|客户资料|客户单位|用户单位", "number",
    f.must("number", s.key(40), f.CUSTOMER_NUMBER + "|customer|client|account|no|id|编号|代码"
            "|编码"),
    f.must("name", s.line(200), "customer name|company|company name|organisation|organization"
          "|客户名称|客户全称|名称|公司|公司名称|单位|单位名称|客户|客户单位"),
    f.column("country", s.COUNTRY, f.COUNTRY),
    f.column("language", s.LANGUAGE, f.LANGUAGE),
    f.column("city", s.line(100), f.CITY),
    f.column("address", s.line(300), "street|street address|地址|详细地址|通讯地址|客户地址"),
    f.column("industry", s.line(100), "sector|branch|行业|所属行业|行业类别"),
    f.column("tier", s.line(20, "standard"), "level|grade|class|segment|等级|级别|客户等级"
            "|客户级别"),
    f.column("time_zone", s.TIME_ZONE, f.ZONE),
)  # fmt: skip

CONTACTS = f.form(
    "contacts", "contact|contact persons|people|联系人|客户联系人|联系人资料",
    "customer + email, else phone, else name",
    f.must("customer", s.key(200), f.CUSTOMER + "|company|公司|公司名称"),
    f.column("name", s.line(200), "contact|contact name|full name|person|姓名|联系人|联系人姓名"
            "|名字"),
    f.column("email", s.EMAIL, f.EMAIL),
    f.column("phone", s.PHONE, f.PHONE),
    f.column("language", s.LANGUAGE, f.LANGUAGE),
    f.column("role", s.line(100), "position|job|job title|title|function|department|职务|职位|岗位"
            "|部门|角色"),
    f.column("wechat", s.line(200), "weixin|wechat id|微信|微信号"),
    f.column("whatsapp", s.PHONE, "whatsapp number|whats app"),
)  # fmt: skip

PRODUCTS = f.form(
    "products", "product|models|product models|model|产品|产品型号|型号|机型|产品目录", "model",
    f.must("model", s.key(80), f.MODEL_NUMBER + "|product code|number|编号|编码"),
    *f.names("product name|product|名称|产品名称|品名|产品"),
    f.column("family", s.line(100), "series|product line|product family|category|系列|产品系列"
            "|产品线"
            "|类别|分类|产品类别"),
    f.column("description", s.text(s.DESCRIPTION_CHARS), "specification|details|描述|说明|产品描述"
            "|规格|产品说明|技术参数"),
    f.column("warranty_months", s.whole(0, 1200, "months"), "warranty|warranty period|保修月数"
            "|保修期"
            "|质保期|质保月数|保修月|质保"),
)  # fmt: skip

PARTS = f.form(
    "parts", "part|spare parts|spares|备件|配件|零件|零部件|备品备件|备件目录", "number",
    f.must("number", s.key(60), f.PART + "|part|no|编号|编码"),
    *f.names("part name|description|designation|名称|备件名称|配件名称|零件名称|物料名称|品名"
            "|描述"),
    f.column("unit_price", s.PRICE, "price|list price|unit cost|单价|价格|售价|目录价|含税单价"),
    f.column("currency", s.CURRENCY, "currency code|币种|货币|币别"),
    f.column("lead_days", s.whole(0, 3650, "days"), "lead time|lead time days|delivery days"
            "|交货天数"
            "|货期|交期|供货周期|采购周期|交货期"),
    f.column("wear", s.YES_NO, "wear part|consumable|wearing part|易损件|是否易损|易损|耗材"
            "|是否易损件"),
    f.column("unit", s.line(20, "pcs"), "unit of measure|uom|单位|计量单位"),
    f.column("gtin", s.GTIN, "ean|upc|barcode|条码|商品条码"),
    f.column("tracking", s.vocabulary(w.TRACKING, "none"), "tracked by|追踪方式|管理方式"),
)  # fmt: skip

BOM = f.form(
    "bom", "bill of materials|parts list|parts lists|物料清单|产品物料清单|零件清单|部件清单"
    "|配置清单",
    "model + part + module",
    f.must("model", s.key(80), f.MODEL),
    f.must("part", s.key(60), f.PART),
    f.column("quantity", s.whole(1, LARGEST_WHOLE, empty=1), "qty|amount|count|pieces|数量|用量"
            "|单机用量"),
    f.column("module", s.line(100), "assembly|group|模块|部件|总成|所属模块|安装位置|位置"),
)  # fmt: skip

ASSETS = f.form(
    "assets", "asset|devices|equipment|installed base|machines|serials|设备|设备台账|资产|装机"
    "|装机档案"
    "|机器|设备档案|序列号", "serial",
    f.must("serial", s.key(80), f.SERIAL),
    f.must("model", s.key(80), f.MODEL),
    f.column("customer", s.key(200), f.CUSTOMER + "|owner|最终用户|end customer"),
    f.column("site", s.line(200), "location|installation site|installed at|place|room|站点|安装地点"
            "|安装位置|现场|使用地点|位置|场地|存放地点"),
    f.column("shipped_on", s.DAY, "shipped|ship date|shipping date|delivery date|delivered on"
            "|发货日期"
            "|出厂日期|出货日期|交付日期|发货时间"),
    f.column("installed_on", s.DAY, "installed|installation date|install date|commissioned on"
            "|start of operation|安装日期|装机日期|启用日期|投运日期|验收日期|安装时间"),
    f.column("warranty_until", s.DAY, "warranty|warranty end|warranty expiry|warranty end date"
            "|end of warranty|保修截止|保修到期|保修截止日期|保修到期日|质保到期|质保截止"
            "|保修期至|质保期至"
            "|质保到期日|质保截止日期"),
    f.column("firmware", s.line(40), "firmware version|software|software version|version|固件"
            "|固件版本"
            "|软件版本|版本"),
    f.column("usage_hours", s.HOURS, "hours|operating hours|running hours|run hours|运行小时"
            "|使用小时"
            "|累计小时|运行时间|运行时长|开机小时"),
    f.column("contract", s.key(60), f.CONTRACT),
    f.column("name", s.line(120), "device name|name of the device|设备名称|名称"),
    f.column("status", s.vocabulary(w.ASSET_STATES, None), "state|device status|设备状态|状态"),
)  # fmt: skip

COMPONENTS = f.form(
    "components", "component|device components|fitted parts|部件|设备部件|已装部件|组件|部件清单",
    "asset + position + fitted at",
    f.must("asset", s.key(80), f.SERIAL),
    f.must("position", s.key(120), "place|slot|安装位置|位置|部位|槽位"),
    f.column("parent", s.line(120), "parent position|上级位置|上级部件"),
    f.column("module", s.line(100), "assembly|group|模块|总成|所属模块"),
    f.column("name", s.line(200), "component name|component|部件名称|名称|组件名称"),
    f.column("part", s.key(60), f.PART),
    f.column("quantity", s.whole(1, LARGEST_WHOLE, empty=1), "qty|pieces|数量"),
    f.column("component_serial", s.key(80), "component serial number|part serial"
            "|serial of component"
            "|部件序列号|组件序列号|备件序列号"),
    f.column("lot", s.line(60), "batch|lot number|批次|批号"),
    f.column("fitted_at", s.MOMENT, "fitted|fitted on|installed on|installed|装入时间|安装日期"
            "|安装时间|装入日期"),
    f.column("removed_at", s.MOMENT, "removed|removed on|拆下时间|拆除时间|拆下日期"),
    f.column("work_order", s.line(40), "visit|派工单号"),
    f.column("removed_for", s.line(500), "removed because|reason|拆下原因|更换原因|原因"),
    f.column("warranty_until", s.DAY, "warranty|warranty end|保修截止|保修到期|质保到期"),
)  # fmt: skip

METERS = f.form(
    "meters", "meter|counters|计数器|仪表|计量表", "asset + name",
    f.must("asset", s.key(80), f.SERIAL),
    f.must("name", s.line(80), "meter|meter name|counter|计数器名称|计数器|名称|仪表名称"),
    f.column("unit", s.line(20), "unit of measure|uom|单位|计量单位"),
    f.column("kind", s.vocabulary(w.METER_KINDS, "counter"), "kind of meter|type|meter type"
            "|计数器类型|类型"),
    f.column("feeds_usage", s.YES_NO, "counts operating hours|operating hours|计入运行小时"
            "|运行小时"),
    f.column("rollover_at", s.decimal(0, 999_999_999_999_999, 3), "rolls over at|rollover|归零值"
            "|翻转值"),
)  # fmt: skip

READINGS = f.form(
    "readings", "reading|meter readings|counter readings|计数器读数|读数|抄表|抄表记录",
    "asset + meter + read at",
    f.must("asset", s.key(80), f.SERIAL),
    f.must("meter", s.line(80), "meter name|counter|name|计数器名称|计数器|仪表|仪表名称"),
    f.must("value", s.decimal(-999_999_999_999_999, 999_999_999_999_999, 3), "reading|count|读数"
          "|数值|值"),
    f.must("read_at", s.MOMENT, "read|date|time|read on|读取时间|读数时间|抄表时间|日期|时间"),
    f.column("kind", s.vocabulary(w.READING_KINDS, "reading"), "kind of reading|type|读数类型"
            "|类型"),
    f.column("source", s.line(40), "origin|来源|数据来源"),
    f.column("work_order", s.line(40), "visit|派工单号"),
    f.column("note", s.line(500), "remark|comment|备注|说明"),
)  # fmt: skip

ENGINEERS = f.form(
    "engineers", "engineer|technicians|field engineers|service engineers|工程师|服务工程师|技术员"
    "|工程师名单", "code",
    f.must("code", s.key(40), "engineer|engineer code|engineer id|employee number|employee id"
          "|staff no"
          "|number|id|工号|员工编号|工程师编号|编号|员工号"),
    f.must("name", s.line(200), "engineer name|full name|姓名|工程师|工程师姓名|名字"),
    f.column("email", s.EMAIL, f.EMAIL),
    f.column("phone", s.PHONE, f.PHONE),
    f.column("base_city", s.line(100), f.CITY + "|city|base|home city|location|常驻城市|驻地|常驻地"
            "|所在地"),
    f.column("lat", s.degrees(90), "latitude|纬度"),
    f.column("lon", s.degrees(180), "lng|long|longitude|经度"),
    f.column("time_zone", s.TIME_ZONE, f.ZONE),
    f.column("skills", s.LIST, "skill|qualifications|competences|技能|专长|资质|擅长"),
    f.column("level", s.SKILL_LEVEL, "grade|skill level|seniority|级别|等级|技能等级|职级"),
    f.column("languages", s.LANGUAGES, "language|spoken languages|语言|语种|会的语言"),
    f.column("shift", s.line(60), "working hours|working time|schedule|班次|工作时间|排班"),
    f.column("skill_levels", s.SKILL_LEVELS, "levels|level by skill|技能等级明细|分项等级"),
    f.column("areas", s.LIST, "area|regions|territory|服务区域|负责区域|区域"),
    f.column("tools", s.LIST, "tools carried|equipment carried|随身工具|工具"),
    f.column("van", s.key(80), "van location|vehicle|car stock|车载库|车辆"),
    f.column("daily_limit", s.whole(1, 50), "visits per day|max visits|每日上限|日上限"),
    f.column("active", s.YES_NO_OR_YES, "in service|employed|在岗|启用"),
    f.column("certificates", s.CERTIFICATES, "certificate|licences|papers|证书|资格证"),
)  # fmt: skip

STAFF = f.form(
    "staff",
    "users|colleagues|agents|员工|坐席|客服|用户|员工名单",
    "email",
    f.must("email", s.EMAIL, f.EMAIL + "|login|account|账号|登录名"),
    f.must("name", s.line(200), "full name|姓名|名字"),
    f.must("role", s.vocabulary(w.STAFF_ROLES, None), "job|function|角色|岗位|职务"),
    f.column("language", s.LANGUAGE, f.LANGUAGE),
)

# The order of loading: a file comes after those that it refers to.
FORMS: dict[str, Form] = {
    form.kind: form
    for form in (
        CUSTOMERS, PRODUCTS, PARTS, STAFF, ENGINEERS, BOM, CONTACTS, CALENDARS, SLA_POLICIES,
        CONTRACTS, COVERAGE, ASSETS, CONTRACT_DEVICES, COMPONENTS, METERS, READINGS, LOCATIONS,
        STOCK_BALANCES, STOCK, STOCK_SERIALS, FAULTS, TICKETS, VISITS, LABOUR, PARTS_USED,
    )
}  # fmt: skip
