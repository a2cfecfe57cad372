/** How the panel sits in the window: full screen on phones, clear of the keyboard. */

const PHONE = "(max-width: 520px), (max-height: 480px)";

export const isPhone = (): boolean => window.matchMedia(PHONE).matches;

/**
 * Follows the visible part of the window while a phone's panel is open, since the keyboard covers
 * the layout viewport, and keeps the page behind from scrolling. Returns how to stop.
 */
export function fillPhone(host: HTMLElement): () => void {
  const view = window.visualViewport;
  const page = document.documentElement;
  const overflow = page.style.overflow;
  const fit = (): void => {
    page.style.overflow = isPhone() ? "hidden" : overflow;
    host.style.setProperty("--visible-height", view ? `${view.height}px` : "100dvh");
    host.style.setProperty("--visible-top", view ? `${view.offsetTop}px` : "0px");
  };
  fit();
  view?.addEventListener("resize", fit);
  view?.addEventListener("scroll", fit);
  return () => {
    page.style.overflow = overflow;
    view?.removeEventListener("resize", fit);
    view?.removeEventListener("scroll", fit);
  };
}
