import type { ProposalLine } from "../api/stockTypes";
import type { Translator } from "../i18n/catalogue";

/** The lines of a proposal by the place that is to get the parts, in the order they came. */
export function byLocation(lines: ProposalLine[]): { location: string; lines: ProposalLine[] }[] {
  const groups = new Map<string, ProposalLine[]>();
  for (const line of lines) {
    const group = groups.get(line.location);
    if (group) group.push(line);
    else groups.set(line.location, [line]);
  }
  return [...groups].map(([location, found]) => ({ location, lines: found }));
}

/** Why a line is proposed: what is at disposal against the minimum, and what the source lacks. */
export function whyText(line: ProposalLine, t: Translator): string {
  const disposal = line.on_hand - line.reserved + line.incoming - line.promised;
  const low = t("replenish.low", { count: disposal, minimum: line.minimum });
  if (line.short === 0) return low;
  return `${low}${t("replenish.lacks", { source: line.source, count: line.quantity })}`;
}
