import { get, post, request, segment } from "./client";
import type { Intake, IntakeDetail } from "./knowledgeTypes";

const at = (id: string, act = ""): string => `/v1/kb/intake/${segment(id)}${act}`;

/** Hand files in; `accept` publishes changed ones at once, else they wait as drafts. */
export function takeIn(files: File[], accept: boolean): Promise<Intake> {
  const form = new FormData();
  for (const file of files) form.append("files", file, file.name);
  form.append("accept", String(accept));
  return request("POST", "/v1/kb/uploads", { form });
}

export const intakes = async (): Promise<Intake[]> =>
  (await get<{ items: Intake[] }>("/v1/kb/intake")).items;
export const intake = (id: string): Promise<IntakeDetail> => get(at(id));
export const retryIntake = (id: string): Promise<Intake> => post(at(id, "/retry"));
