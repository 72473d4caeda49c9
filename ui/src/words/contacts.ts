/** Words of the contacts screen. */

export const contacts = {
  title: "Contacts",
  detail: "Contact",
  add: "Add contact",
  search: "Search names and numbers",
  choose: "Choose a contact",
  failed: "The contacts could not be read",
  erased: (day: string) => `This customer was erased (${day})`,
  oneFailed: "This contact could not be read",
  nothing: "Nobody found",
  nothingHint: "Try part of a name, or the beginning of a number.",
  empty: "No contacts yet",
  emptyHint: "Everyone who texts you becomes a contact by themselves.",
  noName: "unknown name",
  more: "Show more",
  name: "Name",
  phone: "Number",
  phoneHint: "In any usual form, such as (787) 555-0142. Adding starts no conversation.",
} as const;
