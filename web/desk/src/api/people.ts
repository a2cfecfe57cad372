/** Accounts of the staff: invitations, links, logins, passwords. */
import { del, get, post, segment } from "./client";
import type { components } from "./schema";
import type { User } from "./types";

type Schemas = components["schemas"];
export type Login = Schemas["SessionView"];
export type ResetLink = Schemas["ResetLink"];
export type LinkOwner = Schemas["PasswordLinkView"];
export type Invitation = Schemas["InviteUser"];
export type LoginHints = Schemas["LoginHints"];

/** What the login page offers. */
export const loginHints = (): Promise<LoginHints> => get("/v1/auth/hints");

export const forgotPassword = (email: string): Promise<void> => post("/v1/auth/forgot", { email });
export const linkOwner = (token: string): Promise<LinkOwner> =>
  post("/v1/auth/reset/check", { token });
export const choosePassword = (token: string, password: string): Promise<{ user: User }> =>
  post("/v1/auth/reset", { token, password });
export const changePassword = (old: string, fresh: string): Promise<{ user: User }> =>
  post("/v1/me/password", { old, new: fresh });

export const logins = async (): Promise<Login[]> =>
  (await get<{ items: Login[] }>("/v1/sessions")).items;
export const endLogin = (id: string): Promise<{ ended: number }> =>
  del(`/v1/sessions/${segment(id)}`);
export const endOtherLogins = (): Promise<{ ended: number }> => del("/v1/sessions");

export const inviteUser = (body: Invitation, key: string): Promise<User> =>
  post("/v1/users/invite", body, key);
export const inviteAgain = (id: string): Promise<User> => post(`/v1/users/${segment(id)}/invite`);
export const resetLink = (id: string): Promise<ResetLink> =>
  post(`/v1/users/${segment(id)}/reset-link`);
export const endLoginsOf = (id: string): Promise<{ ended: number }> =>
  del(`/v1/users/${segment(id)}/sessions`);
