/** Server-sent events from a byte stream. By hand because EventSource hides heartbeats and refusals. */

export interface ServerEvent {
  event: string;
  id: string | null;
  data: string;
}

/** Feed it text as it comes; it gives back the events that are whole. */
export class EventParser {
  private rest = "";

  push(text: string): ServerEvent[] {
    this.rest = (this.rest + text).replaceAll("\r\n", "\n");
    const blocks = this.rest.split("\n\n");
    this.rest = blocks.pop() ?? "";
    return blocks.map(parseBlock).filter((event) => event !== null);
  }
}

function parseBlock(block: string): ServerEvent | null {
  const data: string[] = [];
  let event = "message";
  let id: string | null = null;
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    if (colon <= 0) continue;
    const field = line.slice(0, colon);
    const value = line.slice(colon + 1).replace(/^ /, "");
    if (field === "data") data.push(value);
    else if (field === "event") event = value;
    else if (field === "id") id = value;
  }
  return data.length > 0 ? { event, id, data: data.join("\n") } : null;
}

export type Said =
  | { kind: "beat" }
  | { kind: "event"; event: ServerEvent }
  | { kind: "ended"; status: number | null };

const SILENCE_MS = 40_000;

/** Reads one connection to its end. Silence longer than two heartbeats counts as an end. */
export async function readStream(
  url: string,
  signal: AbortSignal,
  tell: (said: Said) => void,
): Promise<void> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  try {
    const response = await fetch(url, {
      headers: { Accept: "text/event-stream" },
      credentials: "same-origin",
      cache: "no-store",
      signal: AbortSignal.any([signal, silence.signal]),
    });
    if (!response.ok || !response.body) return tell({ kind: "ended", status: response.status });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const parser = new EventParser();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
      tell({ kind: "beat" });
      for (const event of parser.push(value)) tell({ kind: "event", event });
    }
    tell({ kind: "ended", status: 200 });
  } catch {
    if (!signal.aborted) tell({ kind: "ended", status: null });
  } finally {
    clearTimeout(timer);
  }
}
