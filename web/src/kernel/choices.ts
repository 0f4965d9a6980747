/**
 * What a person chose on this device (language, theme). Reading and writing may fail where the
 * browser forbids storage; the console then works with its defaults.
 */
export function readChoice<T extends string>(name: string, allowed: readonly T[]): T | undefined {
  try {
    const stored = globalThis.localStorage?.getItem(`jingwei.${name}`);
    return allowed.find((value) => value === stored);
  } catch {
    return undefined;
  }
}

/** Undefined forgets the choice. */
export function writeChoice(name: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(`jingwei.${name}`);
    else localStorage.setItem(`jingwei.${name}`, value);
  } catch {
    // The choice then lasts until the page is closed, which is the best that is left.
  }
}
