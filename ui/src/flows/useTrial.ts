/** The flow as it would run now: tried again at every change, so that problems and the phone are always true. */
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import { simulateFlow } from "../api/flow-calls";
import type { FlowTrial, FlowTrialResult, GivenAnswer, MessageTemplate } from "../api/schema.gen";
import type { Contact } from "../api/types";
import { type FlowProblem, problemsOf } from "./problems";
import { sampleFacts } from "./sampleFacts";
import type { Work } from "./useFlowEditor";

const PAUSE_MS = 400;

/** Null for what is no JSON object. */
export function readFacts(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text.trim() || "{}");
    return value !== null && typeof value === "object" && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

interface Settled {
  result: FlowTrialResult | null;
  error: unknown;
}

export function useTrial(work: Work, templates: readonly MessageTemplate[]) {
  const [contact, setContact] = useState<Contact | null>(null);
  const [typedFacts, setFacts] = useState<string | null>(null);
  const [replies, setReplies] = useState<readonly (string | null)[]>([]);
  const [answers, setAnswers] = useState<readonly GivenAnswer[]>([]);
  const [settledWork] = useDebouncedValue(work, PAUSE_MS);
  const facts =
    typedFacts ?? JSON.stringify(sampleFacts(settledWork.draft, templates), null, 1).replace("{}", "");
  const trial: FlowTrial = useMemo(
    () => ({
      draft: settledWork.draft,
      number_id: settledWork.number_id,
      contact_id: contact?.id ?? null,
      facts: readFacts(facts) ?? {},
      replies: [...replies],
      answers: [...answers],
    }),
    [settledWork, contact, facts, replies, answers],
  );
  const asked = useQuery({
    queryKey: ["flow-trial", trial],
    queryFn: ({ signal }) => simulateFlow(trial, signal),
    retry: false,
    gcTime: 60_000,
    refetchOnWindowFocus: false,
  });
  // What was last known stays until the next answer is there.
  const settled = useRef<Settled>({ result: null, error: null });
  if (!asked.isPending) settled.current = { result: asked.data ?? null, error: asked.error };
  const problems: FlowProblem[] = problemsOf(settled.current.error);
  return {
    result: settled.current.result,
    problems,
    fresh: !asked.isFetching && settledWork === work,
    contact,
    setContact: (one: Contact | null) => {
      setContact(one);
      setReplies([]);
    },
    facts,
    factsOwn: typedFacts !== null,
    setFacts,
    answers,
    setAnswers,
    reply: (text: string | null) => setReplies((all) => [...all, text]),
    reset: () => {
      setReplies([]);
      setAnswers([]);
      setFacts(null);
      void asked.refetch();
    },
  };
}

export type Trial = ReturnType<typeof useTrial>;

/** Where it stands: the step that listens, else the last that acted. */
export function standsAt(result: FlowTrialResult | null): string | null {
  return result ? (result.step ?? result.lines.at(-1)?.step ?? null) : null;
}
