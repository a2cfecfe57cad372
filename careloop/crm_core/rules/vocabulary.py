"""The words of rules: triggers, fields, operators and actions, in English and Chinese."""

from __future__ import annotations

from dataclasses import dataclass

TEXT, CHOICE, NUMBER, DATE, YES_NO, LIST = "text", "choice", "number", "date", "boolean", "list"


@dataclass(frozen=True, slots=True)
class Trigger:
    """What a rule waits for; `knows` are the prefixes of the fields that are known then."""

    code: str
    en: str
    zh: str
    knows: tuple[str, ...]
    subject: str = "ticket"


@dataclass(frozen=True, slots=True)
class Fact:
    """A field; `options` are (value, English, Chinese)."""

    name: str
    kind: str
    en: str
    zh: str
    options: tuple[tuple[str, str, str], ...] = ()
    settable: bool = False
    timed: bool = False


TICKET = ("ticket", "customer", "contact", "asset", "contract", "event")
BY_TIME = "time"
FEEDBACK_LOW, QUOTE_APPROVED = "feedback.low", "quote.approved"
TRIGGERS: tuple[Trigger, ...] = (
    Trigger("ticket.opened", "a ticket is opened", "新建工单", TICKET),
    Trigger("ticket.changed", "facts of a ticket change", "工单内容变更", TICKET),
    Trigger("ticket.moved", "a ticket changes its state", "工单状态变更", TICKET),
    Trigger("ticket.commented", "a line is written on a ticket", "工单有新留言", TICKET),
    Trigger("ticket.replied", "a ticket gets its first answer", "工单首次答复", TICKET),
    Trigger("ticket.closed", "a ticket is closed", "工单关闭", TICKET),
    Trigger("ticket.reopened", "a ticket is reopened", "工单重新打开", TICKET),
    Trigger("sla.warned", "a promise is about to be broken", "时限即将超时", TICKET),
    Trigger("sla.breached", "a promise is broken", "时限已超时", TICKET),
    Trigger("visit.planned", "a visit is planned", "已安排上门", (*TICKET, "visit")),
    Trigger("visit.finished", "a visit is finished", "上门结束", (*TICKET, "visit")),
    Trigger(FEEDBACK_LOW, "a customer gives a low rating", "客户评分低", TICKET),
    Trigger(QUOTE_APPROVED, "a quote is approved", "报价获批准", TICKET),
    Trigger("quote.rejected", "a quote is rejected", "报价被拒绝", TICKET),
    Trigger("conversation.handed_off", "a conversation waits for a person", "会话转人工",
            ("conversation", *TICKET), "conversation"),
    Trigger(BY_TIME, "a time before or after a date", "某日期之前或之后", TICKET),
)  # fmt: skip

_STATES = (
    ("new", "New", "新建"), ("assigned", "Assigned", "已分派"),
    ("in_progress", "In progress", "处理中"),
    ("waiting_customer", "Waiting for customer", "等待客户"),
    ("waiting_parts", "Waiting for parts", "等待备件"), ("resolved", "Resolved", "已解决"),
    ("closed", "Closed", "已关闭"), ("cancelled", "Cancelled", "已取消"),
    ("merged", "Merged", "已合并"),
)  # fmt: skip
_TYPES = (
    ("incident", "Incident", "故障"), ("request", "Request", "请求"),
    ("installation", "Installation", "安装"), ("maintenance", "Maintenance", "保养"),
    ("return", "Return", "退货"), ("complaint", "Complaint", "投诉"),
)  # fmt: skip
_PRIORITIES = (
    ("low", "Low", "低"), ("normal", "Normal", "普通"), ("high", "High", "高"),
    ("critical", "Critical", "紧急"),
)  # fmt: skip
_DUE = (
    ("running", "Running", "计时中"), ("warning", "Warning", "即将超时"),
    ("breached", "Breached", "已超时"), ("paused", "Paused", "暂停"), ("met", "Met", "已达成"),
)  # fmt: skip
_CLOCKS = (("respond", "Respond", "响应"), ("arrive", "Arrive", "到场"), ("fix", "Fix", "修复"))
_STATUSES = (
    ("in_stock", "In stock", "库存"), ("installed", "Installed", "已安装"),
    ("returned", "Returned", "已退回"), ("decommissioned", "Decommissioned", "已报废"),
)  # fmt: skip
_RESULTS = (
    ("solved", "Solved", "已解决"), ("temporary", "Temporary", "临时解决"),
    ("not_solved", "Not solved", "未解决"), ("no_access", "No access", "无法进入"),
    ("cancelled_on_site", "Cancelled on site", "现场取消"),
)  # fmt: skip
_BY = (
    ("staff", "Staff", "员工"),
    ("customer", "Customer", "客户"),
    ("system", "The house", "系统"),
)

