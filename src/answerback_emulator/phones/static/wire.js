// Talks to the emulator's admin API and its live stream.

async function call(method, path, content) {
  const answer = await fetch(path, {
    method,
    headers: content === undefined ? {} : { "Content-Type": "application/json" },
    body: content === undefined ? undefined : JSON.stringify(content),
  });
  const body = answer.status === 204 ? null : await answer.json();
  if (!answer.ok) throw new Error(body?.error ?? `The emulator answered ${answer.status}`);
  return body;
}

const phonePath = (number, what = "texts") => `/emulator/phones/${encodeURIComponent(number)}/${what}`;

export const wire = {
  phones: () => call("GET", "/emulator/phones"),
  numbers: () => call("GET", "/emulator/numbers"),
  dials: () => call("GET", "/emulator/dials"),
  log: () => call("GET", "/emulator/log"),
  thread: (number) => call("GET", phonePath(number)),
  addPhone: (phone) => call("POST", "/emulator/phones", phone),
  send: (number, text) => call("POST", phonePath(number), text),
  calls: (number) => call("GET", `/emulator/calls?phone=${encodeURIComponent(number)}`),
  dial: (number, to) => call("POST", phonePath(number, "calls"), { to }),
  act: (id, deed) => call("POST", `/emulator/calls/${encodeURIComponent(id)}/${deed}`),
  turn: (dials) => call("PUT", "/emulator/dials", dials),
};

/** Follow the stream; handlers by event name get the decoded data. Reconnects by itself; each time it opens, `reload`. */
export function follow(handlers, onState) {
  const source = new EventSource("/emulator/stream");
  source.onopen = () => {
    handlers.reload?.({});
    onState("on");
  };
  source.onerror = () => onState("off");
  for (const [name, handle] of Object.entries(handlers)) {
    source.addEventListener(name, (event) => handle(JSON.parse(event.data)));
  }
}
