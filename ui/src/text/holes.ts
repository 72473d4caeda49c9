/** Texts with holes such as {order} and {CustomerFirstName|there}, as the server's domain/templates reads them. Pure. */

const PIECE = /\{\{|\}\}|\{([^{}|]*)(?:\|([^{}]*))?\}/g;
const NAME = /^[A-Za-z][A-Za-z0-9_]{0,49}$/;

/** What has neither a value nor something to say instead stays as a hole; doubled braces stand for themselves. */
export function fillHoles(text: string, known: (name: string) => string | undefined): string {
  return text.replace(PIECE, (piece, name?: string, instead?: string) => {
    if (name === undefined) return piece[0] ?? "";
    return known(name.trim()) || (instead ?? `{${name.trim()}}`);
  });
}

/** Every name once, in the order they come; `needed`: only those without which it cannot be said. */
export function holesOf(text: string, needed = false): string[] {
  const names = [...text.matchAll(PIECE)]
    .filter(([, name, instead]) => name !== undefined && !(needed && instead !== undefined))
    .map(([, name]) => (name ?? "").trim())
    .filter((name) => NAME.test(name));
  return [...new Set(names)];
}

/** The wanted language, else another form of it, else the default. */
export function localeFor(
  texts: Readonly<Record<string, string>>,
  fallback: string,
  wanted: string | null,
): string {
  if (wanted && wanted in texts) return wanted;
  const base = (wanted ?? "").split("-")[0]?.toLowerCase();
  const same = Object.keys(texts)
    .sort()
    .find((locale) => locale.split("-")[0]?.toLowerCase() === base);
  return same ?? fallback;
}
