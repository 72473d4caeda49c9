// The wire log in the drawer: every HTTP exchange with headers, signature and bodies.
import { make } from "./elements.js";
import { carrierWords, exactTime } from "./words.js";

const KEPT = 200;

function table(rows) {
  return make(
    "table",
    {},
    ...rows.map(([name, value]) =>
      make("tr", { class: /signature|x-ts-authorization/i.test(name) ? "signature" : "" }, make("th", { scope: "row" }, name), make("td", {}, value)),
    ),
  );
}

function body(words, headers) {
  if (!words) return make("p", { class: "url" }, "(empty)");
  const type = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  if (type.includes("urlencoded")) return table([...new URLSearchParams(words)]);
  try {
    return make("pre", {}, JSON.stringify(JSON.parse(words), null, 1));
  } catch {
    return make("pre", {}, words);
  }
}

function details(one) {
  return make(
    "div",
    { class: "exchange" },
    make("h4", {}, `${one.method} · ${exactTime(one.at)} · ${one.ms} ms`),
    make("p", { class: "url" }, one.url),
    make("h4", {}, "Request headers"),
    table(Object.entries(one.request_headers)),
    make("h4", {}, "Request body"),
    body(one.request_body, one.request_headers),
    make("h4", {}, "Answer"),
    body(one.answer_body),
    one.note ? make("p", { class: "url" }, one.note) : null,
  );
}

function makeRow(one) {
  const good = one.status !== null && one.status < 400;
  const flow = one.flow === "in" ? "→ API" : "← hook";
  const path = one.url.replace(/^https?:\/\/[^/]+/, "").replace(/\/2010-04-01\/Accounts\/AC\w+/, "…");
  const row = make(
    "details",
    {},
    make(
      "summary",
      {},
      make("span", { class: "flow" }, flow),
      make("span", { class: "whose" }, carrierWords(one.carrier)),
      make("span", {}, one.method),
      make("span", { class: "path", title: one.url }, make("bdi", {}, path)),
      make("span", { class: `status ${good ? "good" : "bad"}` }, one.status === null ? "none" : String(one.status)),
    ),
  );
  row.addEventListener("toggle", () => row.open && row.childElementCount === 1 && row.append(details(one)), { once: true });
  return make("li", {}, row);
}

function makeFilter(onChange) {
  const filter = make("select", { "aria-label": "Carrier on the wire", onchange: onChange });
  const known = new Set();
  filter.append(make("option", { value: "" }, "All carriers"));
  /** A carrier can be chosen once something of it was on the wire. */
  filter.learn = (carrier) => {
    if (!carrier || known.has(carrier)) return;
    known.add(carrier);
    filter.append(make("option", { value: carrier }, carrierWords(carrier)));
  };
  return filter;
}

/** The section, `add` for a new exchange and `fill` for the kept ones (newest first). */
export function makeLog() {
  const list = make("ul", { class: "log" });
  const empty = make("p", { class: "log-empty" }, "Nothing on the wire yet.");
  let kept = [];
  const filter = makeFilter(() => draw());
  const fits = (one) => !filter.value || one.carrier === filter.value;
  const clear = make("button", { type: "button", onclick: () => fill([]) }, "Clear");
  const section = make("section", {}, make("div", { class: "title" }, make("h2", {}, "On the wire"), filter, clear), empty, list);
  function draw() {
    list.replaceChildren(...kept.filter(fits).slice(0, KEPT).map(makeRow));
    empty.hidden = list.childElementCount > 0;
  }
  function fill(exchanges) {
    kept = exchanges;
    for (const one of kept) filter.learn(one.carrier);
    draw();
  }
  function add(exchange) {
    kept = [exchange, ...kept].slice(0, 2 * KEPT);
    filter.learn(exchange.carrier);
    if (!fits(exchange)) return;
    empty.hidden = true;
    list.prepend(makeRow(exchange));
    while (list.childElementCount > KEPT) list.lastElementChild.remove();
  }
  return { section, add, fill };
}
