const BROWSERS: [RegExp, string][] = [
  [/\bEdg(?:A|iOS)?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bMicroMessenger\//, "WeChat"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/Chrome\/|\bCriOS\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
const SYSTEMS: [RegExp, string][] = [
  [/\bAndroid\b/, "Android"],
  [/\biPhone\b|\biPad\b/, "iOS"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];

const named = (device: string, names: [RegExp, string][]): string =>
  names.find(([pattern]) => pattern.test(device))?.[1] ?? "";

/** Browser and system, as people call them, out of what a browser calls itself. */
export function browserOf(device: string): string {
  const found = [named(device, BROWSERS), named(device, SYSTEMS)].filter(Boolean);
  return found.length ? found.join(" · ") : device.slice(0, 60);
}
