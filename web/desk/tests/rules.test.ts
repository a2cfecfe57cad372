import { describe, expect, it } from "vitest";
import type { Ticket } from "../src/api/types";
import { warrantyState } from "../src/devices/warrantyState";
import { formats } from "../src/i18n/format";
import { spansFault, tidyTime, tidyWeekly } from "../src/settings/hours";
import { commonStates } from "../src/tickets/BulkBar";
import { NO_QUERY, apiQuery, isFiltered, readQuery, sameFilters, withFilter, writeQuery } from "../src/ui/listQuery";
import { withView } from "../src/ui/SavedViews";
import { parseBlocks } from "../src/ui/markdownBlocks";

describe("warranty", () => {
  const today = new Date("2026-11-22T12:00:00");
  it.each([
    [null, "unknown"],
    ["2026-11-22", "ending"],
    ["2026-11-21", "over"],
    ["2027-12-01", "active"],
    ["nonsense", "unknown"],
  ])("until %s is %s", (until, state) => expect(warrantyState(until, today)).toBe(state));
});

describe("office hours", () => {
  it.each([
    [[["09:00", "18:00"]], null],
    [[["09:00", "24:00"]], null],
    [[["9", "18:00"]], "time"],
    [[["18:00", "09:00"]], "order"],
    [[["13:00", "18:00"], ["09:00", "14:00"]], "overlap"],
    [[["13:00", "18:00"], ["09:00", "13:00"]], null],
  ] as [[string, string][], string | null][])("%j: %s", (spans, fault) =>
    expect(spansFault(spans)).toBe(fault),
  );

  it("read times as people type them", () => {
    expect(["900", "9:30", "0905", "09：15", "x"].map(tidyTime)).toEqual([
      "09:00", "09:30", "09:05", "09:15", "x",
    ]);
  });

  it("leave out days off and order the spans", () => {
    const weekly = { "0": [], "1": [["13:00", "18:00"], ["09:00", "12:00"]] } as Record<
      string,
      [string, string][]
    >;
    expect(tidyWeekly(weekly)).toEqual({ "1": [["09:00", "12:00"], ["13:00", "18:00"]] });
  });
});

describe("lists", () => {
  it("ask for one's own by id", () => {
    const query = withFilter(NO_QUERY, "assignee_id", ["me"]);
    expect(apiQuery(query, "u1").assignee_id).toEqual(["u1"]);
  });

  it("know whether anything is filtered", () => {
    expect(isFiltered(NO_QUERY)).toBe(false);
    expect(isFiltered({ ...NO_QUERY, q: " x " })).toBe(true);
    expect(isFiltered(withFilter(withFilter(NO_QUERY, "tag", ["a"]), "tag", [""]))).toBe(false);
  });

  it("live in the address and come back the same, without filters that they do not have", () => {
    const query = { q: "pump #1", sort: "due", filters: { state: ["new", "closed"], tag: ["x&y"] } };
    const params = new URLSearchParams(`${writeQuery(query).toString()}&other=1`);
    expect(readQuery(params, ["tag", "state", "type"])).toEqual(query);
    expect(sameFilters(query, { ...query, sort: "", filters: { tag: ["x&y"], state: ["new", "closed"] } })).toBe(true);
  });

  it("replace a saved view of the same name", () => {
    const views = withView([{ name: "a", view: { q: "" } }], { name: "a", view: { q: "1" } });
    expect(views).toEqual([{ name: "a", view: { q: "1" } }]);
  });

  it("offer many tickets only the steps that all can take", () => {
    const ticket = (possible_states: string[]) => ({ possible_states }) as Ticket;
    expect(commonStates([ticket(["resolved", "cancelled"]), ticket(["resolved"])])).toEqual(["resolved"]);
    expect(commonStates([])).toEqual([]);
  });
});

describe("formats", () => {
  const now = new Date("2026-11-22T12:00:00Z").getTime();
  it("write dates by the reader's language, whatever the zone", () => {
    expect(formats("en").date("2026-05-12")).toBe("12 May 2026");
    expect(formats("zh").date("2026-05-12")).toBe("2026年5月12日");
    expect(formats("en").date(null)).toBe("");
    expect(formats("en").date("not a date")).toBe("not a date");
  });

  it("tell a wait in its largest units", () => {
    const waited = (ms: number) => formats("en").waited(new Date(now - ms).toISOString(), now);
    expect(waited(30_000)).toBe("30s");
    expect(waited(5 * 60_000)).toBe("5m");
    expect(waited(125 * 60_000)).toBe("2h 5m");
    expect(waited(-10_000)).toBe("0s");
  });

  it("keep an unknown language or country as its code", () => {
    expect(formats("en").languageName("1x!")).toBe("1x!");
    expect(formats("en").countryName("Utopia")).toBe("Utopia");
    expect(formats("zh").countryName("DE")).toBe("德国");
  });
});

describe("markdown", () => {
  it("reads a procedure with branches and hazard notes between its steps", () => {
    const blocks = parseBlocks(
      "Intro\n\n1. Look.\n   - off: go to step 2\n   - on: solved: fine\n\n> Warning: hot\n\n2. Wait.\n",
    );
    expect(blocks.map((block) => block.kind)).toEqual(["paragraph", "list", "quote", "list"]);
    expect(blocks[1]).toMatchObject({
      ordered: true, start: 1,
      items: [{ text: "Look.", children: [{ kind: "list", ordered: false }] }],
    });
    expect(blocks[3]).toMatchObject({ start: 2, items: [{ text: "Wait." }] });
  });

  it("reads tables with escaped bars and short rows", () => {
    const [table] = parseBlocks("| a | b |\n|---|:-:|\n| x \\| y |\n");
    expect(table).toEqual({ kind: "table", head: ["a", "b"], rows: [["x | y", ""]] });
  });

  it("ends, whatever it is given", () => {
    for (const text of ["", "```", ">", "- ", "|", "#", "1.", "\n\n", "- a\n  - b\n- c\n\n\n", "-\n-"]) {
      expect(Array.isArray(parseBlocks(text))).toBe(true);
    }
  });
});
