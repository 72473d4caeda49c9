// The field at the foot of a phone: type, add pictures, Enter sends.
import { icon, make } from "./elements.js";
import { countParts } from "./words.js";

const PICTURE = "M4 5h16v14H4zM4 16l4.5-4.5 4 4 2.5-2.5 5 5M15.5 9.5h.01";
const SEND = "M12 19V5M6 11l6-6 6 6";

const readFile = (file) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve({ url: reader.result, content_type: file.type || "application/octet-stream" });
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });

/** The form and `allowPictures`. `send(body, media)` resolves when the text was taken; its failure is shown under the field. */
export function makeComposer(name, send) {
  let enclosed = [];
  const field = make("textarea", { rows: "1", placeholder: "Text message", "aria-label": `Text from ${name}` });
  const files = make("input", { type: "file", accept: "image/*", multiple: true, hidden: true });
  const shelf = make("div", { class: "enclosed", hidden: true });
  const count = make("span", {}, "");
  const problem = make("span", { class: "bad", role: "alert" }, "");

  function refresh() {
    const { encoding, total, left } = countParts(field.value);
    count.textContent = field.value ? `${left} · ${total} ${total === 1 ? "part" : "parts"} · ${encoding}` : "";
    shelf.hidden = !enclosed.length;
    shelf.replaceChildren(
      ...enclosed.map((one) => {
        const remove = make("button", { type: "button", "aria-label": "Remove picture", onclick: () => drop(one) }, "×");
        return make("figure", {}, make("img", { src: one.url, alt: "Picture to send" }), remove);
      }),
    );
  }
  function drop(one) {
    enclosed = enclosed.filter((other) => other !== one);
    refresh();
  }
  async function submit(event) {
    event?.preventDefault();
    const body = field.value;
    if (!body.trim() && !enclosed.length) return;
    const media = enclosed.map((one) => ({ content_type: one.content_type, base64: one.url.split(",", 2)[1] }));
    const before = { body, enclosed };
    field.value = "";
    enclosed = [];
    problem.textContent = "";
    refresh();
    try {
      await send(body, media);
    } catch (error) {
      problem.textContent = error.message;
      field.value = before.body;
      enclosed = before.enclosed;
      refresh();
    }
  }

  field.addEventListener("input", refresh);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
  });
  files.addEventListener("change", async () => {
    enclosed = [...enclosed, ...(await Promise.all([...files.files].map(readFile)))].slice(0, 10);
    files.value = "";
    refresh();
    field.focus();
  });
  const addPicture = make("button", { type: "button", class: "round", "aria-label": "Add a picture", title: "Add a picture", onclick: () => files.click() }, icon(PICTURE));
  const sendButton = make("button", { type: "submit", class: "round primary", "aria-label": "Send", title: "Send (Enter)" }, icon(SEND));
  const element = make(
    "form",
    { class: "composer", onsubmit: submit },
    shelf,
    make("div", { class: "line" }, addPicture, files, field, sendButton),
    make("div", { class: "counter" }, problem, count),
  );
  /** Pictures only for numbers whose carrier has them. */
  function allowPictures(may) {
    addPicture.disabled = !may;
    addPicture.title = may ? "Add a picture" : "This number takes no pictures";
    if (!may && enclosed.length) {
      enclosed = [];
      refresh();
    }
  }
  return { element, allowPictures };
}
