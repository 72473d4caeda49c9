// One phone on the stage: who it is, which number it texts, its thread and composer.
import { makeBubble } from "./bubble.js";
import { Calls, makeCallLine } from "./calls.js";
import { makeComposer } from "./composer.js";
import { make } from "./elements.js";
import { carrierWords, hueOf, initials, prettyNumber, shortTypeWords, typeWords } from "./words.js";
import { wire } from "./wire.js";

export class PhoneCard {
  constructor(phone, numbers, { onClose, nameOf }) {
    this.phone = phone;
    this.texts = [];
    this.outcomes = new Map();
    this.unread = new Set();
    this.name = phone.name || prettyNumber(phone.number);
    this.thread = make("div", { class: "thread", role: "log", "aria-label": `Texts of ${this.name}`, tabindex: "0" });
    this.type = make("span");
    this.picker = make("select", { "aria-label": `Number ${this.name} texts`, onchange: () => this.switchTo(this.picker.value) });
    this.isSip = phone.number.startsWith("sip");
    this.calls = new Calls(phone, this.name, { nameOf, onOver: (call) => this.#appendCall(call) });
    this.composer = this.#composer();
    this.setNumbers(numbers);
    this.element = make("section", { class: "phone", "aria-label": this.name }, this.#head(onClose), this.calls.bar, this.thread, this.isSip ? "" : this.composer.element);
  }

  setNumbers(numbers) {
    this.numbers = numbers;
    this.current = numbers.some((one) => one.phone_number === this.current) ? this.current : numbers[0]?.phone_number;
    this.#drawPicker();
  }

  async load() {
    [this.texts] = await Promise.all([wire.thread(this.phone.number), this.calls.load()]);
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
    const texts = this.#here(this.texts).map((one) => [one.created, this.#bubble(one)]);
    const calls = this.#here(this.calls.past).map((one) => [one.ended, makeCallLine(one, this.calls.nameOf)]);
    const shown = [...texts, ...calls].sort((one, other) => one[0] - other[0]);
    this.thread.replaceChildren(...shown.map(([, element]) => element));
    if (!shown.length) {
      const hint = this.isSip ? "A desk phone: it calls and is called." : this.current ? "No texts yet. Write the first one below." : "No number to text yet.";
      this.thread.append(make("p", { class: "quiet" }, hint));
    }
    this.thread.scrollTop = this.thread.scrollHeight;
  }

  #here(all) {
    return all.filter((one) => one.number === this.current);
  }

  #appendCall(call) {
    if (call.number !== this.current) return;
    this.thread.querySelector(".quiet")?.remove();
    this.thread.append(makeCallLine(call, this.calls.nameOf));
    this.#toEnd();
  }

  #bubble(text) {
    const number = this.numbers.find((one) => one.phone_number === text.number);
    return makeBubble(text, this.outcomes.get(text.sid), number);
  }

  #append(text) {
    const atEnd = this.thread.scrollHeight - this.thread.scrollTop - this.thread.clientHeight < 80;
    this.thread.querySelector(".quiet")?.remove();
    const bubble = this.#bubble(text);
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
      if (bubble && text) bubble.replaceWith(this.#bubble(text));
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
    return make("header", { class: "phone-head" }, who, make("div", { class: "texting-row" }, make("label", { class: "texting" }, this.type, this.picker), this.calls.button), this.calls.problem);
  }

  #option(number) {
    const name = number.friendly_name && number.friendly_name !== number.phone_number ? `${number.friendly_name} · ` : "";
    const news = this.unread.has(number.phone_number) ? "● " : "";
    const words = `${news}${name}${prettyNumber(number.phone_number)} · ${shortTypeWords(number.type)}`;
    return make("option", { value: number.phone_number, selected: number.phone_number === this.current }, words);
  }

  #drawPicker() {
    const carriers = [...new Set(this.numbers.map((one) => one.provider))];
    this.picker.replaceChildren(
      ...carriers.map((carrier) =>
        make("optgroup", { label: carrierWords(carrier) }, ...this.numbers.filter((one) => one.provider === carrier).map((one) => this.#option(one))),
      ),
    );
    const number = this.numbers.find((one) => one.phone_number === this.current);
    const way = number ? `${carrierWords(number.provider)} · ${typeWords(number.type)}` : "nobody yet";
    this.type.textContent = `${this.isSip ? "calls" : "texts"} ${way}`;
    this.calls.setNumber(number);
    this.composer.allowPictures(!number || number.capabilities.includes("mms"));
    this.picker.disabled = !this.numbers.length;
  }
}
