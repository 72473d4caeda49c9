// The dials in the drawer; each change is sent at once.
import { make } from "./elements.js";
import { wire } from "./wire.js";

const DIALS = [
  ["delay_ms", "Delay of each step", "ms", 5000],
  ["jitter_ms", "Random extra delay", "ms", 5000],
  ["slow_response_ms", "Slow API answers", "ms", 40000],
  ["duplicate_probability", "Callbacks sent twice", "%"],
  ["disorder_probability", "Callbacks out of order", "%"],
  ["lost_callback_probability", "Callbacks lost", "%"],
  ["throttle_probability", "Refused: too many (429)", "%"],
  ["error_probability", "Server error (500)", "%"],
  ["lost_response_probability", "Done, answer lost", "%"],
  ["truncate_probability", "Done, answer cut short", "%"],
  ["clock_skew_s", "Carriers' clocks ahead", "s", 1800],
  ["ringing_scale", "Ringing, of its time in life", "%"],
  ["speech_scale", "Speech, of its time in life", "%"],
  ["filter_probability", "Filtered by carrier", "%"],
  ["filter_words", "Words that get filtered", "words"],
];
const CALM = { delay_ms: 40, jitter_ms: 0, slow_response_ms: 0, clock_skew_s: 0, filter_words: [] };
const STEPS = { "%": "1", ms: "20", s: "60" };
for (const [name, , unit] of DIALS) if (unit === "%") CALM[name] = name.endsWith("_scale") ? 1 : 0;

function slider(name, words, unit, most) {
  const scale = unit === "%" ? 100 : 1;
  const input = make("input", { type: "range", min: "0", max: String(unit === "%" ? 100 : most), step: STEPS[unit], "aria-label": words });
  const output = make("output", {});
  const row = make("label", { class: "dial" }, words, input, output);
  const show = () => {
    output.textContent = `${input.value} ${unit}`;
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
