import { del, get, patch, post, put, segment } from "./client";
import type {
  NewUser,
  OfficeHours,
  OfficeHoursNow,
  Presence,
  PresenceStatus,
  SaveReply,
  SavedReply,
  User,
  UserChanges,
} from "./types";

type List<T> = { items: T[] };

export const users = async (): Promise<User[]> => (await get<List<User>>("/v1/users")).items;
export const createUser = (body: NewUser): Promise<User> => post("/v1/users", body);
export const changeUser = (id: string, change: UserChanges): Promise<User> =>
  patch(`/v1/users/${segment(id)}`, change);

export const presence = async (): Promise<Presence[]> =>
  (await get<List<Presence>>("/v1/presence")).items;
export const setPresence = (status: PresenceStatus): Promise<unknown> =>
  put("/v1/presence", { status });

export const officeHours = (): Promise<OfficeHoursNow> => get("/v1/office-hours");
export const saveOfficeHours = (hours: OfficeHours): Promise<OfficeHoursNow> =>
  put("/v1/office-hours", hours);

export const savedReplies = async (): Promise<SavedReply[]> =>
  (await get<List<SavedReply>>("/v1/saved-replies")).items;
export const saveReply = (reply: SaveReply): Promise<SavedReply> =>
  put("/v1/saved-replies", reply);
export const deleteReply = (id: string): Promise<SavedReply> =>
  del(`/v1/saved-replies/${segment(id)}`);
