import type { StockLocation } from "../api/stockTypes";

export interface LocationNode {
  location: StockLocation;
  children: LocationNode[];
}

/** The locations as a tree; one whose location above is unknown stands at the top. */
export function locationTree(locations: StockLocation[]): LocationNode[] {
  const nodes = new Map(
    locations.map((location): [string, LocationNode] => [location.code, { location, children: [] }]),
  );
  const roots: LocationNode[] = [];
  for (const node of nodes.values()) {
    const above = nodes.get(node.location.parent);
    if (above && above !== node && !isBelow(above, node, nodes)) above.children.push(node);
    else roots.push(node);
  }
  return roots;
}

/** Whether `node` stands above `place`; a ring of parents in the books must not hang the page. */
function isBelow(place: LocationNode, node: LocationNode, nodes: Map<string, LocationNode>): boolean {
  const seen = new Set<string>();
  for (let at: LocationNode | undefined = place; at; at = nodes.get(at.location.parent)) {
    if (at === node) return true;
    if (seen.has(at.location.code)) return false;
    seen.add(at.location.code);
  }
  return false;
}
