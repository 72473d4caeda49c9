/** Prints what the browser fetches for the agent's desk at first load, compressed, and fails above the limit. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const LIMIT_KB = 300;
const out = join(dirname(fileURLToPath(import.meta.url)), "../../src/answerback/web/static");
const read = (path) => readFileSync(join(out, path), "utf8");

/** Every script and style sheet reached by static imports, from the page and from the desk's own piece. */
function reach(page, piece) {
  const found = new Set(
    [...page.matchAll(/(?:src|href)="\/((?:assets\/)?[\w.-]+\.(?:js|css))"/g)].map((hit) => hit[1]),
  );
  const entry = [...found].find((path) => path.includes("index-") && path.endsWith(".js"));
  const named = [...read(entry).matchAll(/assets\/[\w.-]+\.(?:js|css)/g)].map((hit) => hit[0]);
  const list = named.find((path) => path.includes(`${piece}-`) && path.endsWith(".js"));
  const css = named.filter((path) => path.endsWith(".css") && path.includes(`${piece}-`));
  const queue = [...found, list, ...css].filter(Boolean);
  const all = new Set();
  while (queue.length > 0) {
    const path = queue.pop();
    if (all.has(path)) continue;
    all.add(path);
    if (!path.endsWith(".js") || !path.startsWith("assets/")) continue;
    for (const hit of read(path).matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g))
      queue.push(`assets/${hit[1]}`);
  }
  return [...all].sort();
}

const files = reach(read("index.html"), "DeskScreen");
let total = gzipSync(read("index.html")).length;
for (const path of files) {
  const size = gzipSync(read(path), { level: 6 }).length;
  total += size;
  console.log(`${(size / 1000).toFixed(1).padStart(7)} kB  ${path}`);
}
console.log(`${(total / 1000).toFixed(1).padStart(7)} kB  in all, limit ${LIMIT_KB} kB`);
if (total > LIMIT_KB * 1000) process.exit(1);
