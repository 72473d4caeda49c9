// Puts the page together: which phones are on the stage, the drawer, the live stream.
import { makeDials } from "./dials.js";
import { make } from "./elements.js";
import { makeLog } from "./log.js";
import { PhoneCard } from "./phone.js";
import { prettyNumber } from "./words.js";
import { follow, wire } from "./wire.js";

const MOST_SHOWN = 6;
const SHOWN_AT_FIRST = 4;
const byId = (id) => document.getElementById(id);
const stage = byId("phones");
const drawer = byId("drawer");
const dials = makeDials();
const log = makeLog();
let phones = [];
let numbers = [];
const cards = new Map();
const unread = new Set();

let busy = Promise.resolve();

/** One after the other: news waits until what is being loaded is there, so that nothing older replaces it. */
const inTurn = (handle) => (news) => {
  busy = busy.then(() => handle(news)).catch(console.error);
};
const nameOf = (phone) => phone.name || prettyNumber(phone.number);
const nameOfNumber = (number) => nameOf(phones.find((one) => one.number === number) ?? { number });

function drawOthers() {
  byId("others").replaceChildren(
    ...phones.map((phone) =>
      make(
        "button",
        {
          type: "button",
          "aria-pressed": String(cards.has(phone.number)),
          class: unread.has(phone.number) ? "unread" : "",
          title: prettyNumber(phone.number),
          onclick: inTurn(() => (cards.has(phone.number) ? putAway(phone.number) : show(phone))),
        },
        nameOf(phone),
      ),
    ),
  );
  const nobody = stage.querySelector(".nobody");
  if (cards.size) nobody?.remove();
  else if (!nobody) stage.append(make("p", { class: "nobody" }, "No phone on the stage. Add one, or pick one from the list above."));
}

function putAway(number) {
  cards.get(number)?.element.remove();
  cards.delete(number);
  drawOthers();
}

async function show(phone) {
  if (cards.has(phone.number)) return;
  if (cards.size >= MOST_SHOWN) putAway(cards.keys().next().value);
  const card = new PhoneCard(phone, numbers, { onClose: () => putAway(phone.number), nameOf: nameOfNumber });
  cards.set(phone.number, card);
  unread.delete(phone.number);
  stage.append(card.element);
  drawOthers();
  await card.load();
}

async function load() {
  [phones, numbers] = await Promise.all([wire.phones(), wire.numbers()]);
  dials.show(await wire.dials());
  const wanted = cards.size ? [...cards.keys()] : phones.slice(0, SHOWN_AT_FIRST).map((one) => one.number);
  for (const number of [...cards.keys()]) putAway(number);
  await Promise.all(phones.filter((one) => wanted.includes(one.number)).map(show));
  drawOthers();
}

function receive(text) {
  const card = cards.get(text.phone);
  if (card) card.add(text);
  else if (phones.some((one) => one.number === text.phone) && !unread.has(text.phone)) {
    unread.add(text.phone);
    drawOthers();
  }
}

function receiveCall(call) {
  const phone = phones.find((one) => one.number === call.phone);
  if (cards.has(call.phone)) cards.get(call.phone).calls.take(call);
  else if (phone && call.status === "ringing") return show(phone);
}

function meet(phone) {
  phones = [...phones.filter((one) => one.number !== phone.number), phone];
  if (cards.size < SHOWN_AT_FIRST) return show(phone);
  drawOthers();
}

byId("toggle-drawer").addEventListener("click", async () => {
  drawer.hidden = !drawer.hidden;
  byId("toggle-drawer").setAttribute("aria-expanded", String(!drawer.hidden));
  if (!drawer.hidden) log.fill(await wire.log());
});

byId("theme").addEventListener("click", () => {
  const dark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("phones-theme", document.documentElement.dataset.theme);
});

const dialog = byId("new-phone");
const form = dialog.querySelector("form");
byId("add-phone").addEventListener("click", () => dialog.showModal());
dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const problem = form.querySelector(".problem");
  try {
    const phone = await wire.addPhone({ name: form.elements.name.value.trim(), number: form.elements.number.value.trim() });
    inTurn(meet)(phone);
    inTurn(show)(phone);
    form.reset();
    problem.hidden = true;
    dialog.close();
  } catch (error) {
    problem.textContent = error.message;
    problem.hidden = false;
  }
});

drawer.append(dials.section, log.section);
const chosen = localStorage.getItem("phones-theme");
if (chosen) document.documentElement.dataset.theme = chosen;
const live = byId("live");
follow(
  {
    text: inTurn(receive),
    call: inTurn(receiveCall),
    phone: inTurn(meet),
    dials: dials.show,
    exchange: (one) => !drawer.hidden && log.add(one),
    reload: inTurn(load),
  },
  // "live" is said once everything is loaded and nothing more will be replaced
  inTurn((state) => {
    live.dataset.state = state;
    live.textContent = state === "on" ? "live" : "not connected";
  }),
);
