/** Building DOM nodes without markup strings. */

type Child = Node | string | null | undefined | false;
type Attribute = string | number | boolean | null | undefined | EventListener;

/** An element. `onclick` and the like become listeners; null and false leave an attribute out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, Attribute> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  }
  for (const child of children) if (child || child === "") node.append(child);
  return node;
}

/** Gives the focus of a button that is about to vanish to the messages around it. */
export function leaveFocus(node: EventTarget | null): void {
  if (node instanceof Element) node.closest<HTMLElement>(".log")?.focus({ preventScroll: true });
}

/**
 * Makes the children of `parent` be `wanted`, in order, touching only what differs: focus, scroll
 * and screen-reader state of the kept nodes survive.
 */
export function arrange(parent: HTMLElement, wanted: readonly HTMLElement[]): void {
  const keep = new Set<Node>(wanted);
  for (const child of [...parent.childNodes]) if (!keep.has(child)) child.remove();
  wanted.forEach((node, index) => {
    const there = parent.childNodes[index] ?? null;
    if (there !== node) parent.insertBefore(node, there);
  });
}
