/** Rows by name, what was archived at the end. */
interface Named {
  name: string;
  archived?: boolean;
}

export const inOrder = <T extends Named>(rows: readonly T[] | undefined): T[] | undefined =>
  rows?.toSorted(
    (a, b) => Number(a.archived ?? false) - Number(b.archived ?? false) || a.name.localeCompare(b.name),
  );
