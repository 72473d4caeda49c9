/** Facts to try a flow with: what its expressions ask of the trigger, with the samples of the slots they fill. */
import type { Definition, MessageTemplate } from "../api/schema.gen";

const WHOLE = /^trigger\.([A-Za-z_]\w*)$/;
const ANY = /\btrigger\.([A-Za-z_]\w*)/g;

export function sampleFacts(flow: Definition, templates: readonly MessageTemplate[]): Record<string, string> {
  const facts: Record<string, string> = {};
  for (const [, name] of JSON.stringify(flow).matchAll(ANY)) if (name) facts[name] = "sample";
  for (const step of Object.values(flow.steps)) {
    if (step.kind !== "send") continue;
    const slots = templates.find((one) => one.id === step.template_id)?.approved?.slots ?? [];
    for (const [slot, expression] of Object.entries(step.values ?? {})) {
      const name = WHOLE.exec(expression.trim())?.[1];
      const sample = slots.find((one) => one.name === slot)?.sample;
      if (name && sample) facts[name] = sample;
    }
  }
  return facts;
}
