// How numbers, times, parts and states read on the page.

const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const EXTENDED = new Set("\f^{}\\[~]|€");
const TYPES = { long_code: "local number", toll_free: "toll-free number", short_code: "short code" };

/** Parts of a text as it is typed: {encoding, total, left} (left: room in the last part). */
export function countParts(body) {
  const characters = [...body];
  const gsm = characters.every((one) => BASIC.has(one) || EXTENDED.has(one));
  const widths = characters.map((one) => (gsm ? (EXTENDED.has(one) ? 2 : 1) : one.length));
  const [single, joined] = gsm ? [160, 153] : [70, 67];
  const encoding = gsm ? "GSM-7" : "UCS-2";
  const sum = widths.reduce((a, b) => a + b, 0);
  if (sum <= single) return { encoding, total: 1, left: single - sum };
  let total = 1;
  let room = joined;
  for (const width of widths) {
    if (width > room) {
      total += 1;
      room = joined;
    }
    room -= width;
  }
  return { encoding, total, left: room };
}

export function prettyNumber(number) {
  const us = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return us ? `(${us[1]}) ${us[2]}-${us[3]}` : number;
}

export const typeWords = (type) => TYPES[type] ?? type;

const CARRIERS = { twilio: "Twilio", acs: "Azure", telesign: "TeleSign" };
const SHORT_TYPES = { long_code: "local", toll_free: "toll-free", short_code: "short code" };

export const carrierWords = (provider) => CARRIERS[provider] ?? provider;

export const shortTypeWords = (type) => SHORT_TYPES[type] ?? type;

/** "Twilio toll-free": which carrier and type of number a text went by; "" where the number is gone. */
export const wayWords = (number) => (number ? `${carrierWords(number.provider)} ${shortTypeWords(number.type)}` : "");

export const clock = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

export const exactTime = (seconds) => new Date(seconds * 1000).toLocaleString();

export function partsWords(text) {
  if (text.media.length) return text.media.length === 1 ? "MMS" : `MMS, ${text.media.length} pictures`;
  return `${text.parts} ${text.parts === 1 ? "part" : "parts"} · ${text.encoding}`;
}

export const initials = (name) =>
  name
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => word[0].toUpperCase())
    .join("") || "#";

export const hueOf = (text) => [...text].reduce((sum, one) => (sum * 31 + one.codePointAt(0)) % 360, 7);
