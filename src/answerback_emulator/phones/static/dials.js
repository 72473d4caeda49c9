// The dials in the drawer; each change is sent at once.
import { make } from "./elements.js";
import { wire } from "./wire.js";

const DIALS = [
  ["delay_ms", "Delay of each step", "ms", 5000],
  ["jitter_ms", "Random extra delay", "ms", 5000],
  ["slow_response_ms", "Slow API answers", "ms", 20000],
  ["duplicate_probability", "Callbacks sent twice", "%"],
  ["disorder_probability", "Callbacks out of order", "%"],
  ["lost_callback_probability", "Callbacks lost", "%"],
  ["throttle_probability", "Refused: too many (429)", "%"],
  ["error_probability", "Server error (500)", "%"],
  ["lost_response_probability", "Done, answer lost", "%"],
  ["filter_probability", "Filtered by carrier (30007)", "%"],
  ["filter_words", "Words that get filtered", "words"],
];
const CALM = { delay_ms: 40, jitter_ms: 0, slow_response_ms: 0, filter_words: [] };
for (const [name, , unit] of DIALS) if (unit === "%") CALM[name] = 0;

function slider(name, words, unit, most) {
  const scale = unit === "%" ? 100 : 1;
  const input = make("input", { type: "range", min: "0", max: String(unit === "%" ? 100 : most), step: unit === "%" ? "1" : "20", "aria-label": words });
  const output = make("output", {});
  const row = make("label", { class: "dial" }, words, input, output);
  const show = () => {
    output.textContent = unit === "%" ? `${input.value} %` : `${input.value} ms`;
    row.dataset.on = Number(input.value) !== CALM[name] * scale ? "yes" : "no";
  };
  input.addEventListener("input", show);
  input.addEventListener("change", () => wire.turn({ [name]: Number(input.value) / scale }));
  return {
    row,
    set: (value) => {
      input.value = String(Math.round(value * scale));
      show();
    },
  };
}

function wordList(name, words) {
  const input = make("input", { type: "text", placeholder: "casino, free money", autocomplete: "off" });
  input.addEventListener("change", () => wire.turn({ [name]: input.value.split(",").map((one) => one.trim()).filter(Boolean) }));
  return { row: make("label", { class: "dial" }, words, input), set: (value) => (input.value = value.join(", ")) };
}

/** The section and a function that shows a setting. */
export function makeDials() {
  const controls = new Map(
    DIALS.map(([name, words, unit, most]) => [name, unit === "words" ? wordList(name, words) : slider(name, words, unit, most)]),
  );
  const show = (dials) => controls.forEach((control, name) => control.set(dials[name]));
  const calm = make("button", { type: "button", onclick: async () => show(await wire.turn(CALM)) }, "All calm");
  const section = make(
    "section",
    {},
    make("div", { class: "title" }, make("h2", {}, "Dials"), calm),
    make("div", { class: "dials" }, ...[...controls.values()].map((control) => control.row)),
  );
  return { section, show };
}
