/** Short announcements at the foot of the screen, with a next step where there is one. */
import { UnstyledButton } from "@mantine/core";
import { sentenceOf } from "../api/client";
import { Store, useStore } from "../live/store";
import { common } from "../words/common";
import { Icon } from "./Icon";
import css from "./toasts.module.css";

interface Toast {
  id: number;
  tone: "plain" | "bad";
  text: string;
  action?: { label: string; run: () => void };
}

const toasts = new Store<readonly Toast[]>([]);
let nextId = 1;

const drop = (id: number): void => toasts.set((all) => all.filter((toast) => toast.id !== id));

export function say(text: string, action?: Toast["action"], tone: Toast["tone"] = "plain"): void {
  const id = nextId++;
  toasts.set((all) => [...all.slice(-2), { id, tone, text, action }]);
  setTimeout(() => drop(id), tone === "bad" ? 10_000 : 5000);
}

/** "What failed: why." */
export const sayFailed = (what: string, error: unknown): void =>
  say(`${what}. ${sentenceOf(error)}`, undefined, "bad");

export function Toasts() {
  const all = useStore(toasts, (value) => value);
  return (
    <div className={css.stack} role="status" aria-live="polite">
      {all.map((toast) => (
        <div key={toast.id} className={css.toast} data-tone={toast.tone}>
          {toast.tone === "bad" && <Icon name="warn" />}
          <span>{toast.text}</span>
          {toast.action && (
            <UnstyledButton
              className={css.action}
              onClick={() => {
                toast.action?.run();
                drop(toast.id);
              }}
            >
              {toast.action.label}
            </UnstyledButton>
          )}
          <UnstyledButton className={css.drop} aria-label={common.close} onClick={() => drop(toast.id)}>
            <Icon name="close" size={12} />
          </UnstyledButton>
        </div>
      ))}
    </div>
  );
}
