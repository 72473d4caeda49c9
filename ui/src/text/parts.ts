/** How many parts a text is sent in, and which characters make it dear (3GPP TS 23.038 and 23.040). */
import { LETTERS, TYPOGRAPHY } from "./swaps";

export type Encoding = "gsm_7" | "ucs_2";

export interface Costly {
  char: string;
  /** Where it first stands, in UTF-16 units. */
  index: number;
  swap: string | null;
}

export interface Parts {
  encoding: Encoding;
  parts: number;
  units: number;
  perPart: number;
  /** Room left in the last part. */
  left: number;
  costly: readonly Costly[];
}

const BASIC: ReadonlySet<string> = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const EXTENSION: ReadonlySet<string> = new Set("\f^{}\\[~]|€");
const ALONE: Record<Encoding, number> = { gsm_7: 160, ucs_2: 70 };
const JOINED: Record<Encoding, number> = { gsm_7: 153, ucs_2: 67 };

export function countParts(body: string): Parts {
  const chars = Array.from(body);
  const gsm = chars.every((char) => BASIC.has(char) || EXTENSION.has(char));
  const encoding: Encoding = gsm ? "gsm_7" : "ucs_2";
  const width = gsm ? (char: string) => (EXTENSION.has(char) ? 2 : 1) : (char: string) => char.length;
  const dear = gsm
    ? (char: string) => EXTENSION.has(char)
    : (char: string) => !BASIC.has(char) && !EXTENSION.has(char);
  return { encoding, ...measure(encoding, chars.map(width)), costly: nameCostly(body, chars, dear) };
}

/** Units of two are an escape with its code or a surrogate pair; neither is ever split over parts. */
function measure(encoding: Encoding, widths: number[]) {
  const units = widths.reduce((sum, width) => sum + width, 0);
  const alone = ALONE[encoding];
  if (units <= alone) return { parts: units > 0 ? 1 : 0, units, perPart: alone, left: alone - units };
  const perPart = JOINED[encoding];
  let parts = 1;
  let used = 0;
  for (const width of widths) {
    if (used + width > perPart) {
      parts += 1;
      used = 0;
    }
    used += width;
  }
  return { parts, units, perPart, left: perPart - used };
}

function nameCostly(body: string, chars: string[], dear: (char: string) => boolean): Costly[] {
  return [...new Set(chars.filter(dear))].map((char) => ({
    char,
    index: body.indexOf(char),
    swap: TYPOGRAPHY.get(char) ?? LETTERS.get(char) ?? null,
  }));
}

/** Writes typographic characters plainly; accented letters only when asked. */
export function makePlain(body: string, letters = false): string {
  if (countParts(body).encoding === "gsm_7") return body;
  return Array.from(
    body,
    (char) => TYPOGRAPHY.get(char) ?? (letters ? LETTERS.get(char) : undefined) ?? char,
  ).join("");
}
