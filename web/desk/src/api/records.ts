import { get, patch, post, segment } from "./client";
import type { Asset, Contact, ContactChanges, Customer, CustomerFile, Page } from "./types";

export interface AssetQuery {
  q?: string;
  customer_id?: string;
  model?: string;
}

export const assets = (
  query: AssetQuery & { cursor?: string | null },
  signal?: AbortSignal,
): Promise<Page<Asset>> => get("/v1/assets", { ...query }, signal);

export const customers = (
  query: { q?: string; cursor?: string | null },
  signal?: AbortSignal,
): Promise<Page<Customer>> => get("/v1/customers", query, signal);
export const customer = (id: string): Promise<CustomerFile> =>
  get(`/v1/customers/${segment(id)}`);

export const changeContact = (id: string, change: ContactChanges): Promise<Contact> =>
  patch(`/v1/contacts/${segment(id)}`, change);
export const linkContact = (id: string, customerId: string): Promise<Contact> =>
  post(`/v1/contacts/${segment(id)}/link`, { customer_id: customerId });
