import ipaddr from 'ipaddr.js';

type Address = ReturnType<typeof ipaddr.parse>;

/** Where this installation lets itself be sent by its users. */
export type CallRules = {
  ports: readonly number[];
  /** Plain http too: for development alone. */
  http: boolean;
  /** Networks that may be called though they are not public: a firm's own. */
  allow: readonly [Address, number][];
};

/** Public addresses by https on its own port, and nothing else. */
export const strictRules: CallRules = { ports: [443], http: false, allow: [] };

/** @throws where one is no network in CIDR form */
export function parseNetworks(text: string): CallRules['allow'] {
  return text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map((part) => ipaddr.parseCIDR(part));
}

/** What the internet routes today for IPv6 (IANA IPv6 Global Unicast Address Assignments). */
const globalUnicast = ipaddr.parseCIDR('2000::/3');
/** Public by number, inside by use: where Azure's machines ask who they are. */
const metadata = ipaddr.parseCIDR('168.63.129.16/32');

const within = (address: Address, [network, bits]: readonly [Address, number]) =>
  address.kind() === network.kind() && address.match(network, bits);

/**
 * Whether anybody on the internet could call this address: not private, loopback, link-local (with
 * the metadata services of clouds), shared (CGNAT), unique-local, multicast, reserved, and no IPv4
 * address in the clothes of an IPv6 one (mapped, NAT64, 6to4, Teredo).
 * IANA IPv4 and IPv6 Special-Purpose Address Registries, as ipaddr.js has them.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text) || text.includes('%')) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== 'unicast' || within(address, metadata)) return false;
  return address.kind() === 'ipv4' || within(address, globalUnicast);
}

/** How an address may be called: as anybody's, as one of the operator's own, or not. */
export function standingOf(text: string, rules: CallRules): 'public' | 'own' | 'forbidden' {
  if (!ipaddr.isValid(text)) return 'forbidden';
  if (isPublicAddress(text)) return 'public';
  const address = ipaddr.process(text);
  return rules.allow.some((network) => within(address, network)) ? 'own' : 'forbidden';
}

/** The literal address that a URL names, or null where it names a host. */
export function literalOf({ hostname }: URL): string | null {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(bare) ? bare : null;
}

const defaultPorts: Readonly<Record<string, number>> = { 'https:': 443, 'http:': 80 };

/**
 * Whether a URL may be called as far as can be said before its name is looked up. The WHATWG parser
 * has brought `0x7f.1`, `2130706433` and `017700000001` into the usual form by now.
 */
export function mayCall(url: URL, rules: CallRules): boolean {
  const schemes = rules.http ? ['https:', 'http:'] : ['https:'];
  if (!schemes.includes(url.protocol)) return false;
  if (url.username !== '' || url.password !== '' || url.hash !== '') return false;
  if (!rules.ports.includes(Number(url.port) || (defaultPorts[url.protocol] ?? 0))) return false;
  const literal = literalOf(url);
  return literal === null || standingOf(literal, rules) !== 'forbidden';
}
