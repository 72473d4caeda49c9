/** Who is signed in. `undefined` until the server has been asked, null when nobody is. */
import { Store } from "../live/store";
import { readSession, signIn, signOut } from "./calls";
import { ApiError, setCsrfToken } from "./client";
import type { Session, SessionUser } from "./types";

export const session = new Store<Session | null | undefined>(undefined);

function hold(value: Session | null): Session | null {
  setCsrfToken(value?.csrf_token ?? "");
  session.set(() => value);
  return value;
}

export async function loadSession(): Promise<Session | null> {
  try {
    return hold(await readSession());
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return hold(null);
    throw error;
  }
}

export const enter = async (email: string, password: string) => hold(await signIn(email, password));

/** By a fresh page, so that nothing of one person is left in memory for the next. */
export function toSignIn(): void {
  const { pathname, search } = window.location;
  if (pathname === "/sign-in") return;
  window.location.assign(`/sign-in?next=${encodeURIComponent(pathname + search)}`);
}

export async function leave(): Promise<void> {
  await signOut().catch(() => {});
  window.location.assign("/sign-in");
}

export const isAdministrator = (user: SessionUser): boolean => user.role === "administrator";
