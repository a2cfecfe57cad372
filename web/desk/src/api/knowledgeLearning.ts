import { get, post, segment } from "./client";
import type {
  Article,
  Feedback,
  FeedbackLine,
  Gap,
  GapState,
  GivenFeedback,
  TicketDraft,
} from "./knowledgeTypes";

const at = (id: string, act: string): string => `/v1/kb/gaps/${segment(id)}${act}`;

export const gaps = async (state: GapState): Promise<Gap[]> =>
  (await get<{ items: Gap[] }>("/v1/kb/gaps", { state })).items;
export const draftFromGap = (id: string): Promise<Article> => post(at(id, "/draft"));
export const dismissGap = (id: string, reason: string): Promise<Gap> =>
  post(at(id, "/dismiss"), { reason });
export const reopenGap = (id: string): Promise<Gap> => post(at(id, "/reopen"));

/** Resolved tickets that tell what helped; `used`: also those that have become an article. */
export const ticketDrafts = async (used: boolean): Promise<TicketDraft[]> =>
  (await get<{ items: TicketDraft[] }>("/v1/kb/ticket-drafts", { used })).items;
export const draftFromTicket = (number: string): Promise<Article> =>
  post(`/v1/kb/ticket-drafts/${segment(number)}`);

export const articleFeedback = (id: string): Promise<Feedback> =>
  get(`/v1/kb/articles/${segment(id)}/feedback`);
export const giveFeedback = (body: GivenFeedback): Promise<FeedbackLine> =>
  post("/v1/kb/feedback", body);
