import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const css = readFileSync(join(import.meta.dirname, "../src/styles/tokens.css"), "utf8");
const desk = readFileSync(join(import.meta.dirname, "../../desk/src/theme/theme.ts"), "utf8");

const block = (start: string): Record<string, string> => {
  const from = css.indexOf(start);
  const body = css.slice(from, css.indexOf("}", from));
  return Object.fromEntries([...body.matchAll(/--([\w-]+):\s*(#\w+)/g)].map(([, name = "", value = ""]) => [name, value]));
};
const LIGHT = block(":root {");
const DARK = block(':root[data-theme="dark"]');

function luminance(hex: string): number {
  const whole = hex.length === 4 ? hex.replace(/[^#]/g, "$&$&") : hex;
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(whole.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
const contrast = (a: string, b: string): number => {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};

describe("the colours", () => {
  it("are those of the desk's theme", () => {
    for (const value of [LIGHT.primary, LIGHT.green, LIGHT.amber, LIGHT.red, LIGHT.ai, LIGHT.layout, LIGHT.bar, DARK.primary, DARK.bg, DARK.layout, DARK.green, DARK.amber, DARK.red, DARK.ai]) {
      expect(desk).toContain(value);
    }
  });

  it.each([["light", LIGHT], ["dark", DARK]])("can be read in the sun: %s", (_, tokens) => {
    const at = (name: string): string => tokens[name] ?? LIGHT[name] ?? "";
    expect(contrast(at("text"), at("bg"))).toBeGreaterThan(12);
    const pairs = [
      ["text-2", "bg"], ["text-2", "layout"], ["primary-ink", "bg"], ["on-primary", "primary"], ["primary-ink", "primary-soft"],
      ["green", "green-soft"], ["amber", "amber-soft"], ["red", "red-soft"], ["ai", "ai-surface"], ["bar-text", "bar"],
      ["on-red", "red"], ["red", "bg"], ["text", "red-soft"], ["text", "amber-soft"],
    ] as const;
    for (const [ink, paper] of pairs) {
      expect([ink, paper, contrast(at(ink), at(paper)) >= 4.5]).toEqual([ink, paper, true]);
    }
    for (const paper of ["bg", "layout"]) expect(contrast(at("edge"), at(paper))).toBeGreaterThan(3);
  });
});
