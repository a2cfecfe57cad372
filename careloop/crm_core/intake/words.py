"""The words of tickets, stock and staff in English and Chinese, to ours."""

from __future__ import annotations

from careloop.crm_core.intake.errors import BadCell
from careloop.crm_core.intake.folding import fold_name
from careloop.crm_core.intake.tables import Cell
from careloop.crm_core.intake.values import as_text, whole


class Vocabulary:
    """Our words and the words accepted for each; `a|b` lists them, spelling is folded."""

    def __init__(self, words: dict[str, str]) -> None:
        self.words = {ours: tuple(others.split("|")) for ours, others in words.items()}
        self._ours: dict[str, str] = {}
        for ours, others in self.words.items():
            for word in (ours, *others):
                if self._ours.setdefault(fold_name(word), ours) != ours:
                    raise ValueError(f"{word!r} has two meanings")

    def find(self, cell: Cell) -> str | None:
        """Our word for that in the cell, None if it is unknown."""
        return self._ours.get(fold_name(as_text(cell)))

    def read(self, cell: Cell) -> str:
        """Our word for that in the cell; `BadCell` if it is unknown."""
        found = self.find(cell)
        if found is None:
            raise BadCell(f"is none of {', '.join(self.words)}")
        return found


TICKET_TYPES = Vocabulary(
    {
        "incident": "fault|repair|breakdown|failure|problem|defect|故障|报修|故障报修|维修|故障维修"
        "|抢修|检修|异常",
        "request": "service request|enquiry|inquiry|question|parts|training|请求|服务请求|咨询|需求"
        "|技术咨询|技术支持|支持|备件|备件请求|培训|其他",
        "installation": "install|commissioning|setup|start-up|安装|安装调试|装机|调试|移机"
        "|开箱验收",
        "maintenance": "pm|preventive maintenance|inspection|calibration|保养|维护|维保|巡检"
        "|定期保养|预防性维护|校准|点检",
        "return": "rma|returns|exchange|退货|退换货|返修|换货|退换|寄修",
        "complaint": "claim|投诉|抱怨|客诉|客户投诉",
    }
)
TICKET_STATES = Vocabulary(
    {
        "new": "open|opened|created|unassigned|新建|新增|待处理|未处理|待受理|待分配|待派单"
        "|未派单|待派工|未开始|打开|开启|开放|未关闭|已创建",
        "assigned": "dispatched|scheduled|planned|已分配|已派单|已派工|已指派|已受理|已安排|待上门"
        "|已预约",
        "in_progress": "in progress|active|working|processing|started|处理中|进行中|维修中|服务中"
        "|受理中|跟进中|在处理|已上门",
        "waiting_customer": "waiting for customer|customer|on hold|待客户|等待客户|待客户回复"
        "|等待客户回复|待客户确认|待客户反馈|挂起",
        "waiting_parts": "waiting for parts|parts ordered|awaiting parts|待备件|等待备件|待料|等料"
        "|缺件|待配件|等待配件|备件在途",
        "resolved": "solved|fixed|已解决|已修复|已处理|处理完成|维修完成|待回访|待关闭|待评价",
        "closed": "done|completed|complete|finished|已关闭|关闭|已完成|完成|已结案|结案|已结单"
        "|已完结|已归档",
        "cancelled": "canceled|void|rejected|withdrawn|已取消|取消|作废|已作废|已撤销|撤销|已撤回",
        "merged": "duplicate|已合并|合并|重复",
    }
)
PRIORITIES = Vocabulary(
    {
        "low": "minor|p4|s4|低|较低|不急|次要|轻微",
        "normal": "medium|standard|default|p3|s3|普通|一般|正常|中|中等|常规",
        "high": "major|important|p2|s2|高|较高|重要|优先|加急|严重",
        "critical": "urgent|emergency|blocker|p1|s1|紧急|特急|非常紧急|最高|极高|危急|致命|停机",
    }
)
FAULT_STATES = Vocabulary(
    {
        "draft": "proposed|草稿|待审核",
        "reviewed": "approved|released|confirmed|已审核|已批准|已发布",
        "rejected": "declined|dismissed|已驳回|驳回|不采用",
        "merged": "joined|已并入|并入",
    }
)
STOCK_LEVELS = Vocabulary(
    {
        "centre": "center|central|central warehouse|main|hub|warehouse|中心仓|中心库|总仓|总库"
        "|中央仓|主仓|一级",
        "region": "regional|regional warehouse|区域仓|区域库|区域|大区仓|分仓|二级",
        "depot": "local|branch|site|station|network|备件库|网点|站点|服务站|前置仓|本地仓|三级",
        "van": "car|vehicle|truck|engineer|车载|车载库|车载仓|服务车|工程师|随车|四级",
    }
)
STAFF_ROLES = Vocabulary(
    {
        "agent": "service agent|customer service|support|客服|坐席|客服专员|座席",
        "engineer": "technician|field engineer|工程师|服务工程师|技术员",
        "dispatcher": "dispatch|planner|调度|调度员|派单员",
        "manager": "supervisor|team lead|主管|经理|服务经理|客服主管",
        "editor": "knowledge editor|author|编辑|知识编辑|知识库编辑",
        "evaluator": "quality|评测|质检|质检员|评测员",
        "admin": "administrator|管理员|系统管理员",
    }
)
SKILL_LEVELS = Vocabulary(
    {
        "1": "junior|l1|初级|一级",
        "2": "intermediate|regular|l2|中级|二级",
        "3": "senior|l3|高级|三级",
        "4": "expert|principal|l4|专家|资深|四级",
    }
)
COVERAGES = Vocabulary(
    {
        "labour": "labor|work|工时|人工|人工费",
        "travel": "journey|transport|差旅|差旅费|路途|交通",
        "parts": "spare parts|备件|配件|零件",
        "consumables": "supplies|耗材|易耗品",
        "maintenance": "preventive maintenance|pm|保养|维护|巡检",
        "remote": "remote support|hotline|远程|远程支持|热线",
        "loan": "loan device|loaner|备机|代用机|借用设备",
    }
)
PERIODS = Vocabulary(
    {
        "once": "one-off|single|一次性|一次",
        "month": "monthly|per month|月|每月|按月",
        "quarter": "quarterly|per quarter|季|每季|按季",
        "year": "yearly|annual|per year|年|每年|按年",
    }
)
METER_KINDS = Vocabulary({"counter": "count|累计|计数|计数器", "gauge": "level|瞬时|仪表|指示"})
READING_KINDS = Vocabulary(
    {
        "reading": "value|读数|正常",
        "rollover": "rolled over|归零|翻转",
        "replaced": "replacement|exchanged|更换|换表",
    }
)
ASSET_STATES = Vocabulary(
    {
        "in_stock": "stock|warehouse|在库|库存",
        "installed": "active|in use|running|在用|已安装|运行|使用中",
        "returned": "back|已退回|退回|返厂",
        "decommissioned": "retired|scrapped|out of service|停用|报废|已停用|已报废",
    }
)
VISIT_STATES = Vocabulary(
    {
        "planned": "open|scheduled|new|assigned|已计划|计划|待上门|已派工|待确认|已安排",
        "confirmed": "agreed|已确认|已预约|客户已确认",
        "en_route": "on the way|travelling|已出发|途中|在途",
        "on_site": "arrived|in progress|working|已到场|现场|已签到|服务中|进行中",
        "done": "completed|complete|finished|closed|已完成|完成|已关闭|已签退|结束",
        "cancelled": "canceled|void|已取消|取消|作废",
    }
)
VISIT_RESULTS = Vocabulary(
    {
        "solved": "fixed|repaired|ok|done|已解决|已修复|解决|修复",
        "temporary": "workaround|provisional|临时解决|临时修复|临时处理",
        "not_solved": "unsolved|failed|not fixed|未解决|未修复",
        "no_access": "nobody there|not accessible|无法进入|无人|未能进入",
        "cancelled_on_site": "sent away|现场取消",
    }
)
REPEAT_REASONS = Vocabulary(
    {
        "part": "parts|missing part|缺件|缺备件|备件",
        "skill": "skills|wrong skill|技能|技能不足",
        "diagnosis": "wrong diagnosis|诊断|诊断有误|误判",
        "access": "no access|进入|无法进入",
        "customer": "client|客户|客户原因",
    }
)
LABOUR_KINDS = Vocabulary(
    {
        "work": "labour|labor|repair|作业|工作|维修",
        "wait": "waiting|等待",
        "travel": "journey|drive|路途|差旅|在途",
    }
)
CONDITIONS = Vocabulary(
    {"good": "new|usable|ok|好件|良品|合格", "defective": "bad|broken|faulty|坏件|不良品|故障件"}
)
TRACKING = Vocabulary(
    {
        "none": "no|untracked|不追踪|无",
        "lot": "batch|by lot|批次|按批次",
        "serial": "serial number|by serial number|序列号|按序列号",
    }
)
PROMISES = Vocabulary(
    {
        "respond": "response|answer|reply|响应|答复",
        "arrive": "arrival|onsite|on site|到场|上门",
        "fix": "repair|resolution|solve|修复|解决",
    }
)


def skill_level(cell: Cell) -> int:
    """1 (lowest) to 9, or a word such as `senior` or `高级`."""
    word = SKILL_LEVELS.find(cell)
    return int(word) if word else whole(cell, 1, 9)
