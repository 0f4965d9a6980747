import type pg from 'pg';

export type Column = {
  name: string;
  type: string;
  not_null: boolean;
  has_default: boolean;
  is_identity: boolean;
};
export type Policy = {
  name: string;
  command: 'r' | 'a' | 'w' | 'd' | '*';
  /** For whom it is: roles, or `public`. */
  roles: string[];
  permissive: boolean;
  using: string | null;
  check: string | null;
};
export type Index = { name: string; method: string; primary: boolean; columns: string[] };
export type ForeignKey = { name: string; columns: string[]; to: string; to_columns: string[] };

/** A table as the database itself describes it. */
export type Table = {
  name: string;
  owner: string;
  walled: boolean;
  forced: boolean;
  columns: Column[];
  policies: Policy[];
  indexes: Index[];
  foreign_keys: ForeignKey[];
  triggers: string[];
  /** What the application's role, or everybody, may do with it. */
  grants: string[];
  /** What the role that seals facts, or everybody, may do with it. */
  sealer_grants: string[];
  /** What the role that backs up, or everybody, may do with it. */
  keeper_grants: string[];
};

/** What a role is, and what it may do without any grant of ours. */
export type Role = {
  name: string;
  attributes: string[];
  member_of: string[];
  owns: string[];
  settings: string[];
};

export type Catalogue = {
  tables: Table[];
  sequences: string[];
  views: { name: string; invoker: boolean }[];
  /** Functions that run with their owner's rights. */
  definers: string[];
  app: Role;
  sealer: Role;
  keeper: Role;
};

const grantsTo = (role: string) => `
    coalesce((select json_agg(distinct g.privilege_type) from (
        select (aclexplode(c.relacl)).*
        union all
        select (aclexplode(a.attacl)).* from pg_attribute a
         where a.attrelid = c.oid and a.attacl is not null) g
      where g.grantee in (0, (select oid from pg_roles where rolname = ${role}))), '[]')`;

const tablesSql = `
  select c.relname as name, pg_get_userbyid(c.relowner) as owner, c.relrowsecurity as walled,
    c.relforcerowsecurity as forced,
    coalesce((select json_agg(json_build_object('name', a.attname,
        'type', format_type(a.atttypid, a.atttypmod), 'not_null', a.attnotnull,
        'has_default', a.atthasdef, 'is_identity', a.attidentity <> '') order by a.attnum)
      from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
      '[]') as columns,
    coalesce((select json_agg(json_build_object('name', p.polname, 'command', p.polcmd,
        'permissive', p.polpermissive, 'roles', (select json_agg(coalesce(r.rolname, 'public'))
          from unnest(p.polroles) as o(role) left join pg_roles r on r.oid = o.role),
        'using', pg_get_expr(p.polqual, p.polrelid),
        'check', pg_get_expr(p.polwithcheck, p.polrelid)) order by p.polname)
      from pg_policy p where p.polrelid = c.oid), '[]') as policies,
    coalesce((select json_agg(json_build_object('name', i.relname, 'method', m.amname,
        'primary', x.indisprimary, 'columns', (select json_agg(coalesce(a.attname, '') order by at)
          from unnest(x.indkey::int2[]) with ordinality as k(attnum, at)
          left join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum))
        order by i.relname)
      from pg_index x join pg_class i on i.oid = x.indexrelid join pg_am m on m.oid = i.relam
      where x.indrelid = c.oid), '[]') as indexes,
    coalesce((select json_agg(json_build_object('name', f.conname, 'to', r.relname,
        'columns', (select json_agg(a.attname order by at)
          from unnest(f.conkey) with ordinality as k(attnum, at)
          join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.attnum),
        'to_columns', (select json_agg(a.attname order by at)
          from unnest(f.confkey) with ordinality as k(attnum, at)
          join pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.attnum)))
      from pg_constraint f join pg_class r on r.oid = f.confrelid
      where f.conrelid = c.oid and f.contype = 'f'), '[]') as foreign_keys,
    coalesce((select json_agg(t.tgname) from pg_trigger t
      where t.tgrelid = c.oid and not t.tgisinternal), '[]') as triggers,
    ${grantsTo('$1')} as grants, ${grantsTo('$2')} as sealer_grants,
    ${grantsTo('$3')} as keeper_grants
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname = 'public' and c.relkind in ('r', 'p')
   order by c.relname`;

const roleSql = `
  select rolname as name, array_remove(array[case when rolsuper then 'superuser' end,
      case when rolbypassrls then 'bypassrls' end, case when rolcreaterole then 'createrole' end,
      case when rolcreatedb then 'createdb' end,
      case when rolreplication then 'replication' end], null) as attributes,
    coalesce(rolconfig, '{}') as settings,
    array(select g.rolname::text from pg_auth_members m join pg_roles g on g.oid = m.roleid
      where m.member = r.oid) as member_of,
    array(select relname::text from pg_class where relowner = r.oid
      union all select proname::text from pg_proc where proowner = r.oid
      union all select nspname::text from pg_namespace where nspowner = r.oid) as owns
    from pg_roles r where rolname = $1`;

type Queried = Pick<pg.ClientBase, 'query'>;

async function namesOf(client: Queried, sql: string): Promise<string[]> {
  return (await client.query(sql)).rows.map((row) => row.name as string);
}

async function readRole(client: Queried, role: string): Promise<Role> {
  return (await client.query(roleSql, [role])).rows[0] as Role;
}

/** Reads what stands in the schema of ours, seen by its owner, for the roles that work in it. */
export async function readCatalogue(
  client: Queried,
  app: string,
  sealer: string,
  keeper: string,
): Promise<Catalogue> {
  const ours = `n.nspname = 'public'`;
  const tables = (await client.query(tablesSql, [app, sealer, keeper])).rows as Table[];
  const views = await client.query(
    `select c.relname as name, coalesce(c.reloptions::text like '%security_invoker=true%', false)
       as invoker from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${ours} and c.relkind in ('v', 'm')`,
  );
  return {
    tables,
    views: views.rows as Catalogue['views'],
    sequences: await namesOf(
      client,
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where ${ours} and c.relkind = 'S'`,
    ),
    definers: await namesOf(
      client,
      `select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where ${ours} and p.prosecdef`,
    ),
    app: await readRole(client, app),
    sealer: await readRole(client, sealer),
    keeper: await readRole(client, keeper),
  };
}
