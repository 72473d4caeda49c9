/** Keeps the live store true: snapshot, then events; one stream per browser, every tab in step. */
import { readDesk } from "../api/calls";
import { ApiError, sentenceOf } from "../api/client";
import type { StreamEvent } from "../api/types";
import { compareCursors } from "./cursor";
import { applyEvent, fromSnapshot } from "./reduce";
import { readStream, type Said } from "./sse";
import type { Live } from "./state";
import { Store } from "./store";
import { linkTabs, type TabLink, type Told } from "./tabs";

export interface Connection {
  phase: "loading" | "live" | "reconnecting" | "failed";
  /** When something was last heard from the server; milliseconds since 1970. */
  heardAt: number;
  problem: string | null;
}

export const live = new Store<Live | null>(null);
export const connection = new Store<Connection>({ phase: "loading", heardAt: Date.now(), problem: null });

/** Grows with each batch of news of campaigns, which are no part of the desk: who shows some reads them again. */
export const campaignNews = new Store(0);

const WAITS = [300, 1000, 2000, 4000, 8000, 10_000];

export class Link {
  private readonly stop = new AbortController();
  private readonly tabs: TabLink;
  private readonly signedOut: () => void;
  /** Ends the present connection, not the link. */
  private drop = new AbortController();
  private waiting: StreamEvent[] = [];
  private flushPlanned = false;
  private reload: Promise<void> | null = null;
  private wake: () => void = () => {};
  private leading = false;
  /** Last cursor told to the other tabs. */
  private told = "";

  constructor(userId: number, signedOut: () => void) {
    this.signedOut = signedOut;
    this.tabs = linkTabs(`answerback-live-${userId}`, (message) => this.hear(message));
    window.addEventListener("online", () => this.wake(), { signal: this.stop.signal });
    window.addEventListener("offline", () => this.drop.abort(), { signal: this.stop.signal });
  }

  async run(): Promise<void> {
    await this.loadSnapshot();
    await this.tabs.lead(this.stop.signal, () => this.follow());
  }

  close(): void {
    this.stop.abort();
    this.tabs.close();
    live.set(() => null);
    connection.set(() => ({ phase: "loading", heardAt: Date.now(), problem: null }));
  }

  readonly retryNow = (): void => this.wake();

  /** One at a time; tries until it works. Events that come meanwhile wait, and those it holds fall out. */
  private loadSnapshot(): Promise<void> {
    this.reload ??= this.readSnapshot().finally(() => {
      this.reload = null;
      this.plan();
    });
    return this.reload;
  }

  private async readSnapshot(): Promise<void> {
    for (let attempt = 0; !this.stop.signal.aborted; attempt += 1) {
      try {
        const desk = await readDesk();
        if (this.stop.signal.aborted) return;
        live.set(() => fromSnapshot(desk));
        this.told = desk.cursor;
        this.show("live", null);
        return;
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) return;
        this.show(live.get() ? "reconnecting" : "failed", sentenceOf(error));
        await this.pause(attempt);
      }
    }
  }

  /** The leader's work: hold the stream, tell the others. */
  private async follow(): Promise<void> {
    this.leading = true;
    for (let attempt = 0; !this.stop.signal.aborted; ) {
      const cursor = live.get()?.cursor ?? "";
      this.told = cursor;
      let heard = false;
      let refused: number | null = null;
      this.drop = new AbortController();
      const until = AbortSignal.any([this.stop.signal, this.drop.signal]);
      await readStream(`/api/v1/stream?after=${encodeURIComponent(cursor)}`, until, (said) => {
        if (said.kind === "ended") refused = said.status;
        else heard = true;
        this.take(said);
      });
      if (this.stop.signal.aborted) return;
      if (refused === 401) return this.signedOut();
      if (this.reload) {
        // A reset ends the stream; it goes on from the new snapshot.
        await this.reload;
        continue;
      }
      this.flush();
      this.show("reconnecting", null);
      this.tabs.tell({ kind: "status", connection: connection.get() });
      attempt = heard ? 0 : attempt + 1;
      await this.pause(attempt);
    }
  }

  private take(said: Said): void {
    if (said.kind === "ended") return;
    if (connection.get().phase !== "live") {
      this.show("live", null);
      this.tabs.tell({ kind: "status", connection: connection.get() });
    }
    connection.get().heardAt = Date.now();
    if (said.kind === "beat") return;
    if (said.event.event === "reset") {
      this.tabs.tell({ kind: "reset" });
      void this.loadSnapshot();
    } else if (said.event.event === "message") {
      const event = JSON.parse(said.event.data) as StreamEvent;
      this.tabs.tell({ kind: "event", before: this.told, event });
      this.told = event.cursor;
      this.enqueue(event);
    }
  }

  /** What the leading tab says. */
  private hear(message: Told): void {
    if (this.leading) return;
    if (message.kind === "status") connection.set(() => message.connection);
    else if (message.kind === "reset") void this.loadSnapshot();
    else this.hearEvent(message.before, message.event);
  }

  /** A gap between what this tab holds and what the leader told before means something was missed. */
  private hearEvent(before: string, event: StreamEvent): void {
    connection.get().heardAt = Date.now();
    const cursor = this.waiting.at(-1)?.cursor ?? live.get()?.cursor;
    const gap = cursor && !this.reload && compareCursors(cursor, before) < 0;
    this.enqueue(event);
    if (gap) void this.loadSnapshot();
  }

  private enqueue(event: StreamEvent): void {
    this.waiting.push(event);
    this.plan();
  }

  private plan(): void {
    if (this.flushPlanned || this.waiting.length === 0) return;
    this.flushPlanned = true;
    // With the next frame; a covered window draws none, so a timer sees to it there.
    requestAnimationFrame(() => this.flush());
    setTimeout(() => this.flush(), 60);
  }

  private flush(): void {
    if (!this.flushPlanned) return;
    this.flushPlanned = false;
    if (this.reload) return;
    const events = this.waiting;
    this.waiting = [];
    live.set((state) => state && events.reduce(applyEvent, state));
    if (events.some(({ kind }) => kind.startsWith("Campaign"))) campaignNews.set((heard) => heard + 1);
  }

  private show(phase: Connection["phase"], problem: string | null): void {
    const heardAt = phase === "live" ? Date.now() : connection.get().heardAt;
    connection.set(() => ({ phase, heardAt, problem }));
  }

  private pause(attempt: number): Promise<void> {
    const wait = (WAITS[Math.min(attempt, WAITS.length - 1)] ?? 10_000) * (0.8 + Math.random() * 0.4);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, wait);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
      this.stop.signal.addEventListener("abort", () => this.wake(), { once: true });
    });
  }
}
