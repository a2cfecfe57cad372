/** Everything that an act on stock may change is read anew. */
export const STOCK_KEYS = [["stock"], ["stock-moves"], ["stock-parts"]];
