import { get, post, request } from "./client";
import { isStatus } from "./problem";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Me = Schemas["Me"];
export type DemoLogin = Schemas["DemoLogin"];

export const login = (email: string, password: string): Promise<{ user: Schemas["UserView"] }> =>
  post("/v1/auth/login", { email, password });
export const logout = (): Promise<void> => post("/v1/auth/logout");
export const hints = (): Promise<Schemas["LoginHints"]> => get("/v1/auth/hints");

/** The logged-in member of staff; null when nobody is. */
export async function me(): Promise<Me | null> {
  try {
    return await get<Me>("/v1/me");
  } catch (error) {
    if (isStatus(error, 401)) return null;
    throw error;
  }
}

export const changeLanguage = (language: string): Promise<unknown> =>
  request("PUT", "/v1/me", { body: { language } });
