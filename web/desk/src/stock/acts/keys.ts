/** Everything that an act on stock may change is read anew: the lists and what stands under them. */
export const STOCK_KEYS = [
  ["stock"],
  ["stock-moves"],
  ["stock-parts"],
  ["stock-requests"],
  ["stock-reservations"],
  ["stock-counts"],
];
