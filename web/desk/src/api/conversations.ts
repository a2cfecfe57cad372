import { get, post, request, segment } from "./client";
import type {
  Attachment,
  Box,
  BoxCounts,
  ConversationDetail,
  ConversationFile,
  ConversationSummary,
  Message,
  OpenTicket,
  Page,
} from "./types";

const at = (id: string, act = ""): string => `/v1/conversations/${segment(id)}${act}`;

export const conversations = (
  query: { box: Box; q?: string; cursor?: string | null; limit?: number },
  signal?: AbortSignal,
): Promise<Page<ConversationSummary>> => get("/v1/conversations", query, signal);

export const counts = (): Promise<BoxCounts> => get("/v1/conversations/counts");
export const conversation = (id: string): Promise<ConversationFile> => get(at(id));

export const messages = async (id: string, afterSeq = 0): Promise<Message[]> =>
  (await get<{ messages: Message[] }>(at(id, "/messages"), { after_seq: afterSeq })).messages;

export type Act = "take-over" | "hand-back" | "close" | "reopen" | "read";

export const act = (id: string, name: Act): Promise<ConversationDetail> => post(at(id, `/${name}`));
export const assign = (id: string, userId: string | null): Promise<ConversationDetail> =>
  post(at(id, "/assign"), { user_id: userId });

export interface OutgoingReply {
  text: string;
  client_msg_id: string;
  attachment_ids: string[];
}

export const reply = (id: string, body: OutgoingReply): Promise<Message> =>
  post(at(id, "/reply"), body);
export const note = (id: string, text: string, key: string): Promise<Message> =>
  post(at(id, "/notes"), { text }, key);
export const typing = (id: string): Promise<void> => post(at(id, "/typing"));
export const ticketDraft = (id: string): Promise<OpenTicket> => get(at(id, "/ticket-draft"));

export function upload(id: string, file: File): Promise<Attachment> {
  const form = new FormData();
  form.append("file", file);
  return request("POST", at(id, "/uploads"), { form });
}
