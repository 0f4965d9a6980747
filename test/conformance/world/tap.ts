import type pg from 'pg';

/**
 * Told of each statement before it goes to the database. What it throws, the caller gets and the
 * database never hears of; what it gives back goes to the database in the statement's place.
 */
export type Watcher = (text: string) => string | undefined;

type Query = (...args: unknown[]) => unknown;

/**
 * Lets a test hear, and break, what the application says to its database: at the connection itself,
 * under everything of ours, so that no statement has another way and no product code knows of it.
 * Returns how to set (or, with null, take away) the one who watches.
 */
export function tap(pool: pg.Pool): (watcher: Watcher | null) => void {
  let watching: Watcher | null = null;
  const tapped = new WeakSet<pg.PoolClient>();
  const connect = pool.connect.bind(pool) as Query;
  const watch = (client: pg.PoolClient) => {
    if (tapped.has(client)) return client;
    tapped.add(client);
    const query = client.query.bind(client) as Query;
    const heard: Query = (...args) => {
      const [asked] = args as [string | { text: string }];
      try {
        const instead = watching?.(typeof asked === 'string' ? asked : asked.text);
        return instead === undefined ? query(...args) : query(instead);
      } catch (error) {
        return Promise.reject(error);
      }
    };
    client.query = heard as typeof client.query;
    return client;
  };
  pool.connect = ((...args: unknown[]) => {
    if (args.length > 0) return connect(...args);
    return (connect() as Promise<pg.PoolClient>).then(watch);
  }) as typeof pool.connect;
  return (watcher) => {
    watching = watcher;
  };
}
