/** Shapes of the public door of a quote, as the server writes them. */

export interface Party {
  name?: string;
  address?: string;
  city?: string;
  country?: string;
  tax_number?: string;
  note?: string;
}

export interface QuoteLine {
  code: string;
  hours: string;
  text: string;
  quantity: string;
  unit: string;
  per: number;
  unit_price: string;
  discount: string;
  tax_rate: string | null;
  net: string;
}

export interface QuoteDocument {
  number: string;
  revision: number;
  title: string;
  intro: string;
  terms: string;
  language: string;
  currency: string;
  valid_until: string;
  ticket: string;
  seller: Party;
  buyer: Party;
  lines: QuoteLine[];
  taxes: { code: string; name: string; rate: string; net: string; tax: string }[];
  net: string;
  tax: string;
  gross: string;
}

export interface Question {
  from_customer: boolean;
  name: string;
  text: string;
  at: string;
}

export interface Quote {
  state: "open" | "approved" | "rejected" | "expired" | "closed";
  document: QuoteDocument;
  digest: string;
  decided_at: string | null;
  decided_by: string;
  questions: Question[];
}

export interface Act {
  act: "approve" | "reject" | "question";
  client_id: string;
  name: string;
  accepted: boolean;
  digest: string;
  text: string;
}
