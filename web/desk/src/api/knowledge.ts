import { post } from "./client";
import type { BenchAnswer, BenchQuery } from "./knowledgeTypes";
import type { AskQuery, BotAnswer } from "./types";

export const search = (query: BenchQuery): Promise<BenchAnswer> => post("/v1/kb/search", query);

/** One turn of the bot; nothing of it is kept. */
export const ask = (query: AskQuery): Promise<BotAnswer> => post("/v1/ask", query);
