import { useMemo } from "react";
import type { DiffLine, VersionDiff } from "../../api/knowledgeTypes";
import { useWords } from "../../i18n/LanguageProvider";
import { EmptyState } from "../../ui/EmptyState";
import { useNarrow } from "../../ui/useNarrow";
import { changedPieces, partners, sideBySide } from "./diffRows";

const SIDE_BY_SIDE_FROM = 1000;

/** What changed between two versions: fields first, then lines. */
export function DiffView({ diff }: { diff: VersionDiff }) {
  const { t } = useWords();
  const unified = useNarrow(SIDE_BY_SIDE_FROM);
  const pairs = useMemo(() => partners(diff.lines), [diff]);
  const same = diff.lines.every((line) => line.kind === "same" || line.kind === "skip");
  return (
    <>
      {diff.fields.length > 0 && <FieldChanges fields={diff.fields} />}
      {same && diff.fields.length === 0 && <EmptyState title={t("version.same")} />}
      {same && diff.fields.length > 0 && <p className="quiet">{t("version.sameText")}</p>}
      {!same &&
        (unified ? (
          <Unified lines={diff.lines} pairs={pairs} />
        ) : (
          <SideBySide lines={diff.lines} pairs={pairs} />
        ))}
    </>
  );
}

function FieldChanges({ fields }: { fields: VersionDiff["fields"] }) {
  const { t } = useWords();
  const shown = (value: unknown): string => {
    if (value === null || value === undefined || value === "") return t("state.none");
    if (Array.isArray(value)) return value.length > 0 ? value.join(", ") : t("state.none");
    return String(value);
  };
  return (
    <dl className="diff-fields">
      {fields.map(({ name, before, after }) => (
        <div key={name}>
          <dt>{t.label("articleField", name)}</dt>
          <dd>
            <del>{shown(before)}</del> <span aria-hidden>→</span> <ins>{shown(after)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

type Pairs = Map<DiffLine, string>;

function Text({ line, pairs }: { line: DiffLine; pairs: Pairs }) {
  return (
    <>
      {changedPieces(line.text, pairs.get(line)).map((piece, at) =>
        piece.changed ? <mark key={at}>{piece.text}</mark> : <span key={at}>{piece.text}</span>,
      )}
    </>
  );
}

const SIGN = { add: "+", del: "−", same: "", skip: "" } as const;

function Unified({ lines, pairs }: { lines: DiffLine[]; pairs: Pairs }) {
  return (
    <table className="diff diff-unified">
      <tbody>
        {lines.map((line, at) =>
          line.kind === "skip" ? (
            <Skipped key={at} text={line.text} span={3} />
          ) : (
            <tr key={at} data-kind={line.kind}>
              <td className="diff-number">{line.new ?? line.old}</td>
              <td className="diff-sign">{SIGN[line.kind]}</td>
              <td className="diff-text">
                <Text line={line} pairs={pairs} />
              </td>
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}

function SideBySide({ lines, pairs }: { lines: DiffLine[]; pairs: Pairs }) {
  const rows = useMemo(() => sideBySide(lines), [lines]);
  return (
    <table className="diff diff-split">
      <colgroup>
        <col className="diff-col-number" />
        <col />
        <col className="diff-col-number" />
        <col />
      </colgroup>
      <tbody>
        {rows.map(({ kind, left, right }, at) =>
          kind === "skip" ? (
            <Skipped key={at} text={left?.text ?? ""} span={4} />
          ) : (
            <tr key={at}>
              <Half line={left} number={left?.old} pairs={pairs} />
              <Half line={right} number={right?.new} pairs={pairs} />
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}

function Half(props: { line: DiffLine | null; number?: number | null; pairs: Pairs }) {
  const { line } = props;
  const kind = line?.kind ?? "none";
  return (
    <>
      <td className="diff-number" data-kind={kind}>
        {props.number}
      </td>
      <td className="diff-text" data-kind={kind}>
        {line && (
          <>
            <span className="diff-sign">{SIGN[line.kind]}</span>
            <Text line={line} pairs={props.pairs} />
          </>
        )}
      </td>
    </>
  );
}

function Skipped({ text, span }: { text: string; span: number }) {
  const { t } = useWords();
  return (
    <tr className="diff-skip">
      <td colSpan={span}>{text || t("version.skipped")}</td>
    </tr>
  );
}
