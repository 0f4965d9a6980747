/**
 * The link of an invitation. Its token stands behind the #, which a browser keeps to itself: the
 * query would lie in the log of every proxy on the way.
 */
export const joinLink = (origin: string, token: string): string =>
  `${origin}/join#token=${encodeURIComponent(token)}`;

/** The token of such a link, from its part behind the #; empty where there is none. */
export const tokenIn = (hash: string): string =>
  new URLSearchParams(hash.replace(/^#/, '')).get('token') ?? '';
