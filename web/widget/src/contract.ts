/** The shapes of the chat's HTTP and socket contract (`/v1/chat/*`), as the server sends them. */

export interface Choice {
  label: string;
  value: string;
}

export interface ChatConfig {
  name: string;
  logo_text: string;
  languages: string[];
  languages_rtl: string[];
  greeting: string;
  quick_starts: Choice[];
  hotline: string;
  max_upload_mb: number;
  office: { open: boolean; next_opening: string | null };
}

export interface ChatState {
  id: string;
  state: "open" | "closed";
  owner: "bot" | "queue" | "person";
  agent_name: string;
  last_seq: number;
  waiting_since: string | null;
  wait_minutes: number | null;
  rating: number | null;
  language: string;
}

export interface Attachment {
  id: string;
  name: string;
  media_type: string;
  size: number;
  url: string;
}

export interface SourceItem {
  document: string;
  title: string;
  section: string;
  page: number | null;
  lang: string;
  excerpt: string;
}

export interface QuickRepliesPart {
  kind: "quick_replies";
  options: Choice[];
}

export interface SourcesPart {
  kind: "sources";
  items: SourceItem[];
}

export interface StepPart {
  kind: "step";
  index: number;
  total: number;
  title: string;
  text: string;
  hazards: string[];
  options: Choice[];
}

export interface DevicePart {
  kind: "device";
  serial: string;
  model: string;
  name: string;
  warranty_until: string | null;
}

export interface TicketPart {
  kind: "ticket";
  number: string;
  title: string;
  state: string;
  state_label: string;
  progress: string[];
  /** Index into `progress` of the last stage reached, from 0. */
  reached: number;
  updated_at: string;
}

export interface RatingPart {
  kind: "rating";
  scale: number;
}

export interface NoticePart {
  kind: "notice";
  event: "waiting" | "person_joined" | "bot_back" | "closed";
  wait_minutes: number | null;
}

export type Part =
  | QuickRepliesPart
  | SourcesPart
  | StepPart
  | DevicePart
  | TicketPart
  | RatingPart
  | NoticePart;

export interface Message {
  id: string;
  seq: number;
  author: "customer" | "bot" | "agent" | "system";
  author_name: string;
  text: string;
  truncated: boolean;
  language: string;
  parts: Part[];
  attachments: Attachment[];
  client_msg_id: string | null;
  created_at: string;
}

export interface SessionAnswer {
  token: string;
  resumed: boolean;
  conversation: ChatState;
}

export interface MessagesAnswer {
  conversation: ChatState;
  messages: Message[];
}

export type ServerFrame =
  | ({ type: "messages" } & MessagesAnswer)
  | { type: "typing"; who: "bot" | "agent" }
  | { type: "ping" }
  | { type: "error"; problem: { detail?: string; code?: string } };
