import { describe, expect, it } from "vitest";
import { costOf, messageFor, sampleOf } from "./wording";

const KNOWN = [{ name: "AgentFirstName", sample: "Ana", samples: { fr: "Anne" } }];

describe("the words of an automated message", () => {
  it("are shown with stand-ins, as the server fills them", () => {
    expect(sampleOf("{AgentFirstName} is here", KNOWN, "en")).toBe("Ana is here");
    expect(sampleOf("{AgentFirstName} est ici", KNOWN, "fr-CA")).toBe("Anne est ici");
    expect(sampleOf("{AgentFirstName|We} {{x}} {Other|none} {Other}", KNOWN, "en")).toBe(
      "Ana {x} none {Other}",
    );
  });

  it("cost by the parts of what is read", () => {
    const price = { amount: "0.0079", currency: "USD" };
    expect(costOf("Ana is here", price)).toMatchObject({ price: "0.0079" });
    expect(costOf("a".repeat(161), price)).toMatchObject({ parts: { parts: 2 }, price: "0.0158" });
    expect(costOf("Hi", null).price).toBeNull();
  });

  it("are a number's own, else those of all numbers", () => {
    const all = { trigger: "greeting", number_id: null } as never;
    const own = { trigger: "greeting", number_id: 3 } as never;
    expect(messageFor([all, own], "greeting", 3)).toEqual({ message: own, own: true });
    expect(messageFor([all, own], "greeting", 4)).toEqual({ message: all, own: false });
  });
});
