"""Forms of tickets, of the visits for them and of what was done on those."""

from __future__ import annotations

from careloop.crm_core.intake import form as f
from careloop.crm_core.intake import shapes as s
from careloop.crm_core.intake import words as w
from careloop.crm_core.intake.values import LARGEST_WHOLE

TICKETS = f.form(
    "tickets", "ticket|cases|work orders|service orders|service requests|service tickets|工单"
    "|服务工单"
    "|报修单|维修单|报修记录|维修记录|服务记录", "number",
    f.must("number", s.key(40), "ticket number|ticket no|ticket|case|case number|work order"
          "|work order number|service order|id|no|工单号|工单编号|单号|编号|服务单号|报修单号"
          "|维修单号"),
    f.column("type", s.vocabulary(w.TICKET_TYPES, "incident"), "ticket type|kind|category"
            "|service type|类型|工单类型|服务类型|类别"),
    f.column("own_type", s.key(20), "own ticket type|自定义类型|自定义工单类型"),
    f.column("customer", s.key(200), f.CUSTOMER),
    f.column("contact_email", s.key(254), "contact|contact mail|contact phone|contact name|reporter"
            "|联系人|联系人邮箱|联系邮箱|报修人|联系人电话|报修人电话|email|邮箱"),
    f.column("asset", s.key(80), f.SERIAL),
    f.column("model", s.key(80), f.MODEL),
    f.column("title", s.line(300), "subject|summary|short text|short description|标题|主题|故障现象"
            "|问题标题|摘要|简述|问题"),
    f.column("description", s.text(s.DESCRIPTION_CHARS), "details|problem|long text"
            "|problem description"
            "|fault description|描述|问题描述|故障描述|详情|详细描述|说明|内容"),
    f.column("error_codes", s.LIST, "error code|fault code|alarm|alarm code|故障代码|错误代码"
            "|报警代码"
            "|错误码|故障码|报警码"),
    f.column("language", s.LANGUAGE, f.LANGUAGE),
    f.column("priority", s.vocabulary(w.PRIORITIES, "normal"), "urgency|severity|优先级|紧急程度"
            "|严重程度|紧急度"),
    f.column("state", s.vocabulary(w.TICKET_STATES, None), "status|ticket status|ticket state|状态"
            "|工单状态|处理状态|进度"),
    f.column("created_at", s.MOMENT, "created|created on|opened|opened at|date|creation date"
            "|reported at|received at|创建时间|创建日期|报修时间|报修日期|提交时间|受理时间|日期"
            "|开单时间"),
    f.column("resolved_at", s.MOMENT, "resolved|resolved on|solved at|fixed at|解决时间|解决日期"
            "|修复时间|处理完成时间"),
    f.column("closed_at", s.MOMENT, "closed|closed on|completed at|completion date|finished at"
            "|关闭时间|关闭日期|完成时间|完成日期|结案时间|结单时间"),
    f.column("engineer", s.key(200), "engineer code|technician|assigned to|field engineer|工程师"
            "|工程师编号|服务工程师|处理人|维修人员|责任工程师|工号"),
    f.column("callback_phone", s.PHONE, "callback|phone|telephone|回拨电话|回电号码|联系电话|电话"),
    f.column("channel", s.line(20), "source|origin|channel of contact|渠道|来源|报修渠道|受理渠道"),
    f.column("first_diagnosis", s.line(200), "first diagnosis|initial diagnosis|初步诊断|初判"
            "|初步判断"),
    f.column("true_fault", s.line(200), "true fault|fault|actual fault|root fault|实际故障|最终故障"
            "|故障类型|真实故障"),
    f.column("component", s.line(200), "faulty component|failed component|故障部件|部件|故障部位"
            "|故障模块"),
    f.column("symptom", s.line(500), "symptoms|症状|现象"),
    f.column("cause", s.line(1000), "root cause|reason|原因|故障原因|根本原因|原因分析"),
    f.column("remedy", s.line(2000), "solution|action|repair action|措施|解决措施"
            "|处理措施"
            "|解决方案|处理结果|解决办法|处理方法|维修措施"),
    f.column("parts_used", s.QUANTITIES, "used parts|replaced parts|spare parts used|使用备件"
            "|更换备件"
            "|所用备件|消耗备件|更换配件|使用配件"),
    f.column("visits", s.whole(0, 1000), "site visits|number of visits|上门次数|到场次数|出工次数"),
    f.column("labour_hours", s.decimal(0, 100_000, 2), "labor hours|work hours|working hours|工时"
            "|维修工时|工时小时|作业工时"),
    f.column("contract", s.key(60), f.CONTRACT),
    f.column("tags", s.LIST, "tag|labels|label|keywords|标签|标记|关键词"),
    f.column("parent", s.key(40), "parent ticket|main ticket|part of|上级工单|主工单|父工单"),
    f.column("merged_into", s.key(40), "merged into|duplicate of|合并到|并入工单"),
    f.column("answered_at", s.MOMENT, "first answered|first response|responded at|answered"
             "|首次响应时间|首次回复时间|响应时间"),
    f.column("resolution", s.text(10_000), "resolution text|what was done|处理说明|解决说明"
             "|处理情况"),
    f.column("cause_code", s.line(60), "code of the cause|cause class|原因代码|原因分类"),
    f.column("component_at_fault", s.line(120), "component at fault|part at fault|责任部件"
             "|故障责任部件"),
)  # fmt: skip

