/** Stream cursors are "xid-id" texts, ordered by transaction first, then by number. */

export function compareCursors(a: string, b: string): number {
  const [ax = 0n, ai = 0n] = a.split("-").map(BigInt);
  const [bx = 0n, bi = 0n] = b.split("-").map(BigInt);
  if (ax !== bx) return ax < bx ? -1 : 1;
  return ai === bi ? 0 : ai < bi ? -1 : 1;
}
