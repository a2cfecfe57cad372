"""What every page must be for whoever cannot see it well, or wears gloves."""

from __future__ import annotations

from typing import cast

from playwright.sync_api import Page

# Names of controls, labels of fields, one heading and one main part, contrast of every text that
# is shown (WCAG 2.2: 4.5, large text 3), and size of what is tapped (44 CSS pixels).
_FAULTS = """
() => {
  const faults = [];
  const shown = (node) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && node.getClientRects().length > 0;
  const called = (node) => (node.getAttribute('aria-label')
    || [...(node.labels || [])].map((one) => one.textContent).join(' ')
    || (node.getAttribute('aria-labelledby') || '').split(/\\s+/)
      .map((id) => document.getElementById(id)?.textContent || '').join(' ')
    || (/^(INPUT|SELECT|TEXTAREA)$/.test(node.tagName) ? '' : node.textContent)
    || [...node.querySelectorAll('img')].map((one) => one.alt).join(' ')).trim();
  const told = (node) => `${node.tagName}.${node.className} ${called(node)}`.slice(0, 90);
  const open = document.querySelector('dialog[open]') || document;
  const controls = 'button, a[href], input, select, textarea, [role=img]';
  for (const node of open.querySelectorAll(controls)) {
    const hidden = node.classList.contains('spoken-only');
    if (!shown(node) && !hidden) continue;
    if (!called(node)) faults.push(`no name: ${node.outerHTML.slice(0, 120)}`);
    const tapped = node.closest('label') || node;
    const inText = node.tagName === 'A' && getComputedStyle(node).display === 'inline';
    const box = tapped.getBoundingClientRect();
    if (!inText && !hidden && Math.min(box.height, box.width) < 43.5) {
      faults.push(`small (${Math.round(box.width)}x${Math.round(box.height)}): ${told(node)}`);
    }
  }
  for (const node of document.querySelectorAll('img')) {
    if (!node.hasAttribute('alt')) faults.push(`no alt: ${node.src}`);
  }
  if (document.querySelectorAll('h1').length !== 1) faults.push('not one h1');
  if (document.querySelectorAll('main').length !== 1) faults.push('not one main');
  if (!document.documentElement.lang) faults.push('no lang');
  const ids = [...document.querySelectorAll('[id]')].map((node) => node.id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  if (twice.length) faults.push(`ids twice: ${twice}`);
  for (const node of document.querySelectorAll('[aria-labelledby], [aria-describedby]')) {
    const about = ['aria-labelledby', 'aria-describedby'];
    const names = about.map((one) => node.getAttribute(one) || '');
    for (const id of names.join(' ').trim().split(/\\s+/)) {
      if (!document.getElementById(id)) faults.push(`points nowhere: ${id}`);
    }
  }
  const rgba = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const over = (top, under) => {
    const alpha = top[3] ?? 1;
    return [0, 1, 2].map((at) => top[at] * alpha + under[at] * (1 - alpha));
  };
  const paper = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) {
      const found = rgba(getComputedStyle(at).backgroundColor);
      if ((found[3] ?? 1) > 0) layers.push(found);
      if ((found[3] ?? 1) === 1) break;
    }
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255]);
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((one) => {
      const part = one / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const root = open === document ? document.body : open;
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    const node = text.parentElement;
    const words = text.textContent.trim();
    if (!words || !shown(node) || node.closest('.spoken-only, :disabled')) continue;
    const style = getComputedStyle(node);
    const under = paper(node);
    const [a, b] = [light(over(rgba(style.color), under)), light(under)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio >= (large ? 3 : 4.5)) continue;
    faults.push(`contrast ${ratio.toFixed(2)}: ${words.slice(0, 40)}`);
  }
  if (document.documentElement.scrollWidth > innerWidth) faults.push('wider than the screen');
  return [...new Set(faults)];
}
"""


def faults(page: Page) -> list[str]:
    """What is wrong with the page as it is shown now; empty where nothing is."""
    return cast("list[str]", page.evaluate(_FAULTS))