FACTS: tuple[Fact, ...] = (
    Fact("ticket.number", TEXT, "Ticket number", "工单号"),
    Fact("ticket.type", CHOICE, "Ticket type", "工单类型", _TYPES, settable=True),
    Fact("ticket.own_type", CHOICE, "Own ticket type", "自定义类型", settable=True),
    Fact("ticket.state", CHOICE, "State", "状态", _STATES),
    Fact("ticket.priority", CHOICE, "Priority", "优先级", _PRIORITIES, settable=True),
    Fact("ticket.title", TEXT, "Title", "标题", settable=True),
    Fact("ticket.description", TEXT, "Description", "描述", settable=True),
    Fact("ticket.language", TEXT, "Language", "语言"),
    Fact("ticket.channel", TEXT, "Channel", "渠道"),
    Fact("ticket.serial", TEXT, "Serial number", "序列号"),
    Fact("ticket.model", TEXT, "Model", "型号", settable=True),
    Fact("ticket.tags", LIST, "Tags", "标签"),
    Fact("ticket.error_codes", LIST, "Error codes", "故障代码"),
    Fact("ticket.assigned", YES_NO, "Somebody works on it", "已有负责人"),
    Fact("ticket.assignee", TEXT, "Name of the assignee", "负责人"),
    Fact("ticket.engineer", TEXT, "Engineer", "工程师", settable=True),
    Fact("ticket.contract", TEXT, "Contract number", "合同号"),
    Fact("ticket.component", TEXT, "Component at fault", "责任部件", settable=True),
    Fact("ticket.cause", TEXT, "Cause", "原因"),
    Fact("ticket.resolution", TEXT, "Resolution", "处理说明"),
    Fact("ticket.callback_phone", TEXT, "Callback phone", "回拨电话", settable=True),
    Fact("ticket.due_state", CHOICE, "Due state", "时限状态", _DUE),
    Fact("ticket.due_kind", CHOICE, "Due promise", "到期承诺", _CLOCKS),
    Fact("ticket.due_at", DATE, "Due", "到期时间", timed=True),
    Fact("ticket.created_at", DATE, "Created", "创建时间", timed=True),
    Fact("ticket.updated_at", DATE, "Last change", "最近更新", timed=True),
    Fact("ticket.resolved_at", DATE, "Resolved at", "解决时间"),
    Fact("ticket.closed_at", DATE, "Closed at", "关闭时间", timed=True),
    Fact("ticket.reopened_count", NUMBER, "Times reopened", "重开次数"),
    Fact("ticket.children_count", NUMBER, "Tickets below", "下级工单数"),
    Fact("ticket.below_another", YES_NO, "Hangs under another", "有上级工单"),
    Fact("customer.number", TEXT, "Customer number", "客户编号"),
    Fact("customer.name", TEXT, "Customer", "客户"),
    Fact("customer.tier", TEXT, "Customer tier", "客户等级"),
    Fact("customer.country", TEXT, "Country", "国家"),
    Fact("customer.city", TEXT, "City", "城市"),
    Fact("customer.industry", TEXT, "Industry", "行业"),
    Fact("contact.name", TEXT, "Contact", "联系人"),
    Fact("contact.language", TEXT, "Language of the contact", "联系人语言"),
    Fact("contact.role", TEXT, "Position of the contact", "联系人职务"),
    Fact("asset.serial", TEXT, "Device", "设备序列号"),
    Fact("asset.model", TEXT, "Model of the device", "设备型号"),
    Fact("asset.name", TEXT, "Name of the device", "设备名称"),
    Fact("asset.site", TEXT, "Site of the device", "安装地点"),
    Fact("asset.status", CHOICE, "Status of the device", "设备状态", _STATUSES),
    Fact("asset.firmware", TEXT, "Firmware", "固件"),
    Fact("asset.installed_on", DATE, "Installed on", "安装日期"),
    Fact("asset.warranty_until", DATE, "Warranty until", "保修截止"),
    Fact("contract.number", TEXT, "Contract", "合同"),
    Fact("contract.plan", TEXT, "Plan of the contract", "合同方案"),
    Fact("contract.ends_on", DATE, "Contract ends on", "合同到期"),
    Fact("visit.number", TEXT, "Work order", "派工单号"),
    Fact("visit.engineer", TEXT, "Engineer of the visit", "上门工程师"),
    Fact("visit.result", CHOICE, "Result of the visit", "上门结果", _RESULTS),
    Fact("visit.window_from", DATE, "Visit from", "上门开始"),
    Fact("visit.window_until", DATE, "Visit until", "上门结束"),
    Fact("conversation.channel", TEXT, "Channel of the conversation", "会话渠道"),
    Fact("conversation.language", TEXT, "Language of the conversation", "会话语言"),
    Fact("event.changed", LIST, "What changed", "变更的字段"),
    Fact("event.before", TEXT, "State before", "变更前状态"),
    Fact("event.after", TEXT, "State after", "变更后状态"),
    Fact("event.promise", CHOICE, "Which promise", "哪项承诺", _CLOCKS),
    Fact("event.by", CHOICE, "Who did it", "操作方", _BY),
    Fact("event.public", YES_NO, "The customer may read it", "客户可见"),
    Fact("event.csat", NUMBER, "Rating, 1 to 5", "满意度（1–5）"),
    Fact("event.nps", NUMBER, "Recommendation, 0 to 10", "推荐度（0–10）"),
    Fact("event.quote", TEXT, "Quote", "报价单号"),
    Fact("event.reason", TEXT, "Reason", "原因说明"),
)  # fmt: skip

