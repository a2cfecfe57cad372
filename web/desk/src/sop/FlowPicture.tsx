import { useMemo } from "react";
import { useWords } from "../i18n/LanguageProvider";
import type { Step } from "./api";
import { flowOf } from "./flow";
import type { Arc, FlowNode } from "./flow";
import { inLanguage } from "./terms";

const BOX = { width: 196, height: 30, gap: 16 };
const LANE = 14;
const top = (index: number) => 8 + index * (BOX.height + BOX.gap);

interface Props {
  steps: Step[];
  language: string;
  selected?: number;
  onSelect?: (index: number) => void;
}

/** The procedure as a small picture: boxes in order, green arcs go on, red ones follow a failure. */
export function FlowPicture({ steps, language, selected, onSelect }: Props) {
  const { t } = useWords();
  const flow = useMemo(() => flowOf(steps), [steps]);
  const left = 12 + flow.lanes.left * LANE;
  const width = left + BOX.width + 34 + flow.lanes.right * LANE;
  const height = top(steps.length) + 4;
  if (steps.length === 0) return <p className="quiet">{t("sop.noSteps")}</p>;
  return (
    <svg
      className="flow"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={t("sop.flow")}
    >
      <defs>
        {(["well", "failed", "option"] as const).map((way) => (
          <marker key={way} id={`flow-${way}`} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0 8 4 0 8z" className={`flow-head flow-${way}`} />
          </marker>
        ))}
      </defs>
      {flow.nodes.map((node, index) => node.straight && index < flow.nodes.length - 1 && (
        <line
          key={node.step.id}
          className="flow-line flow-well"
          x1={left + BOX.width / 2}
          x2={left + BOX.width / 2}
          y1={top(index) + BOX.height}
          y2={top(index + 1) - 1}
          markerEnd="url(#flow-well)"
        />
      ))}
      {flow.arcs.map((arc) => (
        <path
          key={`${arc.from}-${arc.to}-${arc.way}`}
          className={`flow-line flow-${arc.way}`}
          d={curve(arc, left)}
          markerEnd={`url(#flow-${arc.way})`}
        />
      ))}
      {flow.nodes.map((node, index) => (
        <Box
          key={node.step.id}
          node={node}
          index={index}
          left={left}
          title={inLanguage(node.step.title, language) || node.step.id}
          selected={index === selected}
          onSelect={onSelect}
        />
      ))}
    </svg>
  );
}

function curve({ from, to, lane, side }: Arc, left: number): string {
  const start = top(from) + BOX.height / 2 + 5;
  const end = top(to) + BOX.height / 2 - 5;
  if (side === "left") {
    const x = left - 4 - lane * LANE;
    return `M${left} ${start}H${x + 6}Q${x} ${start} ${x} ${start - 6}V${end + 6}Q${x} ${end} ${x + 6} ${end}H${left - 1}`;
  }
  const edge = left + BOX.width;
  const x = edge + 20 + lane * LANE;
  return `M${edge} ${start}H${x - 6}Q${x} ${start} ${x} ${start + 6}V${end - 6}Q${x} ${end} ${x - 6} ${end}H${edge + 1}`;
}

interface BoxProps {
  node: FlowNode;
  index: number;
  left: number;
  title: string;
  selected: boolean;
  onSelect?: (index: number) => void;
}

function Box({ node, index, left, title, selected, onSelect }: BoxProps) {
  const y = top(index);
  const short = cut(title, 22);
  return (
    <g
      className="flow-box"
      data-hazard={node.step.hazard}
      data-selected={selected || undefined}
      onClick={onSelect && (() => onSelect(index))}
    >
      <title>{`${index + 1}. ${title}`}</title>
      <rect x={left} y={y} width={BOX.width} height={BOX.height} rx="6" />
      <text x={left + 8} y={y + 19}>{`${index + 1}. ${short}`}</text>
      {node.ends && <circle className="flow-end" cx={left + BOX.width - 10} cy={y + 9} r="4" />}
      {node.stops && (
        <rect className="flow-stop" x={left + BOX.width - 14} y={y + BOX.height - 13} width="8" height="8" rx="1" />
      )}
    </g>
  );
}

/** Wide characters take two places. */
function cut(text: string, places: number): string {
  let used = 0;
  for (const [index, letter] of [...text].entries()) {
    used += letter.charCodeAt(0) > 0x2e7f ? 1.75 : 1;
    if (used > places) return `${[...text].slice(0, index).join("")}…`;
  }
  return text;
}
