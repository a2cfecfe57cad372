import { get, post, request, segment } from "./client";
import type { Query } from "./client";
import type { components } from "./schema";
import type { Page } from "./types";

type Schemas = components["schemas"];
export type Endpoint = Schemas["EndpointView"];
export type EndpointFacts = Schemas["AddEndpoint"];
export type EventKind = Schemas["EventTypeView"];
export type Delivery = Schemas["DeliveryView"];
export type DeliveryFile = Schemas["DeliveryDetail"];
export type Try = Schemas["AttemptView"];
export type ReplaySpan = Schemas["ReplayRange"];
export type Connector = Schemas["ConnectorView"];
export type NewConnector = Schemas["NewConnector"];
export type ConnectorChanges = Omit<Schemas["ConnectorChanges"], "version">;
export type ConnectorRun = Schemas["ConnectorRunView"];
export type RunFile = Schemas["ConnectorRunPage"];
export type SyncConflict = Schemas["ConflictView"];
export type SyncProblem = Schemas["ProblemView"];
export type Checked = Schemas["MappingChecked"];
export type ConnectorHelp = Schemas["ConnectorHelp"];
export type Side = "ours" | "theirs";

interface How {
  key: string;
  version?: number;
}

const ENDPOINTS = "/v1/webhooks/endpoints";
const at = (id: string, act = ""): string => `${ENDPOINTS}/${segment(id)}${act}`;

export const eventKinds = (): Promise<EventKind[]> => get("/v1/webhooks/events");
export const endpoints = (): Promise<Endpoint[]> => get(ENDPOINTS);
export const endpoint = (id: string): Promise<Endpoint> => get(at(id));
export const addEndpoint = (body: EndpointFacts, key: string): Promise<Endpoint> =>
  post(ENDPOINTS, body, key);
export const changeEndpoint = (
  id: string,
  change: Partial<EndpointFacts> & { enabled?: false; reason?: string },
  how: How,
): Promise<Endpoint> =>
  request("PATCH", at(id), { body: { ...change, version: how.version }, idempotencyKey: how.key });
export const removeEndpoint = (id: string): Promise<unknown> => request("DELETE", at(id));
export const rotateSecret = (id: string, overlap_hours: number, key: string): Promise<Endpoint> =>
  post(at(id, "/rotate"), { overlap_hours }, key);
export const testEndpoint = (id: string): Promise<Delivery> => post(at(id, "/test"));
export const enableEndpoint = (id: string): Promise<Endpoint> => post(at(id, "/enable"));

export const deliveries = (query: Query, signal?: AbortSignal): Promise<Page<Delivery>> =>
  get("/v1/webhooks/deliveries", query, signal);
export const delivery = (id: string): Promise<DeliveryFile> =>
  get(`/v1/webhooks/deliveries/${segment(id)}`);
export const replay = (id: string, key: string): Promise<Delivery> =>
  post(`/v1/webhooks/deliveries/${segment(id)}/replay`, {}, key);
export const replaySpan = (body: ReplaySpan, key: string): Promise<Schemas["Replayed"]> =>
  post("/v1/webhooks/deliveries/replay", body, key);

const to = (id: string, act = ""): string => `/v1/connectors/${segment(id)}${act}`;

export const connectorHelp = (): Promise<ConnectorHelp> => get("/v1/connectors/help");
export const connectors = (): Promise<Connector[]> => get("/v1/connectors");
export const connector = (id: string): Promise<Connector> => get(to(id));
export const addConnector = (body: NewConnector, key: string): Promise<Connector> =>
  post("/v1/connectors", body, key);
export const changeConnector = (id: string, body: ConnectorChanges, how: How): Promise<Connector> =>
  request("PATCH", to(id), { body: { ...body, version: how.version }, idempotencyKey: how.key });
export const removeConnector = (id: string): Promise<unknown> => request("DELETE", to(id));
export const checkMapping = (mapping: string): Promise<Checked> =>
  post("/v1/connectors/check", { mapping });
export const askRun = (id: string, dry: boolean, key: string): Promise<ConnectorRun> =>
  post(to(id, "/run"), { dry }, key);
export const runs = (id: string, cursor: string | null): Promise<Page<ConnectorRun>> =>
  get(to(id, "/runs"), { cursor, limit: 20 });
export const run = (id: string, runId: string, cursor: string | null): Promise<RunFile> =>
  get(to(id, `/runs/${segment(runId)}`), { cursor });
export const problems = (id: string, cursor: string | null): Promise<Page<SyncProblem>> =>
  get(to(id, "/problems"), { cursor });
export const conflicts = (
  id: string,
  state: "open" | "resolved",
  cursor: string | null,
): Promise<Page<SyncConflict>> => get(to(id, "/conflicts"), { state, cursor });
export const resolveConflict = (
  id: string,
  conflictId: string,
  take: Record<string, Side>,
  how: How,
): Promise<SyncConflict> =>
  post(to(id, `/conflicts/${segment(conflictId)}/resolve`), { take, version: how.version }, how.key);
