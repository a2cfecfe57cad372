"""Forms of stock: where it lies, how much of it, which lots and which pieces."""

from __future__ import annotations

from careloop.crm_core.intake import form as f
from careloop.crm_core.intake import shapes as s
from careloop.crm_core.intake import words as w
from careloop.crm_core.intake.values import LARGEST_WHOLE

_LOCATION = (
    "warehouse|store|stock location|place|depot|仓库|库位|库房"
    "|仓库名称|存放地点|仓库编号|库存地点|地点"
)
_LEVEL = "location level|location type|warehouse type|type|层级|级别|仓库类型|仓库级别|库级"
_QUANTITY = "qty|on hand|stock|available|balance|数量|库存|库存数量|现有量|在库数量|结存|现存量"
_LEAST = "minimum|min stock|safety stock|reorder point|最小|最小库存|安全库存|下限|最低库存"
_MOST = "maximum|max stock|target stock|最大|最大库存|上限|最高库存"

LOCATIONS = f.form(
    "locations", "location|stock locations|warehouses|仓库|库位|仓库清单|库位清单|备件库清单",
    "code",
    f.must("code", s.key(80), "location|location code|warehouse|warehouse code|number|仓库编号|编号"
          "|仓库代码|库位编号"),
    f.column("level", s.vocabulary(w.STOCK_LEVELS, None), "location level|location type"
            "|warehouse type|type|层级|级别|仓库类型|仓库级别|库级"),
    f.column("name", s.line(200), "location name|warehouse name|description|仓库名称|名称"
            "|库位名称"),
    f.column("parent", s.line(80), "parent location|parent code|belongs to|上级仓库|上级"),
    f.column("engineer", s.line(40), "engineer code|technician|工程师|工程师编号|工号"),
    f.column("active", s.YES_NO_OR_YES, "in use|enabled|启用|在用|是否启用"),
)  # fmt: skip

STOCK_BALANCES = f.form(
    "stock_balances", "stock by lot|stock lots|lots|batches|lot stock|批次库存|库存批次|批次|批号",
    "location + part + lot + condition",
    f.must("location", s.key(80), _LOCATION),
    f.column("level", s.vocabulary(w.STOCK_LEVELS, None), _LEVEL),
    f.must("part", s.key(60), f.PART),
    f.must("quantity", s.whole(0, LARGEST_WHOLE), _QUANTITY),
    f.column("min", s.whole(0, LARGEST_WHOLE), _LEAST),
    f.column("max", s.whole(0, LARGEST_WHOLE), _MOST),
    f.column("lot", s.line(40), "lot number|batch|batch number|批次|批次号|批号"),
    f.column("condition", s.vocabulary(w.CONDITIONS, "good"), "state|quality|品况|成色|状态"),
    f.column("bin", s.line(40), "shelf|rack|storage bin|货位|架位|货架"),
    f.column("expires_on", s.DAY, "expiry|expiry date|use by|best before|valid until|有效期至"
             "|失效日期|到期日期|有效期"),
)  # fmt: skip

STOCK = f.form(
    "stock", "inventory|stock levels|库存|备件库存|库存余额|库存清单|配件库存",
    "location + part",
    f.must("location", s.key(80), _LOCATION + "|bin"),
    f.column("level", s.vocabulary(w.STOCK_LEVELS, None), _LEVEL),
    f.must("part", s.key(60), f.PART),
    f.must("quantity", s.whole(0, LARGEST_WHOLE), _QUANTITY),
    f.column("min", s.whole(0, LARGEST_WHOLE), _LEAST),
    f.column("max", s.whole(0, LARGEST_WHOLE), _MOST),
)  # fmt: skip

STOCK_SERIALS = f.form(
    "stock_serials", "stock serial numbers|pieces in stock|serialised stock|库存序列号"
    "|备件序列号|序列号库存", "part + serial number",
    f.must("location", s.key(80), _LOCATION),
    f.must("part", s.key(60), f.PART),
    f.must("serial", s.line(80), "serial number|serial no|sn|s/n|piece|序列号|备件序列号|编码"),
    f.column("lot", s.line(40), "lot number|batch|batch number|批次|批次号|批号"),
    f.column("condition", s.vocabulary(w.CONDITIONS, "good"), "state|quality|品况|成色|状态"),
)  # fmt: skip
