/** Not built yet. */
export function ContactsScreen() {
  return null;
}
