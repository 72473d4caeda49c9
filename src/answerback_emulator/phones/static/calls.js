// The calls of one phone: the button that dials, the bar of the call that rings or is talked, and lines of past calls.
import { icon, make } from "./elements.js";
import { clock, exactTime, prettyNumber } from "./words.js";
import { wire } from "./wire.js";

const HANDSET = "M6.6 3.5 9 4l1 4-2 1.6a12 12 0 0 0 6.4 6.4L16 14l4 1 .5 2.4c.2 1.6-.9 3.1-2.5 3.1C10 20.5 3.5 14 3.5 6c0-1.6 1.5-2.7 3.1-2.5Z";
const FINAL = new Set(["completed", "busy", "no-answer", "failed", "canceled"]);
const MADE = {
  busy: "You called: the line was busy",
  "no-answer": "You called: nobody answered",
  canceled: "You called and hung up before an answer",
  failed: "You called: the number takes no calls yet",
};
const CAME = { busy: "You declined a call, or were in one", "no-answer": "Missed call", canceled: "Missed call", failed: "Missed call" };

const duration = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
const seconds = (call) => (call.ended ?? Date.now() / 1000) - call.answered;
const isLive = (call) => !FINAL.has(call.status) && call.status !== "queued";

/** A past call as a line of the thread. */
export function makeCallLine(call, nameOf) {
  const made = call.direction === "inbound";
  const talked = call.answered !== null;
  const words = talked ? `${made ? "You called" : "You answered a call"} · ${duration(seconds(call))}` : (made ? MADE : CAME)[call.status];
  const through = call.legs.filter((leg) => leg.status === "completed").map((leg) => nameOf(leg.phone));
  return make(
    "div",
    { class: `call-line ${talked ? "" : "missed"}`, "data-call": call.id, title: exactTime(call.created) },
    make("p", {}, icon(HANDSET), make("span", {}, `${words} · ${clock(call.created)}`)),
    through.length ? make("p", { class: "meta" }, `put through to ${through.join(", ")}`) : null,
    ...call.said.map((one) => make("p", { class: "said", dir: "auto" }, one.kind === "say" ? `“${one.words}”` : `▶ ${one.words}`)),
  );
}

/** Dials and shows the live call; `onOver(call)` hears of each call that has ended. */
export class Calls {
  constructor(phone, name, { nameOf, onOver }) {
    Object.assign(this, { phone, nameOf, onOver, past: [], live: null });
    this.button = make("button", { type: "button", class: "dial-button", "aria-label": `Call from ${name}`, onclick: () => this.#dial() }, icon(HANDSET), "Call");
    this.state = make("p", { class: "call-state", role: "status" });
    this.timer = make("span", { class: "call-time", role: "timer" });
    this.saying = make("p", { class: "saying", "aria-live": "polite", dir: "auto" });
    this.problem = make("p", { class: "problem", role: "alert", hidden: true });
    this.deeds = make("div", { class: "deeds" });
    this.bar = make("section", { class: "call-bar", "aria-label": `Call on ${name}`, hidden: true }, make("div", { class: "call-head" }, icon(HANDSET), this.state, this.timer), this.saying, this.deeds);
  }

  /** Which number the button calls. */
  setNumber(number) {
    this.number = number;
    const can = number?.capabilities.includes("voice") && number.type !== "short_code";
    this.canDial = Boolean(can);
    this.button.title = can ? `Call ${prettyNumber(number.phone_number)}` : "This number takes no calls";
    this.#draw();
  }

  async load() {
    const calls = await wire.calls(this.phone.number);
    this.past = calls.filter((call) => FINAL.has(call.status));
    this.live = calls.find(isLive) ?? null;
    this.#draw();
  }

  /** News of a call; an answer that the stream has overtaken is none. */
  take(call) {
    const known = [this.live, ...this.past].find((one) => one?.id === call.id);
    if (known && known.updated > call.updated) return;
    if (isLive(call)) {
      this.live = call;
    } else if (FINAL.has(call.status)) {
      if (this.live?.id === call.id) this.live = null;
      if (!this.past.some((one) => one.id === call.id)) {
        this.past.push(call);
        this.onOver(call);
      }
    }
    this.#draw();
  }

  async #dial() {
    await this.#attempt(async () => this.take(await wire.dial(this.phone.number, this.number.phone_number)));
    this.deeds.querySelector("button")?.focus();
  }

  async #attempt(deed) {
    this.problem.hidden = true;
    try {
      await deed();
    } catch (error) {
      this.problem.textContent = error.message;
      this.problem.hidden = false;
    }
  }

  #draw() {
    const call = this.live;
    const hadFocus = this.bar.contains(document.activeElement);
    this.button.disabled = !this.canDial || call !== null;
    this.bar.hidden = call === null;
    clearInterval(this.ticking);
    if (!call) {
      this.shown = "";
      if (hadFocus) this.button.focus();
      return;
    }
    this.bar.dataset.state = call.status;
    const other = this.#otherEnd(call);
    const rings = call.direction !== "inbound" && call.status === "ringing";
    const words = call.status === "in-progress" ? `In a call with ${other}` : rings ? `${other} is calling` : `Calling ${other}…`;
    if (this.state.textContent !== words) this.state.textContent = words;
    this.saying.textContent = call.saying ? `“${call.saying}”` : "";
    this.#tick();
    if (call.status === "in-progress") this.ticking = setInterval(() => this.#tick(), 1000);
    const shown = `${call.id} ${rings}`;
    if (this.shown !== shown) {
      this.shown = shown;
      this.deeds.replaceChildren(...(rings ? [this.#deed("Decline", "decline", "end"), this.#deed("Answer", "answer", "take")] : [this.#deed("Hang up", "hang-up", "end")]));
      if (hadFocus) this.deeds.lastElementChild.focus();
      if (rings) this.bar.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }

  #tick() {
    this.timer.textContent = this.live?.answered ? duration(Math.max(0, seconds(this.live))) : "";
  }

  #otherEnd(call) {
    if (call.bridged_to) return this.nameOf(call.bridged_to);
    return prettyNumber(call.direction === "inbound" ? call.to : call.from);
  }

  #deed(words, deed, kind) {
    return make("button", { type: "button", class: kind, onclick: () => this.#attempt(() => wire.act(this.live.id, deed)) }, words);
  }
}
