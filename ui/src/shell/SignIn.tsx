/** Sign-in. Says which of the two is to be mended without telling whether the email exists. */
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { ApiError, sentenceOf } from "../api/client";
import { enter } from "../api/session";
import { Notice } from "../blocks/Small";
import { common } from "../words/common";
import { signInWords as words } from "../words/shell";
import css from "./signin.module.css";

function problemOf(error: unknown): string {
  if (error instanceof ApiError && error.status === 401) return words.wrong;
  if (error instanceof ApiError && error.status === 429) return error.problem.detail ?? words.tooMany;
  return sentenceOf(error);
}

/** Only paths of our own: `next` comes from the address and may be anybody's. */
const safe = (next: string | undefined): string =>
  next?.startsWith("/") && !next.startsWith("//") && !next.startsWith("/\\") ? next : "/desk";

export function SignIn() {
  const { next } = useSearch({ strict: false }) as { next?: string };
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const navigate = useNavigate();
  const router = useRouter();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await enter(email, password);
      await router.invalidate();
      await navigate({ href: safe(next) });
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <main className={css.page}>
      <form className={css.box} onSubmit={submit} aria-labelledby="sign-in">
        <img src="/mark.svg" width={40} height={40} alt="" />
        <h1 id="sign-in">
          {words.title} <span className="ab-visually-hidden">{common.product}</span>
        </h1>
        {next && next !== "/desk" && next !== "/" && !problem && (
          <Notice tone="calm" icon="clock">
            {words.expired}
          </Notice>
        )}
        <TextInput
          label={words.email}
          type="email"
          autoComplete="username"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          size="md"
          required
          autoFocus
        />
        <PasswordInput
          label={words.password}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          size="md"
          required
        />
        <div role="alert">
          {problem && (
            <Notice tone="bad" icon="warn">
              {problem}
            </Notice>
          )}
        </div>
        <Button type="submit" size="md" fullWidth loading={busy}>
          {words.submit}
        </Button>
      </form>
    </main>
  );
}
