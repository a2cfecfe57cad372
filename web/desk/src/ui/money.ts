/** An exact amount as the backend sends it: decimal digits and an ISO 4217 code. */
export interface Money {
  amount: string;
  currency: string;
}

/** The amount in a language's way, never through a float: all digits stay as they came. */
export function moneyText({ amount, currency }: Money, locale: string): string {
  if (!/^-?\d+(\.\d+)?$/.test(amount)) return `${amount} ${currency}`;
  try {
    const format = new Intl.NumberFormat(locale, {
      style: "currency",
      currency,
      maximumFractionDigits: 4,
    });
    return format.format(amount as unknown as number);
  } catch {
    return `${amount} ${currency}`;
  }
}
