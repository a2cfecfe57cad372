/** A drawing for the kind of device, in lines, where no photo is on file. */

const SVG = "http://www.w3.org/2000/svg";
const DRAWINGS: readonly [RegExp, string][] = [
  [/sequenc|analy|spectro/i, "M8 14h48v34H8zM14 20h22v14H14zM42 22h8M42 28h8M16 42h32M16 48v4M48 48v4"],
  [/robot|arm|handl/i, "M12 52h20M22 52V38l12-14 14 6M34 24l-4-8M48 30l6-4M48 30l4 8M18 38h8"],
  [/extract|prep|fluid|pump/i, "M10 18h44v34H10zM16 26h6v18h-6zM28 26h6v18h-6zM40 26h6v18h-6zM10 18l6-6h32l6 6"],
  [/load|cool|freez|incub/i, "M14 10h36v44H14zM14 26h36M42 15v6M42 32v10M20 54v3M44 54v3"],
  [/heat|boiler|oven|furnace/i, "M14 10h36v44H14zM32 46c-8 0-9-8-4-13 1 3 3 3 3 1 0-4 1-7 4-9 0 5 6 8 6 14 0 4-4 7-9 7z"],
];
const ANY = "M10 16h44v30H10zM10 38h44M26 46v6M38 46v6M20 52h24M18 23h14M18 29h8";

export function drawingOf(family: string): string {
  return DRAWINGS.find(([words]) => words.test(family))?.[1] ?? ANY;
}

export function familyPicture(family: string): SVGElement {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", "0 0 64 64");
  picture.setAttribute("class", "picture");
  picture.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", drawingOf(family));
  picture.append(path);
  return picture;
}
