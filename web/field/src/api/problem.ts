/** A failure of the backend, as its RFC 9457 document tells it. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly errors: Record<string, unknown> = {},
  ) {
    super(detail || code);
    this.name = "ApiProblem";
  }
}

/** The backend could not be reached at all. */
export class Unreachable extends Error {
  constructor() {
    super("unreachable");
    this.name = "Unreachable";
  }
}

/** Read the problem document of a failed answer; any other body leaves only the status. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  try {
    const body: unknown = await response.clone().json();
    if (typeof body === "object" && body !== null) {
      const document = body as Record<string, unknown>;
      const errors = document.errors;
      return new ApiProblem(
        response.status,
        typeof document.code === "string" ? document.code : `http_${response.status}`,
        text(document.detail) || text(document.title),
        typeof errors === "object" && errors !== null ? (errors as Record<string, unknown>) : {},
      );
    }
  } catch {
    // Not JSON: a proxy or gateway answered in place of the backend.
  }
  return new ApiProblem(response.status, `http_${response.status}`, "");
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export const isStatus = (error: unknown, status: number): boolean =>
  error instanceof ApiProblem && error.status === status;
