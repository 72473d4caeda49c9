import { expect, it } from "vitest";
import { EventParser } from "./sse";

it("reads events however the bytes are cut", () => {
  const text = ': beat\n\nevent: ready\ndata: {"cursor":"1-2"}\n\nid: 3-4\ndata: {"a":1}\n\n';
  for (let cut = 0; cut < text.length; cut += 1) {
    const parser = new EventParser();
    const events = [...parser.push(text.slice(0, cut)), ...parser.push(text.slice(cut))];
    expect(events).toEqual([
      { event: "ready", id: null, data: '{"cursor":"1-2"}' },
      { event: "message", id: "3-4", data: '{"a":1}' },
    ]);
  }
});

it("joins data lines and takes carriage returns", () => {
  expect(new EventParser().push("data: one\r\ndata: two\r\n\r\n")).toEqual([
    { event: "message", id: null, data: "one\ntwo" },
  ]);
});