_VISIT = "work order|work order number|visit number|派工单号|派工单|派工编号|上门单号"
_TICKET = (
    "ticket number|ticket no|case|case number|service order|工单号|工单编号|工单|服务单号|报修单号"
)
_ENGINEER = (
    "engineer code|technician|field engineer|assigned to|工程师|工程师编号|服务工程师|维修人员|工号"
)
_MINUTES = s.whole(0, 525_600)

VISITS = f.form(
    "visits", "visit|site visits|service visits|past work orders|dispatch orders|派工单|派工记录"
    "|上门记录|上门服务|出工记录", "number",
    f.must("number", s.key(40), _VISIT + "|number|no|id|编号|单号"),
    f.must("ticket", s.key(40), _TICKET),
    f.column("visit", s.whole(1, 10_000), "which visit|第几次上门|上门次序"),
    f.column("state", s.vocabulary(w.VISIT_STATES, None), "status|visit status|状态|派工状态"),
    f.column("asset", s.key(80), f.SERIAL),
    f.column("engineer", s.key(200), _ENGINEER),
    f.column("purpose", s.text(4_000), "task|what for|上门目的|任务"),
    f.column("site", s.line(200), "place|address|location|地点|地址|现场"),
    f.column("window_from", s.MOMENT, "appointment|appointment from|planned from|planned start"
             "|预约开始|预约时间|计划开始|上门时间"),
    f.column("window_until", s.MOMENT, "appointment until|planned until|planned end|预约结束"
             "|计划结束"),
    f.column("time_zone", s.TIME_ZONE, f.ZONE),
    f.column("confirmed_at", s.MOMENT, "confirmed|agreed|确认时间"),
    f.column("departed_at", s.MOMENT, "departed|出发时间"),
    f.column("arrived_at", s.MOMENT, "arrived|check-in|checked in|arrival|start of work|到场时间"
             "|签到时间|到达时间"),
    f.column("finished_at", s.MOMENT, "finished|check-out|checked out|end of work|完成时间"
             "|签退时间|离场时间|离开时间"),
    f.column("travel_minutes", _MINUTES, "travel time|travel|路途分钟|路途时间|在途分钟"),
    f.column("travel_km", s.decimal(0, 99_999, 1), "kilometres|km|distance|路途公里|公里数|里程"),
    f.column("labour_minutes", _MINUTES, "labor minutes|work minutes|minutes of work|工时分钟"
             "|作业分钟"),
    f.column("parts", s.QUANTITIES, "parts used|used parts|spare parts|使用备件|更换备件|所用备件"
             "|消耗备件"),
    f.column("result", s.vocabulary(w.VISIT_RESULTS, ""), "outcome|结果|上门结果|处理结果"),
    f.column("repeat_reason", s.vocabulary(w.REPEAT_REASONS, ""), "reason for a repeat visit"
             "|why again|再次上门原因"),
    f.column("report", s.text(20_000), "service report|what was done|服务报告|报告|处理情况"),
    f.column("reason", s.text(1_000), "cancelled because|broken off because|取消原因|中止原因"),
)  # fmt: skip

LABOUR = f.form(
    "labour", "labor|labour times|time sheets|timesheet|工时|工时记录|工时明细",
    "work order + time + kind + minutes + note",
    f.must("work_order", s.key(40), _VISIT + "|visit"),
    f.column("at", s.MOMENT, "time|date|when|时间|日期"),
    f.column("kind", s.vocabulary(w.LABOUR_KINDS, "work"), "type|kind of time|类型|工时类型"),
    f.must("minutes", s.whole(1, 1_440), "duration|time spent|分钟|时长|工时分钟"),
    f.column("note", s.text(2_000), "remark|remarks|comment|what was done|备注|说明"),
    f.column("by", s.line(60), "recorded by|entered by|记录人|登记人"),
)  # fmt: skip

PARTS_USED = f.form(
    "parts_used", "used parts|parts consumed|part usage|备件消耗|备件使用|更换备件|备件使用记录",
    "work order + time + part + pieces + serials",
    f.must("work_order", s.key(40), _VISIT + "|visit"),
    f.column("at", s.MOMENT, "time|date|when|时间|日期"),
    f.must("part", s.key(60), f.PART),
    f.column("quantity", s.whole(1, LARGEST_WHOLE, empty=1), "qty|pieces|count|数量"),
    f.column("location", s.line(80), "taken from|from|warehouse|出库地点|出库仓库|仓库"),
    f.column("lot", s.line(80), "batch|lot number|批次|批号"),
    f.column("serial_out", s.line(80), "removed serial|old serial|serial out|拆下序列号"
             "|旧件序列号"),
    f.column("serial_in", s.line(80), "fitted serial|new serial|serial in|装上序列号"
             "|新件序列号"),
    f.column("covered", s.YES_NO_OR_UNKNOWN, "under warranty|free of charge|已覆盖|是否保内"),
    f.column("covered_by", s.line(20), "covered by|覆盖来源"),
    f.column("price_amount", s.PRICE, "price|amount|charge|价格|金额"),
    f.column("price_currency", s.CURRENCY, "currency|币种|货币"),
    f.column("discrepancy", s.whole(0, LARGEST_WHOLE, empty=0), "missing in the books|账面缺数"),
)  # fmt: skip
