/** The count of unread messages in the page's title. */

const MARK = /^\(\d+\) /;

/** Puts "(n) " before the title, or takes it away at 0; what the page itself set stays. */
export function markTitle(unread: number): void {
  const plain = document.title.replace(MARK, "");
  const wanted = unread > 0 ? `(${unread}) ${plain}` : plain;
  if (document.title !== wanted) document.title = wanted;
}
