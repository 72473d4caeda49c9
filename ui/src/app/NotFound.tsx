/** An address nobody knows. */
import { Button } from "@mantine/core";
import { EmptyFace } from "../blocks/Faces";
import { common } from "../words/common";

export function NotFound() {
  return (
    <main>
      <h1 className="ab-visually-hidden">{common.product}</h1>
      <EmptyFace
        icon="search"
        title={common.noPage}
        action={
          <Button component="a" href="/desk" variant="default">
            {common.toDesk}
          </Button>
        }
      >
        {common.noPageHint}
      </EmptyFace>
    </main>
  );
}
