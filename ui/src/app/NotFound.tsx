/** An address nobody knows. */
import { Button } from "@mantine/core";
import { EmptyFace } from "../blocks/Faces";

export function NotFound() {
  return (
    <EmptyFace
      icon="search"
      title="There is no such page"
      action={
        <Button component="a" href="/desk" variant="default">
          Go to the desk
        </Button>
      }
    >
      The address may be mistyped, or what it named is gone.
    </EmptyFace>
  );
}
