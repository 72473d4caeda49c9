import { describe, expect, it } from "vitest";
import { countParts, makePlain } from "./parts";
import vectors from "./parts.vectors.json";

describe("a text is measured", () => {
  it("as the server measures it", () => {
    for (const vector of vectors) {
      const got = countParts(vector.text);
      expect({ ...got, costly: got.costly.map((costly) => costly.char) }).toMatchObject({
        encoding: vector.encoding,
        parts: vector.parts,
        units: vector.units,
        left: vector.left,
        costly: vector.costly,
      });
      expect(makePlain(vector.text)).toBe(vector.plain);
      expect(makePlain(vector.text, true)).toBe(vector.plain_letters);
    }
  });

  it("with an escape pair kept whole at the end of a part", () => {
    expect(countParts(`${"a".repeat(152)}€${"a".repeat(151)}`).parts).toBe(2);
    expect(countParts(`${"a".repeat(152)}€${"a".repeat(152)}`).parts).toBe(3);
  });

  it("with a surrogate pair kept whole at the end of a part", () => {
    expect(countParts(`б${"a".repeat(65)}😀${"a".repeat(65)}`).parts).toBe(2);
    expect(countParts(`б${"a".repeat(65)}😀${"a".repeat(66)}`).parts).toBe(3);
  });
});

it("one curly quote makes it dear, and making it plain mends that", () => {
  const text = `It’s ${"a".repeat(100)}`;
  expect(countParts(text)).toMatchObject({
    encoding: "ucs_2",
    parts: 2,
    costly: [{ char: "’", index: 2, swap: "'" }],
  });
  expect(countParts(makePlain(text))).toMatchObject({ encoding: "gsm_7", parts: 1 });
});
