/** Desktop notifications for offers while the page is out of sight. Silent; asked for only on a click. */

export type NotifyState = NotificationPermission | "missing";

export const notifyState = (): NotifyState =>
  typeof Notification === "undefined" ? "missing" : Notification.permission;

export const askToNotify = async (): Promise<NotifyState> =>
  typeof Notification === "undefined" ? "missing" : Notification.requestPermission();

/** Shows a notification and gives back the way to take it away. */
export function notify(title: string, body: string, tag: string): () => void {
  if (notifyState() !== "granted" || !document.hidden) return () => {};
  const note = new Notification(title, { body, tag, silent: true, icon: "/mark.svg" });
  note.onclick = () => {
    window.focus();
    note.close();
  };
  return () => note.close();
}
