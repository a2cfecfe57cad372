"""The form of the fault library."""

from __future__ import annotations

from careloop.crm_core.intake import form as f
from careloop.crm_core.intake import shapes as s
from careloop.crm_core.intake import words as w

_SLOTS = (
    ("component", "faulty component|module|assembly|故障部件|部件|故障件", "故障部件"),
    ("symptom", "fault symptom|phenomenon|故障现象|现象|故障描述", "故障现象"),
    ("cause", "fault cause|root cause|故障原因|原因|根本原因", "故障原因"),
    ("remedy", "solution|action|repair|处理方法|解决方法|处理措施|措施", "处理方法"),
)


def _slot(name: str, accepts: str, zh: str) -> tuple[f.Column, ...]:
    """A slot: its words, their language, and the concept where it is known already."""
    return (
        f.column(name, s.line(500), accepts),
        f.column(f"{name}_concept", s.line(80), f"{zh}概念"),
        f.column(f"{name}_language", s.LANGUAGE, f"{zh}语言"),
    )


FAULTS = f.form(
    "faults",
    "fault|fault library|fault catalogue|fault catalog|known faults|failure modes|故障库|故障清单"
    "|故障知识库",
    "number",
    f.must("number", s.key(20), "fault number|fault code|fault|no|id|故障编号|编号|故障号"),
    f.column("state", s.vocabulary(w.FAULT_STATES, "draft"), "status|review state|状态|审核状态"),
    *(column for slot in _SLOTS for column in _slot(*slot)),
    f.column("models", s.LIST, "model range|适用型号范围|" + f.MODEL_NUMBER),
    f.column("error_codes", s.LIST, "codes|error code|alarm codes|报警代码|故障代码|错误代码"),
    f.column("firmware", s.line(100), "firmware range|software version|固件范围|固件|固件版本"),
    f.column("note", s.text(5000), "remark|comment|备注|说明"),
)  # fmt: skip
