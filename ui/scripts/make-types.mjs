/** Writes src/api/schema.gen.ts from openapi.json, the API's own description: `make types` runs it. */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = join(dirname(fileURLToPath(import.meta.url)), "..");
const kept = join(here, "openapi.json");

const { components } = JSON.parse(readFileSync(kept, "utf8"));

function typeOf(schema) {
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return [...new Set(choices.map(typeOf))].join(" | ");
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type })).join(" | ");
  switch (schema.type) {
    case "integer":
    case "number":
      return "number";
    case "string":
    case "boolean":
    case "null":
      return schema.type;
    case "array": {
      const item = typeOf(schema.items ?? {});
      return item.includes(" ") ? `(${item})[]` : `${item}[]`;
    }
    case "object":
      return `Record<string, ${schema.additionalProperties ? typeOf(schema.additionalProperties) : "unknown"}>`;
    default:
      return "unknown";
  }
}

function declare(name, schema) {
  if (!schema.properties) return `export type ${name} = ${typeOf(schema)};`;
  const required = new Set(schema.required ?? []);
  const lines = Object.entries(schema.properties).map(
    ([field, inner]) => `  ${field}${required.has(field) ? "" : "?"}: ${typeOf(inner)};`,
  );
  return [`export interface ${name} {`, ...lines, "}"].join("\n");
}

const declarations = Object.entries(components.schemas).map(([name, schema]) => declare(name, schema));
const head = "/** Made by `make types` from openapi.json. Do not edit. */\n";
writeFileSync(join(here, "src/api/schema.gen.ts"), `${head}\n${declarations.join("\n\n")}\n`);
