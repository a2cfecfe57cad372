import { describe, expect, it } from "vitest";
import { checklist } from "../src/acts/checklist";
import { draftReport, saysUnsigned, unsignedLine } from "../src/acts/draft";
import { translator } from "../src/i18n/catalogue";
import en from "../src/i18n/en.json";
import { formats } from "../src/i18n/format";

type Facts = Parameters<typeof draftReport>[0];
const slot = (label: string) => ({ concept: "", text: "", lang: "", label, translated: false, concepts: [] });
const facts = {
  file: {
    title: "E-217", purpose: "Change the fan", travel_minutes: 40,
    labour: [{ kind: "work", minutes: 50 }, { kind: "wait", minutes: 10 }],
    parts: [{ part: "YP-FN-2001", quantity: 1, serial_out: "A", serial_in: "B" }],
    readings: [{ name: "EVA", value: 61, unit: "°C", ok: true }],
  },
  runs: [{ title: "Fan", result: "passed", state: "ended", passed_count: 3, steps_count: 3 }, { title: "Open", result: "", state: "begun", passed_count: 0, steps_count: 3 }],
  findings: [
    { component: slot("Fan"), symptom: slot(""), cause: slot("Worn bearing"), remedy: slot("Changed"), superseded_by: null },
    { component: slot("Pump"), symptom: slot(""), cause: slot(""), remedy: slot(""), superseded_by: "x" },
  ],
} as unknown as Facts;

describe("the report", () => {
  it("is drawn up from the facts alone, each once, nothing that was corrected", () => {
    const text = draftReport(facts, translator(en, "en"), formats("en"));
    expect(text.split("\n")).toEqual([
      "Task: Change the fan",
      "Component: Fan; Cause: Worn bearing; Remedy: Changed",
      "Fan: Passed",
      "Part used: YP-FN-2001 × 1 (A → B)",
      "Reading: EVA 61 °C (within limits)",
      "Work: 50 mins",
      "Way there: 40 mins",
    ]);
  });

  it("says why nobody signed, readable in either language", () => {
    expect(saysUnsigned(`Done.\n${unsignedLine("en", "away")}`)).toBe(true);
    expect(saysUnsigned(unsignedLine("zh", "不在"))).toBe(true);
    expect(saysUnsigned("The part was not signed: out")).toBe(false);
  });
});

describe("before a visit ends", () => {
  const file = { report: "", signed: false, labour: [], photos: [], readings: [] };
  const runs = [{ id: "r1", required: true, state: "begun", result: "" }];
  const missing = (stand: Partial<Parameters<typeof checklist>[0]>) =>
    checklist({ file, runs, findings: 0, unsent: 0, result: "solved", ...stand } as Parameters<typeof checklist>[0])
      .filter((one) => !one.ok && one.must)
      .map((one) => one.key);

  it("must have its required work and its report, unless it was broken off", () => {
    expect(missing({})).toEqual(["sop", "report"]);
    expect(missing({ result: "no_access" })).toEqual([]);
    expect(missing({ unsent: 2 })).toEqual(["sent", "sop", "report"]);
  });

  it("leads to the step that is open", () => {
    const items = checklist({ file, runs, findings: 0, unsent: 0, result: "" } as unknown as Parameters<typeof checklist>[0]);
    expect(items.find((one) => one.key === "sop")?.to).toBe("sop/r1");
  });
});
