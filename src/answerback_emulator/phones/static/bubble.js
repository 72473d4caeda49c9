// One text in a thread.
import { make } from "./elements.js";
import { clock, exactTime, partsWords, wayWords } from "./words.js";

function picture(medium) {
  if (!medium.url) return make("span", { class: "meta" }, "picture not loaded");
  if (!medium.content_type.startsWith("image/")) {
    return make("a", { href: medium.url, target: "_blank", rel: "noopener" }, medium.content_type);
  }
  return make("img", { class: "picture", src: medium.url, alt: "Picture in this text" });
}

/** `outcome`: the HTTP status the webhook answered (null: none was made), undefined when not known; `number`: ours. */
export function makeBubble(text, outcome, number) {
  const mine = text.direction === "inbound";
  const kind = mine ? "mine" : text.from_carrier ? "carrier" : "";
  const meta = make("div", { class: "meta", title: exactTime(text.created) }, `${clock(text.created)} · ${partsWords(text)}`);
  if (number) meta.append(` · ${wayWords(number)}`);
  if (text.from_carrier) meta.append(" · from the carrier");
  if (outcome === null) meta.append(make("span", { class: "bad" }, " · no webhook reached the centre"));
  else if (outcome >= 300) meta.append(make("span", { class: "bad" }, ` · the centre answered ${outcome}`));
  return make(
    "div",
    { class: `text ${kind}`, "data-sid": text.sid },
    ...text.media.map(picture),
    text.body ? make("div", { class: "bubble", dir: "auto" }, text.body) : null,
    meta,
  );
}
