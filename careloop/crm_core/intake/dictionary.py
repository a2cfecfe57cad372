"""The page that documents the files, keys, columns and headers an import accepts."""

from __future__ import annotations

from careloop.crm_core.intake import words as w
from careloop.crm_core.intake.headers import FORMS, Form
from careloop.crm_core.intake.tables import MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS

_INTRO = f"""# Files that `careloop import` reads

A folder of `.csv` or `.xlsx` files (first sheet), at most {MAX_ROWS:,} rows,
{MAX_COLUMNS} columns and {MAX_FILE_BYTES // 1_000_000} MB each. CSV may be UTF-8, UTF-16, GB18030
or Windows-1252, separated by comma, semicolon or tab. A file is known by its name: words such as
`list`, `清单`, `台账` and digits in it do not matter. Headers are compared without case, spaces,
punctuation and width; `序列号 Serial No` and `保修期（月）` are understood.

- Rows are joined by the natural keys below. A key that stands twice is an error of the second row.
- A column that a file does not have leaves the books as they are; an empty cell empties them.
- In columns that are not free text `-`, `/`, `N/A` and `无` mean an empty cell.
- Dates: `2024-03-05`, `2024/3/5`, `2024.3.5`, `2024年3月5日`, `20240305`, `05.03.2024`,
  `25/03/2024` (only where one reading is possible) and serial days of Excel. Times without a zone
  are those of the zone given to the import, else UTC.
- Numbers: `1234.5`, `1,234.50`, `1.234,50`, `1 234,5`; a single comma before exactly three digits
  separates thousands. Months, days and hours may carry their unit: `24 个月`, `2 years`, `4 h`.
- Phone numbers become E.164 by the customer's country. Countries and languages are codes or names.
- Text is kept as written, also where it looks like a formula. Of a formula in a workbook the
  stored result is read, or its text where it was never calculated.
"""


def dictionary_markdown() -> str:
    """The dictionary as Markdown; generated, so that it cannot drift from the code."""
    sections = [_INTRO, *(_form_section(form) for form in FORMS.values()), _words_section()]
    return "\n".join(sections)


def _form_section(form: Form) -> str:
    names = ", ".join(f"`{name}`" for name in (form.kind, *form.names))
    lines = [
        f"## {form.kind}",
        "",
        f"File names: {names}. Key: {form.key}.",
        "",
        "| column | required | holds | headers accepted besides |",
        "|---|---|---|---|",
    ]
    for column in form.columns:
        accepts = ", ".join(column.accepts)
        required = "yes" if column.required else ""
        lines.append(f"| `{column.name}` | {required} | {column.shape.label} | {accepts} |")
    return "\n".join(lines) + "\n"


def _words_section() -> str:
    lines = ["## Words", "", "| in | ours | accepted besides |", "|---|---|---|"]
    vocabularies = (
        ("ticket type", w.TICKET_TYPES), ("ticket state", w.TICKET_STATES),
        ("ticket priority", w.PRIORITIES), ("stock level", w.STOCK_LEVELS),
        ("staff role", w.STAFF_ROLES), ("engineer level", w.SKILL_LEVELS),
        ("covered service", w.COVERAGES), ("kind of meter", w.METER_KINDS),
        ("kind of reading", w.READING_KINDS), ("device status", w.ASSET_STATES),
        ("price period", w.PERIODS), ("visit state", w.VISIT_STATES),
        ("visit result", w.VISIT_RESULTS), ("reason for a repeat visit", w.REPEAT_REASONS),
        ("kind of labour", w.LABOUR_KINDS), ("condition of parts", w.CONDITIONS),
        ("tracking of parts", w.TRACKING), ("promise", w.PROMISES),
    )  # fmt: skip
    for name, vocabulary in vocabularies:
        for ours, others in vocabulary.words.items():
            lines.append(f"| {name} | `{ours}` | {', '.join(others)} |")
    return "\n".join(lines) + "\n"
