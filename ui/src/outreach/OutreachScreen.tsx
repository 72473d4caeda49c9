/** Outreach: what the centre sends first, a page per noun, listed at the left. */
import { EmptyFace } from "../blocks/Faces";
import { PagedPlace } from "../blocks/PagedPlace";
import { useLive } from "../live/useLive";
import { outreach as words } from "../words/outreach";

export function OutreachScreen() {
  const may = useLive((live) => live.me.permissions.includes("manage_outreach"));
  if (!may) {
    return (
      <EmptyFace icon="block" title={words.notAllowed}>
        {words.notAllowedHint}
      </EmptyFace>
    );
  }
  return <PagedPlace place="outreach" title={words.place} label={words.nav} pages={words.pages} />;
}
