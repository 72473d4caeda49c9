// One phone on the stage: who it is, which number it texts, its thread and composer.
import { makeBubble } from "./bubble.js";
import { makeComposer } from "./composer.js";
import { make } from "./elements.js";
import { hueOf, initials, prettyNumber, typeWords } from "./words.js";
import { wire } from "./wire.js";

export class PhoneCard {
  constructor(phone, numbers, onClose) {
    this.phone = phone;
    this.texts = [];
    this.outcomes = new Map();
    this.unread = new Set();
    this.name = phone.name || prettyNumber(phone.number);
    this.thread = make("div", { class: "thread", role: "log", "aria-label": `Texts of ${this.name}`, tabindex: "0" });
    this.type = make("span");
    this.picker = make("select", { "aria-label": `Number ${this.name} texts`, onchange: () => this.switchTo(this.picker.value) });
    this.setNumbers(numbers);
    this.element = make("section", { class: "phone", "aria-label": this.name }, this.#head(onClose), this.thread, this.#composer());
  }

  setNumbers(numbers) {
    this.numbers = numbers;
    this.current = numbers.some((one) => one.phone_number === this.current) ? this.current : numbers[0]?.phone_number;
    this.#drawPicker();
  }

  async load() {
    this.texts = await wire.thread(this.phone.number);
    const last = this.texts.at(-1);
    if (last && this.numbers.some((one) => one.phone_number === last.number)) this.current = last.number;
    this.#drawPicker();
    this.draw();
  }

  /** A text to or from this phone; one from another number is marked, or shown at once if nothing else is. */
  add(text) {
    if (this.texts.some((one) => one.sid === text.sid)) return;
    const isFirst = this.texts.every((one) => one.number !== this.current);
    this.texts.push(text);
    if (text.number === this.current) {
      this.#append(text);
    } else if (isFirst) {
      this.switchTo(text.number);
    } else {
      this.unread.add(text.number);
      this.#drawPicker();
    }
  }

  switchTo(number) {
    this.current = number;
    this.unread.delete(number);
    this.#drawPicker();
    this.draw();
  }

  draw() {
    const shown = this.texts.filter((one) => one.number === this.current);
    this.thread.replaceChildren(...shown.map((one) => makeBubble(one, this.outcomes.get(one.sid))));
    if (!shown.length) {
      const hint = this.current ? "No texts yet. Write the first one below." : "No number to text yet.";
      this.thread.append(make("p", { class: "quiet" }, hint));
    }
    this.thread.scrollTop = this.thread.scrollHeight;
  }

  #append(text) {
    const atEnd = this.thread.scrollHeight - this.thread.scrollTop - this.thread.clientHeight < 80;
    this.thread.querySelector(".quiet")?.remove();
    const bubble = makeBubble(text, this.outcomes.get(text.sid));
    this.thread.append(bubble);
    for (const image of bubble.querySelectorAll("img")) image.addEventListener("load", () => atEnd && this.#toEnd());
    if (atEnd || text.direction === "inbound") this.#toEnd();
  }

  #toEnd() {
    this.thread.scrollTop = this.thread.scrollHeight;
  }

  #composer() {
    return makeComposer(this.name, async (body, media) => {
      if (!this.current) throw new Error("There is no number to text: connect one first.");
      const { sid, http_status: status } = await wire.send(this.phone.number, { to: this.current, body, media });
      this.outcomes.set(sid, status);
      const bubble = this.thread.querySelector(`[data-sid="${sid}"]`);
      const text = this.texts.find((one) => one.sid === sid);
      if (bubble && text) bubble.replaceWith(makeBubble(text, status));
    });
  }

  #head(onClose) {
    const { phone } = this;
    const place = [phone.country, phone.carrier].filter(Boolean).join(" · ");
    const who = make(
      "div",
      { class: "who" },
      make("span", { class: "face", "aria-hidden": "true", style: `--hue: ${hueOf(phone.number)}` }, initials(phone.name)),
      make("h2", {}, this.name),
      make("button", { class: "close", type: "button", "aria-label": `Put ${this.name} away`, title: "Put away", onclick: onClose }, "✕"),
      make("p", {}, prettyNumber(phone.number)),
      make("p", {}, place),
    );
    return make("header", { class: "phone-head" }, who, make("label", { class: "texting" }, this.type, this.picker));
  }

  #drawPicker() {
    this.picker.replaceChildren(
      ...this.numbers.map((one) => {
        const name = one.friendly_name && one.friendly_name !== one.phone_number ? `${one.friendly_name} · ` : "";
        const words = `${this.unread.has(one.phone_number) ? "● " : ""}${name}${prettyNumber(one.phone_number)}`;
        return make("option", { value: one.phone_number, selected: one.phone_number === this.current }, words);
      }),
    );
    const type = this.numbers.find((one) => one.phone_number === this.current)?.type;
    this.type.textContent = type ? `texts a ${typeWords(type)}` : "texts nobody yet";
    this.picker.disabled = !this.numbers.length;
  }
}
