/** Plain ways to write characters that force a text into UCS-2. The server's domain/text/swaps.py is the
 * original; parts.vectors.json, made from it, holds the two together. */

const TYPOGRAPHY_GROUPS: readonly [plain: string, chars: string][] = [
  ["'", "\u2018\u2019\u201a\u201b\u2032\u2035\u00b4\u02b9\u02bb\u02bc\u0060\u02c8\uff07\u2039\u203a"],
  ['"', "\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb\u02ba\uff02"],
  ["-", "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d\u00ad"],
  [" ", "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"],
  ["", "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\ufe0e"],
  ["\n", "\u2028\u2029\u0085\v"],
  ["*", "\u2022\u2023\u25cf\u00b7\u2219\u25aa"],
  ["...", "\u2026"],
  ["/", "\u2044\u2215"],
  ["x", "\u00d7"],
  ["<=", "\u2264"],
  [">=", "\u2265"],
  ["!=", "\u2260"],
  ["->", "\u2192"],
  ["<-", "\u2190"],
  ["(c)", "\u00a9"],
  ["(R)", "\u00ae"],
  ["(TM)", "\u2122"],
  ["No.", "\u2116"],
  ["1/2", "\u00bd"],
  ["1/4", "\u00bc"],
  ["3/4", "\u00be"],
  ["ff", "\ufb00"],
  ["fi", "\ufb01"],
  ["fl", "\ufb02"],
];

const LETTER_GROUPS: readonly [plain: string, chars: string][] = [
  ["a", "áâãāăą"],
  ["A", "ÁÀÂÃĀĂĄ"],
  ["c", "çćč"],
  ["C", "ĆČ"],
  ["d", "ďđ"],
  ["D", "ĎĐ"],
  ["e", "êëēęě"],
  ["E", "ÈÊËĒĘĚ"],
  ["g", "ğ"],
  ["G", "Ğ"],
  ["i", "íîïīı"],
  ["I", "ÍÌÎÏĪİ"],
  ["l", "ł"],
  ["L", "Ł"],
  ["n", "ńň"],
  ["N", "ŃŇ"],
  ["o", "óôõōő"],
  ["O", "ÓÒÔÕŌŐ"],
  ["oe", "œ"],
  ["OE", "Œ"],
  ["r", "ř"],
  ["R", "Ř"],
  ["s", "śšş"],
  ["S", "ŚŠŞ"],
  ["t", "ťţ"],
  ["T", "ŤŢ"],
  ["u", "úûūůű"],
  ["U", "ÚÙÛŪŮŰ"],
  ["y", "ýÿ"],
  ["Y", "ÝŸ"],
  ["z", "źžż"],
  ["Z", "ŹŽŻ"],
];

const spread = (groups: readonly [string, string][]): ReadonlyMap<string, string> =>
  new Map(groups.flatMap(([plain, chars]) => Array.from(chars, (char): [string, string] => [char, plain])));

/** Keeps the meaning: swapped without asking twice. */
export const TYPOGRAPHY = spread(TYPOGRAPHY_GROUPS);
/** Changes the spelling: only ever suggested. */
export const LETTERS = spread(LETTER_GROUPS);
