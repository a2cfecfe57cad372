/** The desk's names for the shapes of the HTTP contract; `npm run api` renews the shapes. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export interface Page<T> {
  items: T[];
  next_cursor?: string | null;
}

export type Me = Schemas["Me"];
export type User = Schemas["UserView"];
export type Role = NonNullable<Schemas["UserChanges"]["role"]>;
export type NewUser = Schemas["CreateUser"];
export type UserChanges = Schemas["UserChanges"];
export type DemoLogin = Schemas["DemoLogin"];
export type Token = Schemas["TokenView"];
export type NewToken = Schemas["CreateToken"];

export type Box = "bot" | "queue" | "mine" | "people" | "closed" | "all";
export type BoxCounts = Schemas["Counts"];
export type ConversationSummary = Schemas["ConversationSummary"];
export type ConversationDetail = Schemas["ConversationDetail"];
export type ConversationFile = Schemas["ConversationPage"];
export type Message = Schemas["MessageView"];
export type Attachment = Schemas["AttachmentView"];
export type Part = Message["parts"][number];
export type Option = Schemas["MessagesOption"];
export type Source = Schemas["Source"];

export type Contact = Schemas["ContactView"];
export type ContactChanges = Schemas["ContactChanges"];
export type Customer = Schemas["CustomerView"];
export type CustomerFile = Schemas["CustomerPage"];
/** What of an agreement stands on the pages of customers and devices. */
export type Contract = Schemas["CustomerPage"]["contracts"][number];
export type Asset = Schemas["AssetView"];

export type Ticket = Schemas["TicketView"];
export type TicketEvent = Schemas["TicketEventView"];
export type TicketFile = Schemas["TicketPage"];
export type OpenTicket = Schemas["OpenTicket"];
export type TicketChange = Omit<Schemas["TicketChanges"], "version">;
export type TicketForms = Schemas["TicketForms"];
export type TicketForm = Schemas["TicketForm"];
export type FormField = Schemas["FormField"];
export type TicketLink = Schemas["TicketLinkView"];
export type TicketPaper = Schemas["TicketFileView"];
export type ChildTicket = Schemas["ChildView"];
export type Duplicate = Schemas["DuplicateView"];
export type TagCount = Schemas["TagCount"];
export type BulkChange = Schemas["BulkChange"];
export type BulkReport = Schemas["BulkReport"];
export type AuditEntry = Schemas["AuditEntryView"];
export type TicketState = Schemas["TicketState"];
export type TicketType = Schemas["TicketType"];
export type Priority = Schemas["Priority"];

export type Presence = Schemas["PresenceView"];
export type PresenceStatus = Schemas["SetPresence"]["status"];
export type OfficeHours = Schemas["OfficeHoursView"];
export type OfficeHoursNow = Schemas["OfficeHoursNow"];
export type SavedReply = Schemas["SavedReplyView"];
export type SaveReply = Schemas["SaveReply"];

export type AskQuery = Pick<Schemas["AskLine"], "text" | "history"> & Partial<Schemas["AskLine"]>;
export type BotAnswer = Schemas["AskAnswer"];
