import type { MantineColorScheme, MantineColorSchemeManager } from "@mantine/core";

/** The same key as in public/colour-scheme.js, which sets the scheme before the first paint. */
const key = "headway-colour-scheme";

const read = (fallback: MantineColorScheme): MantineColorScheme => {
  const chosen = localStorage.getItem(key);
  return chosen === "light" || chosen === "dark" || chosen === "auto" ? chosen : fallback;
};

let stop: (() => void) | null = null;

/** Keeps the choice of light or dark on this machine, the same in all of its windows. */
export const colourSchemeManager: MantineColorSchemeManager = {
  get: read,
  set: (value) => localStorage.setItem(key, value),
  clear: () => localStorage.removeItem(key),
  subscribe: (onUpdate) => {
    const listen = (event: StorageEvent): void => {
      if (event.key === key) onUpdate(read("auto"));
    };
    window.addEventListener("storage", listen);
    stop = () => window.removeEventListener("storage", listen);
  },
  unsubscribe: () => stop?.(),
};
