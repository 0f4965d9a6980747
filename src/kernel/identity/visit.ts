import { isIPv6 } from 'node:net';

/** Who knocks, before anybody is known: where from, with what, and at which address of ours. */
export type Visit = {
  /** The caller's address; counted against, never stored whole. */
  address: string;
  /** The User-Agent header; stored in words only. */
  agent: string;
  /** The text of the cookie by which a browser shows that it was signed in before. */
  device: string | null;
  /** Our own address as the browser sees it, `https://host`, where it is known for sure. */
  origin: string | null;
};

const browsers: readonly [RegExp, string][] = [
  [/MicroMessenger\//, 'WeChat'],
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/(OPR|Opera)\//, 'Opera'],
  [/(Firefox|FxiOS)\//, 'Firefox'],
  [/(Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const systems: readonly [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone|iPad|iPod/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];

const named = (agent: string, names: typeof browsers) =>
  names.find(([shape]) => shape.test(agent))?.[1];

/** 'Chrome, Windows': enough for its owner to know it again, too little to follow anybody. */
export function agentInWords(agent: string): string {
  const text = agent.slice(0, 500);
  return [named(text, browsers), named(text, systems)].filter(Boolean).join(', ');
}

/** The eight groups of an IPv6 address, without leading zeros; an embedded IPv4 stays as it is. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const before = head === '' ? [] : head.split(':');
  if (tail === undefined) return before;
  const after = tail === '' ? [] : tail.split(':');
  return [...before, ...Array(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after];
}

const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const plain = (address: string) => mapped.exec(address)?.[1] ?? address;

/** Where about: the /24 of an IPv4 address, the /48 of an IPv6 one. */
export function coarseAddress(address: string): string {
  const text = plain(address);
  if (isIPv6(text)) return `${groupsOf(text).slice(0, 3).join(':')}:*`;
  const parts = text.split('.');
  return parts.length === 4 ? `${parts.slice(0, 3).join('.')}.*` : '';
}

/** Who counts as one place: an IPv4 address, or the /64 that one IPv6 customer can fill. */
export function placeOf(address: string): string {
  const text = plain(address);
  return isIPv6(text) ? groupsOf(text).slice(0, 4).join(':').toLowerCase() : text;
}