_NONE, _ONE, _SEVERAL, _NUMBER, _DAYS = "nothing", "one", "several", "number", "days"
_PRESENCE = (("is_set", "is filled in", "已填写", _NONE), ("is_empty", "is empty", "为空", _NONE))
OPERATORS: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    TEXT: (
        ("is", "is", "是", _ONE), ("is_not", "is not", "不是", _ONE),
        ("in", "is one of", "是其中之一", _SEVERAL), ("contains", "contains", "包含", _ONE),
        ("contains_not", "does not contain", "不包含", _ONE),
        ("starts_with", "starts with", "开头是", _ONE), *_PRESENCE,
    ),
    CHOICE: (
        ("is", "is", "是", _ONE), ("is_not", "is not", "不是", _ONE),
        ("in", "is one of", "是其中之一", _SEVERAL),
        ("not_in", "is none of", "不是其中任何一个", _SEVERAL), *_PRESENCE,
    ),
    NUMBER: (
        ("is", "is", "等于", _NUMBER), ("is_not", "is not", "不等于", _NUMBER),
        ("less", "is less than", "小于", _NUMBER), ("at_most", "is at most", "不大于", _NUMBER),
        ("more", "is more than", "大于", _NUMBER), ("at_least", "is at least", "不小于", _NUMBER),
        *_PRESENCE,
    ),
    DATE: (
        ("before", "is before", "早于", _ONE), ("after", "is after", "晚于", _ONE),
        ("in_next", "is in the next days", "在今后天数内", _DAYS),
        ("in_last", "was in the last days", "在过去天数内", _DAYS),
        ("older_than", "is days ago or more", "早于天数之前", _DAYS), *_PRESENCE,
    ),
    YES_NO: (("is", "is", "是", _ONE),),
    LIST: (
        ("has", "has", "含有", _ONE), ("has_not", "has not", "不含", _ONE),
        ("has_any", "has one of", "含有其中之一", _SEVERAL), *_PRESENCE,
    ),
}  # fmt: skip

ACTIONS: tuple[tuple[str, str, str, bool], ...] = (
    ("assign", "assign it", "分派", True),
    ("set_field", "set a field", "填写字段", True),
    ("set_priority", "set the priority", "调整优先级", True),
    ("tag", "tag it", "打标签", True),
    ("comment", "add an internal note", "添加内部备注", True),
    ("notify", "notify colleagues", "通知同事", False),
    ("send_message", "write to the customer in the chat", "在会话中答复客户", False),
    ("send_mail", "send a mail", "发送邮件", False),
    ("open_ticket", "open a ticket", "新建工单", False),
    ("call_back", "plan a call-back", "安排回访电话", True),
    ("webhook", "call a webhook", "调用 Webhook", False),
)  # fmt: skip
"""(code, English, Chinese, whether it needs a ticket)."""
