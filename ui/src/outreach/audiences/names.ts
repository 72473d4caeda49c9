/** What a list is called where nobody said it: as its file, with a number where that name is taken. Pure. */

export function nameFor(fileName: string, taken: readonly string[]): string {
  const name = fileName.replace(/\.[a-z]+$/i, "").replaceAll(/[_-]+/g, " ");
  const known = new Set(taken.map((one) => one.toLowerCase()));
  let free = name;
  for (let place = 2; known.has(free.toLowerCase()); place++) free = `${name} ${place}`;
  return free;
}
