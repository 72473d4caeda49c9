/** Copies a text; says so where the browser does not allow it. */
import { common } from "../words/common";
import { say } from "./toasts";

export function copyText(text: string): void {
  const failed = () => say(common.copyFailed, undefined, "bad");
  if (!navigator.clipboard) failed();
  else navigator.clipboard.writeText(text).then(() => say(common.copied), failed);
}
