const key = "headway-depot";

/** The code of the depot that this machine showed last. */
export const rememberedDepot = (): string | null => localStorage.getItem(key);

export const rememberDepot = (code: string): void => localStorage.setItem(key, code);
