/** One fetch for the whole desktop: session cookie, CSRF header, problem documents turned into ApiError. */
import type { Page, Problem } from "./types";

const ROOT = "/api/v1";
let csrfToken = "";
let onSignedOut: () => void = () => {};

export function setCsrfToken(token: string): void {
  csrfToken = token;
}

/** Called whenever the server says the session is over. */
export function whenSignedOut(act: () => void): void {
  onSignedOut = act;
}

export class ApiError extends Error {
  readonly status: number;
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail || problem.sentence || problem.title);
    this.status = problem.status;
    this.problem = problem;
  }

  /** The last part of the problem's type, such as `illegal-move`. */
  get slug(): string {
    return this.problem.type.split("/").pop() ?? "";
  }

  /** Field name -> what is wrong with it and the way out. */
  get fields(): Record<string, string> {
    const entries = (this.problem.errors ?? []).map((error) => [
      error.field,
      error.way_out ? `${error.problem.replace(/[.!?]?$/, ".")} ${error.way_out}` : error.problem,
    ]);
    return Object.fromEntries(entries);
  }
}

/** The request did not reach the server, or its answer was lost on the way. */
export class Unreachable extends Error {}

export interface CallOptions {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  body?: unknown;
  idempotencyKey?: string;
  signal?: AbortSignal;
  quiet?: boolean;
}

function headersOf(options: CallOptions): Headers {
  const headers = new Headers({ Accept: "application/json" });
  if (options.body !== undefined && !(options.body instanceof FormData)) {
    headers.set("Content-Type", "application/json");
  }
  if (options.method && options.method !== "GET") headers.set("X-CSRF-Token", csrfToken);
  if (options.idempotencyKey) headers.set("Idempotency-Key", options.idempotencyKey);
  return headers;
}

async function problemOf(response: Response): Promise<Problem> {
  const fallback: Problem = {
    type: "about:blank",
    title: `The server answered ${response.status} ${response.statusText}`.trim(),
    status: response.status,
  };
  try {
    return { ...fallback, ...((await response.json()) as Partial<Problem>), status: response.status };
  } catch {
    return fallback;
  }
}

export async function call<T>(path: string, options: CallOptions = {}): Promise<T> {
  const { body } = options;
  let response: Response;
  try {
    response = await fetch(ROOT + path, {
      method: options.method ?? "GET",
      headers: headersOf(options),
      body: body === undefined ? undefined : body instanceof FormData ? body : JSON.stringify(body),
      credentials: "same-origin",
      signal: options.signal,
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Unreachable("The server cannot be reached. Check the connection, then try again.");
  }
  if (response.status === 401 && !options.quiet) onSignedOut();
  if (!response.ok) throw new ApiError(await problemOf(response));
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** `?a=1&b=2` of the given values; empty ones are left out. */
export function query(values: Record<string, string | number | null | undefined>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== "") params.set(name, String(value));
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}

export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Rows without an id of their own get one from the field that tells them apart. */
export function keyed<T, K extends keyof T>(page: Page<T>, name: K): Page<T & { id: number }> {
  return { ...page, items: page.items.map((one) => ({ ...one, id: Number(one[name]) })) };
}
