/** Shapes of the HTTP contract, under the names the backend gives them. */

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

export interface Me {
  id: string;
  email: string;
  name: string;
  role: string;
  language: string;
  scopes: string[];
  tenant: { name: string; slug: string };
  demo: boolean;
}

export type Box = "bot" | "queue" | "mine" | "people" | "closed" | "all";
export type BoxCounts = Record<"bot" | "queue" | "mine" | "people", number>;

export interface ConversationSummary {
  id: string;
  channel: string;
  state: string;
  owner: string;
  owner_user_id: string | null;
  owner_name: string;
  contact_id: string;
  contact_name: string;
  customer_name: string;
  language: string;
  subject: string;
  snippet: string;
  last_message_at: string;
  waiting_since: string | null;
  handoff_reason: string;
  unread: number;
  rating: number | null;
}

export interface ConversationDetail extends ConversationSummary {
  customer_id: string | null;
  asset_id: string | null;
  handoff_summary: string;
  last_seq: number;
  version: number;
  page_url: string;
  rating_comment: string;
  created_at: string;
  closed_at: string | null;
}

export interface Option {
  label: string;
  value: string;
}

export interface Source {
  document: string;
  title: string;
  section: string;
  page: number | null;
  lang: string;
  excerpt: string;
}

export type Part =
  | { kind: "quick_replies"; options: Option[] }
  | { kind: "sources"; items: Source[] }
  | {
      kind: "step";
      index: number;
      total: number;
      title: string;
      text: string;
      hazards: string[];
      options: Option[];
    }
  | { kind: "device"; serial: string; model: string; name: string; warranty_until: string | null }
  | {
      kind: "ticket";
      number: string;
      title: string;
      state: string;
      state_label: string;
      progress: string[];
      reached: number;
      updated_at: string;
    }
  | { kind: "rating"; scale: number }
  | { kind: "notice"; event: string; wait_minutes: number | null };

export interface Attachment {
  id: string;
  name: string;
  media_type: string;
  size: number;
  url: string;
}

export interface Message {
  id: string;
  seq: number;
  author: string;
  author_name: string;
  internal: boolean;
  text: string;
  truncated: boolean;
  language: string;
  parts: Part[];
  attachments: Attachment[];
  client_msg_id: string | null;
  created_at: string;
  trace: Record<string, unknown>;
}

export interface Contact {
  id: string;
  customer_id: string | null;
  name: string;
  email: string;
  phone: string;
  language: string;
  role: string;
}

export interface Customer {
  id: string;
  number: string;
  name: string;
  country: string;
  language: string;
  city: string;
  address: string;
  industry: string;
  tier: string;
  time_zone: string;
}

export interface Asset {
  id: string;
  serial: string;
  model: string;
  customer_id: string | null;
  site: string;
  installed_on: string | null;
  warranty_until: string | null;
  firmware: string;
  usage_hours: number | null;
  contract_number: string;
}

export interface Contract {
  number: string;
  plan: string;
  starts_on: string | null;
  ends_on: string | null;
  response_hours: number | null;
  onsite_hours: number | null;
  covers: string;
  active?: boolean;
}

export interface Ticket {
  number: string;
  type: string;
  state: string;
  priority: string;
  title: string;
  description: string;
  language: string;
  channel: string;
  customer_id: string | null;
  contact_id: string | null;
  serial: string;
  model: string;
  conversation_id: string | null;
  assignee_id: string | null;
  engineer: string;
  error_codes: string[];
  callback_phone: string;
  version: number;
  created_at: string;
  updated_at: string;
  resolved_at: string | null;
  closed_at: string | null;
  possible_states: string[];
}

export interface TicketEvent {
  seq: number;
  kind: string;
  actor: string;
  text: string;
  data: Record<string, unknown>;
  public: boolean;
  created_at: string;
}

export interface TicketFile {
  ticket: Ticket;
  history: TicketEvent[];
  contact: Contact | null;
  customer: Customer | null;
  asset: Asset | null;
}

export interface OpenTicket {
  type: string;
  title: string;
  description: string;
  priority: string;
  language: string;
  serial: string;
  model: string;
  error_codes: string[];
  callback_phone: string;
  conversation_id?: string | null;
  contact_id?: string | null;
  customer_id?: string | null;
}

export interface ConversationFile {
  conversation: ConversationDetail;
  contact: Contact;
  customer: Customer | null;
  assets: Asset[];
  tickets: Ticket[];
  memory: Record<string, unknown>;
}

export interface AssetFile {
  asset: Asset;
  customer: Customer | null;
  contract: Contract | null;
  tickets: Ticket[];
}

export interface CustomerFile {
  customer: Customer;
  contacts: Contact[];
  assets: Asset[];
  contracts: Contract[];
  tickets: Ticket[];
}

export interface User {
  id: string;
  email: string;
  name: string;
  role: string;
  language: string;
  active: boolean;
}

export type PresenceStatus = "online" | "away" | "offline";

export interface Presence {
  user_id: string;
  name: string;
  status: PresenceStatus;
}

export interface OfficeHours {
  time_zone: string;
  weekly: Record<string, [string, string][]>;
  holidays: string[];
  open?: boolean;
  next_opening?: string | null;
}

export interface SavedReply {
  id: string;
  shortcut: string;
  language: string;
  title: string;
  text: string;
}

export interface Token {
  id: string;
  name: string;
  scopes: string[];
  expires_at: string | null;
  revoked: boolean;
  secret: string | null;
}

export interface ArticleSummary {
  key: string;
  lang: string;
  title: string;
  type: string;
  audience: string;
  product_models: string[];
  updated: string | null;
  state: string;
  languages: string[];
}

export interface Article extends ArticleSummary {
  body: string;
}

export interface Passage {
  document: string;
  title: string;
  section: string;
  page: number | null;
  score: number;
  models: string[];
  audience: string;
  lang: string;
  text: string;
}

export interface SearchAnswer {
  results: Passage[];
  clarify: string[] | null;
  took_ms: number;
}
