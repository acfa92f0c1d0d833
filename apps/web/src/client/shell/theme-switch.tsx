import { setTheme, THEMES, theme } from "../theme/theme.ts";
import { Segmented } from "../ui/segmented.tsx";

const WORDS = { auto: "Auto", light: "Light", dark: "Dark" } as const;

export function ThemeSwitch() {
  return (
    <Segmented
      label="Theme"
      onPick={setTheme}
      options={THEMES.map((value) => ({ value, word: WORDS[value] }))}
      value={theme.use()}
    />
  );
}
