"""Forms of calendars, service levels and contracts."""

from __future__ import annotations

from careloop.crm_core.intake import form as f
from careloop.crm_core.intake import shapes as s
from careloop.crm_core.intake import words as w

CALENDARS = f.form(
    "calendars", "calendar|business calendars|working calendars|working hours|日历|工作日历"
    "|服务日历|工作时间", "code",
    f.must("code", s.key(60), "calendar|calendar code|number|日历编号|日历代码|编号|代码|日历"),
    f.column("name", s.line(120), "calendar name|description|日历名称|名称"),
    f.column("time_zone", s.TIME_ZONE, f.ZONE),
    f.column("always", s.YES_NO, "around the clock|24/7|day and night|全天候|昼夜不停"),
    f.column("monday", s.SPANS, "mon|星期一|周一"),
    f.column("tuesday", s.SPANS, "tue|星期二|周二"),
    f.column("wednesday", s.SPANS, "wed|星期三|周三"),
    f.column("thursday", s.SPANS, "thu|星期四|周四"),
    f.column("friday", s.SPANS, "fri|星期五|周五"),
    f.column("saturday", s.SPANS, "sat|星期六|周六"),
    f.column("sunday", s.SPANS, "sun|星期日|周日|星期天"),
    f.column("country", s.COUNTRY, "holidays of|public holidays|" + f.COUNTRY + "|节假日国家"),
    f.column("subdivision", s.line(10), "state|region|holidays of region|州|省|节假日地区"),
    f.column("days_off", s.DAYS_OFF, "days without work|company holidays|holidays|休息日|公司假日"
             "|放假日"),
    f.column("extra_days", s.EXTRA_DAYS, "extra working days|days worked|加班日|调休上班日"
             "|额外工作日"),
)  # fmt: skip

SLA_POLICIES = f.form(
    "sla_policies", "sla policy|service levels|service level policies|sla|时限策略|服务等级策略"
    "|服务级别|SLA策略", "code",
    f.must("code", s.key(60), "policy|policy code|sla|sla policy|number|策略|策略编号|策略代码"
           "|编号|代码"),
    f.column("name", s.line(120), "policy name|description|策略名称|名称"),
    f.column("active", s.YES_NO_OR_YES, "in use|enabled|启用|在用|是否启用"),
    f.column("fallback", s.YES_NO, "default|for all others|默认|兜底"),
    f.column("plans", s.LIST, "contract types|for plans|合同类型|适用合同类型"),
    f.column("tiers", s.LIST, "customer tiers|for tiers|客户等级|适用客户等级"),
    f.column("calendar", s.key(60), "calendar code|business calendar|日历|工作日历"),
    f.column("warn_percent", s.whole(1, 99, empty=75), "warn at (%)|warning percent|预警百分比"
             "|预警比例"),
    f.column("targets", s.TARGETS, "promises|times|目标|时限|承诺时限"),
    f.column("pauses", s.PAUSES, "pauses in|stands still in|暂停状态|暂停"),
    f.column("steps", s.STEPS, "escalation|ladder|升级步骤|升级"),
)  # fmt: skip

CONTRACTS = f.form(
    "contracts", "contract|service contracts|agreements|service agreements|协议|合同|服务合同"
    "|服务协议"
    "|维保合同|维保协议", "number",
    f.must("number", s.key(60), f.CONTRACT + "|no|id|编号"),
    f.must("customer", s.key(200), f.CUSTOMER),
    f.column("plan", s.line(60), "contract type|type|service level|sla|package|合同类型|服务等级"
            "|服务级别|协议类型|套餐|服务类型|类型"),
    f.column("starts_on", s.DAY, "start|start date|valid from|from|begin|开始日期|生效日期|起始日期"
            "|开始时间|起始日|合同开始"),
    f.column("ends_on", s.DAY, "end|end date|valid to|valid until|until|to|expiry|expiry date"
            "|结束日期"
            "|到期日期|终止日期|截止日期|结束时间|到期日|合同结束"),
    f.column("response_hours", s.whole(0, 8760, "hours"), "response|response time|响应小时|响应时间"
            "|响应时限|响应时间小时"),
    f.column("onsite_hours", s.whole(0, 8760, "hours"), "on site|on site time|onsite|上门小时"
            "|到场时间"
            "|到场时限|上门时间|上门时限|到场小时"),
    f.column("covers", s.text(2000), "coverage|services|included|scope|服务内容|包含内容|服务范围"
            "|覆盖范围"),
    f.column("signed", s.YES_NO_OR_YES, "binding|已签署|已签订|签署"),
    f.column("covers_all", s.YES_NO, "covers all devices|all devices|覆盖全部设备|全部设备"),
    f.column("price_amount", s.PRICE, "contract price|price|amount|fee|合同金额|金额|价格|合同价"),
    f.column("price_currency", s.CURRENCY, "currency|币种|货币|币别"),
    f.column("price_period", s.vocabulary(w.PERIODS, ""), "price per|billed per|计费周期|付款周期"),
    f.column("terminated_on", s.DAY, "terminated|terminated early on|提前终止日期|解约日期"),
    f.column("sla_policy", s.key(60), "sla policy|service level policy|policy|时限策略|SLA策略"),
    f.column("calendar", s.key(60), "business calendar|calendar code|日历|工作日历"),
)  # fmt: skip

COVERAGE = f.form(
    "coverage", "contract coverage|coverage lines|contract lines|合同覆盖|合同条款|合同明细"
    "|服务条款",
    "contract + position",
    f.must("contract", s.key(60), f.CONTRACT),
    f.must("position", s.whole(0, 1000), "line|line number|no|item|行号|序号|项次"),
    f.must("what", s.vocabulary(w.COVERAGES, None), "service|kind|type|服务项目|服务|项目|类型"),
    f.column("share", s.whole(0, 100, empty=100), "percent|share percent|share (%)|承担比例|比例"
            "|承担百分比"),
    f.column("parts", s.LIST, "part numbers|which parts|备件范围|备件|备件号"),
    f.column("visits", s.whole(0, 1000), "visits per year|times per year|每年次数|次数|年次数"),
    f.column("limit_amount", s.PRICE, "limit|maximum|amount limit|金额上限|上限|限额"),
    f.column("limit_currency", s.CURRENCY, "currency|limit currency|币种|货币|币别"),
    f.column("note", s.text(2000), "remark|remarks|comment|备注|说明"),
)  # fmt: skip

CONTRACT_DEVICES = f.form(
    "contract_devices", "devices on contracts|contract assets|合同设备|合同设备清单|协议设备",
    "contract + asset",
    f.must("contract", s.key(60), f.CONTRACT),
    f.must("asset", s.key(80), f.SERIAL),
    f.column("from_on", s.DAY, "from|start|start date|起始日期|开始日期|生效日期"),
    f.column("until_on", s.DAY, "until|end|end date|to|截止日期|结束日期|到期日期"),
)  # fmt: skip
