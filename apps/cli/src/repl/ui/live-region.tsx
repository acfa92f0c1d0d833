import { Box, Text } from "ink";
import type { LiveModel } from "./live-model.ts";

/** Rows as they are: cut to the terminal and coloured already. */
function Rows({ of }: { readonly of: readonly string[] }) {
  return of.map((row, index) => (
    // Rows have no identity but their place. An empty text would take no row.
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <Text key={index} wrap="truncate">
      {row === "" ? " " : row}
    </Text>
  ));
}

/** What runs and what waits. */
function Activity({ strip, activity, log, waiting }: LiveModel) {
  return (
    <Box flexDirection="column">
      <Rows of={strip} />
      <Rows of={activity} />
      <Rows of={log} />
      <Rows of={waiting} />
    </Box>
  );
}

/** What asks for a person: the card of an approval, the banner of Key Setup Mode. */
function Demands({ card, banner }: LiveModel) {
  return (
    <Box flexDirection="column">
      <Rows of={card} />
      <Rows of={banner} />
    </Box>
  );
}

/** Menu above, editor, status line below. */
function Composer({ menu, editor, status }: LiveModel) {
  return (
    <Box flexDirection="column">
      <Rows of={menu} />
      <Rows of={editor} />
      <Rows of={status} />
    </Box>
  );
}

/** The live region; the order of its parts is `SECTIONS`. */
export function LiveRegion({ model }: { readonly model: LiveModel }) {
  return (
    <Box flexDirection="column">
      <Activity {...model} />
      <Demands {...model} />
      <Composer {...model} />
    </Box>
  );
}
