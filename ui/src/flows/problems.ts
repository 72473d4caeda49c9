/** What the server says is wrong with a draft, by step and field. */
import { ApiError, sentenceOf } from "../api/client";

export interface FlowProblem {
  /** Empty: about what begins it, or the whole flow. */
  step: string;
  field: string;
  problem: string;
}

const STEP = /^draft\.steps\.([A-Za-z][\w-]*)(?:\.(.+))?$/;

export function problemsOf(error: unknown): FlowProblem[] {
  if (!error) return [];
  const found = error instanceof ApiError ? (error.problem.errors ?? []) : [];
  if (found.length === 0) return [{ step: "", field: "", problem: sentenceOf(error) }];
  return found.map((one) => {
    const path = one.field;
    const problem = one.way_out ? `${one.problem.replace(/\.$/, "")}. ${one.way_out}` : one.problem;
    const [, step, field] = STEP.exec(path) ?? [];
    return step
      ? { step, field: field ?? "", problem }
      : { step: "", field: path.replace(/^draft\.?/, ""), problem };
  });
}

/** The problem of one field of one step. */
export function problemAt(all: readonly FlowProblem[], step: string, field: string): string | undefined {
  return all.find((one) => one.step === step && one.field === field)?.problem;
}
