import { del, get, post, put } from "./client";
import { isStatus } from "./problem";
import type { Me, NewToken, Token, User } from "./types";

export const login = (email: string, password: string): Promise<{ user: User }> =>
  post("/v1/auth/login", { email, password });
export const logout = (): Promise<void> => post("/v1/auth/logout");

/** The logged-in member of staff; null when nobody is. */
export async function me(): Promise<Me | null> {
  try {
    return await get<Me>("/v1/me");
  } catch (error) {
    if (isStatus(error, 401)) return null;
    throw error;
  }
}

export const changeLanguage = (language: string): Promise<User> => put("/v1/me", { language });

export const tokens = async (): Promise<Token[]> =>
  (await get<{ items: Token[] }>("/v1/tokens")).items;
export const createToken = (body: NewToken): Promise<Token> => post("/v1/tokens", body);
export const revokeToken = (id: string): Promise<void> => del(`/v1/tokens/${id}`);
