import { get, patch, post, request, segment } from "./client";
import type { Query } from "./client";
import type { components } from "./schema";
import type { Page } from "./types";

type Schemas = components["schemas"];
export type TicketCosts = Schemas["TicketCosts"];
export type CostLine = Schemas["CostLineView"];
export type CostEntry = Schemas["CostEntryFacts"];
export type BearingWish = Schemas["BearingWish"];
export type Bearing = Schemas["BearingView"];
export type CostDifference = Schemas["CostDifference"];
export type Rate = Schemas["RateView"];
export type NewRate = Schemas["CreateRate"];
export type ExchangeRate = Schemas["ExchangeRateView"];
export type NewExchangeRate = Schemas["SetExchangeRate"];
export type BillingRules = Schemas["BillingRulesView"];
export type PriceList = Schemas["PriceListView"];
export type PriceListFile = Schemas["PriceListPage"];
export type PriceItem = Schemas["PriceItemFacts"];
export type Quote = Schemas["QuoteView"];
export type QuoteFile = Schemas["QuotePage"];
export type QuoteLineFacts = Schemas["QuoteLineFacts"];
export type NewQuote = Schemas["CreateQuote"];
export type Invoice = Schemas["InvoiceView"];
export type InvoiceFile = Schemas["InvoicePage"];
export type NewInvoice = Schemas["DraftInvoice"];
export type Batch = Schemas["ExportBatchView"];
export type Summary = Schemas["BillingSummary"];
export type SummaryRow = Schemas["SummaryRow"];

/** How a change is sent: acts once, based on what was shown. */
interface How {
  key: string;
  version?: number;
}

const put = <T>(path: string, body: object, how: How): Promise<T> =>
  request("PUT", path, { body: { ...body, version: how.version }, idempotencyKey: how.key });
const step = <T>(path: string, body: object, how: How): Promise<T> =>
  post(path, { ...body, version: how.version }, how.key);

const costsOf = (number: string, more = ""): string => `/v1/tickets/${segment(number)}/costs${more}`;
export const ticketCosts = (number: string, signal?: AbortSignal): Promise<TicketCosts> =>
  get(costsOf(number), undefined, signal);
export const costDifference = (number: string): Promise<CostDifference> =>
  get(costsOf(number, "/difference"));
export const addCost = (number: string, body: CostEntry, key: string): Promise<{ id: string }> =>
  post(costsOf(number), body, key);
export const voidCost = (number: string, id: string, reason: string, key: string) =>
  post(costsOf(number, `/${segment(id)}/void`), { reason }, key);
export const askBearing = (number: string, body: BearingWish, key: string): Promise<Bearing> =>
  post(costsOf(number, "/decisions"), body, key);
export const ruleOnBearing = (
  number: string,
  id: string,
  approve: boolean,
  key: string,
): Promise<Bearing> =>
  post(costsOf(number, `/decisions/${segment(id)}/${approve ? "approve" : "reject"}`), {}, key);
export const settleCosts = (
  number: string,
  body: { recompute: boolean; reason: string },
  key: string,
) => post(costsOf(number, "/settle"), body, key);

export const rates = async (signal?: AbortSignal): Promise<Rate[]> =>
  (await get<Page<Rate>>("/v1/billing/rates", { limit: 200 }, signal)).items;
export const createRate = (body: NewRate, key: string): Promise<Rate> =>
  post("/v1/billing/rates", body, key);
export const changeRate = (id: string, body: object, how: How): Promise<Rate> =>
  request("PATCH", `/v1/billing/rates/${segment(id)}`, {
    body: { ...body, version: how.version },
    idempotencyKey: how.key,
  });
export const exchangeRates = async (signal?: AbortSignal): Promise<ExchangeRate[]> =>
  (await get<Page<ExchangeRate>>("/v1/billing/exchange-rates", { limit: 60 }, signal)).items;
export const setExchangeRate = (body: NewExchangeRate, key: string): Promise<ExchangeRate> =>
  post("/v1/billing/exchange-rates", body, key);
export const billingRules = (): Promise<BillingRules> => get("/v1/billing/rules");
export const setBillingRules = (body: object, how: How): Promise<BillingRules> =>
  put("/v1/billing/rules", body, how);

const list = (code: string, more = ""): string => `/v1/price-lists/${segment(code)}${more}`;
export const priceLists = (query: Query, signal?: AbortSignal): Promise<Page<PriceList>> =>
  get("/v1/price-lists", query, signal);
export const priceList = (code: string): Promise<PriceListFile> => get(list(code));
export const createPriceList = (body: object, key: string): Promise<PriceList> =>
  post("/v1/price-lists", body, key);
export const replacePriceList = (code: string, body: object, how: How): Promise<PriceList> =>
  put(list(code), body, how);
export const copyPriceList = (code: string, body: object, key: string): Promise<PriceList> =>
  post(list(code, "/copy"), body, key);

const quoteAt = (number: string, more = ""): string => `/v1/quotes/${segment(number)}${more}`;
export const quotes = (query: Query, signal?: AbortSignal): Promise<Page<Quote>> =>
  get("/v1/quotes", query, signal);
export const quote = (number: string): Promise<QuoteFile> => get(quoteAt(number));
export const createQuote = (body: NewQuote, key: string): Promise<Quote> =>
  post("/v1/quotes", body, key);
export const changeQuote = (number: string, body: object, how: How): Promise<Quote> =>
  put(quoteAt(number), body, how);
export type QuoteAct =
  | "send" | "approve" | "reject" | "withdraw" | "revise" | "decision" | "answers" | "link";
export const actOnQuote = (number: string, act: QuoteAct, body: object, how: How): Promise<Quote> =>
  step(quoteAt(number, `/${act}`), body, how);
export const quotePrint = (number: string): string => quoteAt(number, "/print");

const invoiceAt = (id: string, more = ""): string => `/v1/invoices/${segment(id)}${more}`;
export const invoices = (query: Query, signal?: AbortSignal): Promise<Page<Invoice>> =>
  get("/v1/invoices", query, signal);
export const invoice = (id: string): Promise<InvoiceFile> => get(invoiceAt(id));
export const draftInvoice = (body: Partial<NewInvoice>, key: string): Promise<Invoice> =>
  post("/v1/invoices", body, key);
export const changeInvoice = (id: string, body: object, version: number | undefined): Promise<Invoice> =>
  patch(invoiceAt(id), { ...body, version });
export type InvoiceAct = "issue" | "cancel" | "discard";
export const actOnInvoice = (id: string, act: InvoiceAct, body: object, how: How): Promise<Invoice> =>
  step(invoiceAt(id, `/${act}`), body, how);
export const invoicePrint = (id: string): string => invoiceAt(id, "/print");
export const batches = async (): Promise<Batch[]> =>
  (await get<Page<Batch>>("/v1/invoices/exports", { limit: 20 })).items;
export const exportInvoices = (body: object, key: string): Promise<Batch> =>
  post("/v1/invoices/exports", body, key);
export const batchFile = (id: string, format: string): string =>
  `/v1/invoices/exports/${segment(id)}?format=${format}`;

export const summary = (query: Query, signal?: AbortSignal): Promise<Summary> =>
  get("/v1/billing/summary", query, signal);
