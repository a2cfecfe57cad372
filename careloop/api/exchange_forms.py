"""What can be exported and imported: the two lists of forms, joined by kind."""

from __future__ import annotations

from dataclasses import replace

from pydantic import BaseModel
from sqlalchemy.orm import Session

from careloop.crm_core.custom.filter_queries import PREFIX
from careloop.crm_core.export.directory import open_to
from careloop.crm_core.export.form import Column, ExportForm, own_columns
from careloop.crm_core.export.xlsx_out import MAX_ROWS as MAX_ROWS_XLSX
from careloop.crm_core.intake.delivery import TABLE_SUFFIXES
from careloop.crm_core.intake.headers import FORMS
from careloop.crm_core.intake.headers import Column as TakenColumn
from careloop.crm_core.intake.headers import Form as TakenForm
from careloop.crm_core.intake.schemas import MAX_FILES
from careloop.crm_core.intake.tables import MAX_FILE_BYTES, MAX_ROWS
from careloop.kit.actor import Actor


class Words(BaseModel):
    """A name in English and Chinese."""

    en: str
    zh: str


class ColumnView(BaseModel):
    """A column: its name, headers, what it holds, and which other headers an import accepts."""

    name: str
    header: Words
    holds: str
    required: bool
    exported: bool
    imported: bool
    accepts: list[str]


class FilterView(BaseModel):
    """A filter of an export; `values` lists what it may be, where that is fixed."""

    name: str
    values: list[str]
    many: bool


class FormView(BaseModel):
    """A kind of table: which way it goes, its natural key, file names, columns and filters."""

    kind: str
    title: Words
    exportable: bool
    importable: bool
    key: str
    file_names: list[str]
    columns: list[ColumnView]
    filters: list[FilterView]


class ExchangeForms(BaseModel):
    """Everything that can be exported or imported by the caller, and the limits."""

    items: list[FormView]
    max_rows_xlsx: int
    max_rows_import: int
    max_file_bytes: int
    max_files: int
    delivery_suffixes: list[str]


def forms_for(session: Session, actor: Actor) -> ExchangeForms:
    """What the actor may export and import, the maker's own fields too, with the limits."""
    sent = {form.kind: with_own_columns(session, actor, form) for form in open_to(actor)}
    taken = FORMS if actor.is_staff and actor.may("import") else {}
    kinds = dict.fromkeys((*sent, *taken))
    return ExchangeForms(
        items=[_form(kind, sent.get(kind), taken.get(kind)) for kind in kinds],
        max_rows_xlsx=MAX_ROWS_XLSX, max_rows_import=MAX_ROWS, max_file_bytes=MAX_FILE_BYTES,
        max_files=MAX_FILES, delivery_suffixes=[*TABLE_SUFFIXES, ".zip"],
    )  # fmt: skip


def _form(kind: str, sent: ExportForm | None, taken: TakenForm | None) -> FormView:
    out = {column.name: column for column in sent.columns} if sent else {}
    back = {column.name: column for column in taken.columns} if taken else {}
    own = {name for name in out if name.startswith(PREFIX)} if taken else set[str]()
    return FormView(
        kind=kind,
        title=Words(en=sent.en, zh=sent.zh) if sent else _title(taken),
        exportable=sent is not None,
        importable=taken is not None,
        key=taken.key if taken else "",
        file_names=[taken.kind, *taken.names] if taken else [],
        columns=[
            _column(name, out.get(name), back.get(name), name in own)
            for name in dict.fromkeys((*out, *back))
        ],
        filters=[
            FilterView(name=item.name, values=list(item.values), many=item.many)
            for item in (sent.filters if sent else ())
        ],
    )


def _title(taken: TakenForm | None) -> Words:
    """The first accepted names of a kind that is only imported."""
    names = (taken.kind, *taken.names) if taken else ("",)
    chinese = next((name for name in names if not name.isascii()), names[0])
    return Words(en=names[0].replace("_", " ").capitalize(), zh=chinese)


def with_own_columns(session: Session, actor: Actor, form: ExportForm) -> ExportForm:
    """The form with the maker's own fields as its last columns."""
    own = own_columns(session, actor, form.own)
    return replace(form, columns=(*form.columns, *own)) if own else form


def _column(name: str, sent: Column | None, taken: TakenColumn | None, own: bool) -> ColumnView:
    headers = (name, *taken.accepts) if taken else (name,)
    chinese = next((header for header in headers if not header.isascii()), name)
    return ColumnView(
        name=name,
        header=Words(en=sent.en, zh=sent.zh) if sent else Words(en=headers[0], zh=chinese),
        holds=taken.shape.label if taken else sent.kind if sent else "",
        required=bool(taken and taken.required),
        exported=sent is not None,
        imported=own or taken is not None,
        accepts=[sent.en, sent.zh] if own and sent else list(headers[1:]),
    )
