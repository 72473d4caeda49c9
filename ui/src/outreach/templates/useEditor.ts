/** The state of a template being written: what changed, saving it, and what the server says is wrong, field by field. */
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { ApiError, sentenceOf } from "../../api/client";
import type { MessageTemplate } from "../../api/schema.gen";
import { changeRow, createRow } from "../../api/settings-calls";
import { say } from "../../blocks/toasts";
import { templateWords as words } from "../../words/outreach";
import { changesOf, type Form, formOf } from "./form";

export type Problems = Readonly<Record<string, string>>;

const PLACED = /^(name|texts\..+|slots\[\d+\]\.(name|sample|kind))$/;

/** Problems without a field on screen stand above it. */
function failureOf(error: unknown): string {
  if (!(error instanceof ApiError) || Object.keys(error.fields).length === 0) {
    return `${words.saveFailed}. ${sentenceOf(error)}`;
  }
  const loose = Object.entries(error.fields).filter(([field]) => !PLACED.test(field));
  return [words.mend, ...loose.map(([field, problem]) => `${field}: ${problem}`)].join(" ");
}

export function useEditor(template: MessageTemplate | null) {
  const [base, setBase] = useState(() => formOf(template));
  const [form, setForm] = useState(base);
  const [problems, setProblems] = useState<Problems>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const changes = changesOf(base, form);
  const dirty = Object.keys(changes).length > 0;
  // Read when somebody leaves, which may be before the next drawing.
  const unsaved = useRef(dirty);
  unsaved.current = dirty;

  const change = (part: Partial<Form>) => {
    setForm((held) => ({ ...held, ...part }));
    // What is being mended is no longer marked; the next save looks again.
    const touched = (field: string) =>
      Object.keys(part).some((key) =>
        key === "texts"
          ? field.startsWith("texts.") && part.texts?.[field.slice(6)] !== form.texts[field.slice(6)]
          : field.startsWith(key),
      );
    setProblems((all) => Object.fromEntries(Object.entries(all).filter(([field]) => !touched(field))));
    setFailure(null);
  };

  /** Null when it was saved, else what is wrong by field. */
  const save = async (): Promise<Problems | null> => {
    if (!dirty || busy) return null;
    setBusy(true);
    try {
      const saved = template
        ? await changeRow<MessageTemplate>("message-templates", template.id, changes)
        : await createRow<MessageTemplate>("message-templates", { ...form });
      const fresh = formOf(saved);
      setBase(fresh);
      setForm(fresh);
      setProblems({});
      setFailure(null);
      unsaved.current = false;
      await queries.invalidateQueries({ queryKey: ["settings", "message-templates"] });
      await queries.invalidateQueries({ queryKey: ["template", saved.id] });
      say(words.saved);
      if (!template) {
        const params = { page: "templates", rowId: String(saved.id) };
        void navigate({ to: "/outreach/$page/$rowId", params, replace: true });
      }
      return null;
    } catch (error) {
      const wrong = error instanceof ApiError ? error.fields : {};
      setProblems(wrong);
      setFailure(failureOf(error));
      return wrong;
    } finally {
      setBusy(false);
    }
  };

  const release = () => {
    unsaved.current = false;
  };
  return { form, change, problems, failure, dirty, busy, save, unsaved, release };
}
