import type { Finding, Reference, Source } from './source.ts';

/**
 * The floors of the house, lowest first. An arrow goes down or stays inside one module; only
 * services may use a service beside them, and flows never meet.
 */
const FLOORS = ['kernel', 'flows', 'services', 'observatory', 'simulation', 'app'] as const;
type Floor = (typeof FLOORS)[number];

type Place = { floor: Floor; module: string; inside: string };

const PURE_NAMES = 'bilingual|currencies|dates|decimal|provinces|units(-table)?';
const PURE = new RegExp(`^src/kernel/(${PURE_NAMES}|identifiers/[a-z0-9-]+)\\.ts$`);
const CODE = /\.tsx?$/;
const OUTSIDE = /^(test|bench|tools)\//;

/** Arrows that go up, past a door, or between flows; and services that use each other in a ring. */
export function checkArrows(sources: readonly Source[]): Finding[] {
  const findings: Finding[] = [];
  for (const source of sources) {
    for (const reference of source.references) {
      const reason = brokenArrow(source.path, reference);
      if (reason) findings.push({ path: source.path, line: reference.line, message: reason });
    }
  }
  return [...findings, ...checkRings(sources)];
}

function brokenArrow(from: string, reference: Reference): string | undefined {
  const to = reference.target;
  // Whoever distrusts the server must be able to read the verifier, and nothing else.
  if (from.startsWith('verifier/') || to.startsWith('verifier/')) {
    return `the verifier stands alone: ${to}`;
  }
  if (from.startsWith('web/') || to.startsWith('web/')) return brokenAtWeb(from, reference);
  const source = placeOf(from);
  const target = placeOf(to);
  if (!target) return source && CODE.test(to) ? `src must not import ${to}` : undefined;
  if (!source) return isDoor(from, target) ? undefined : `reaches past the door: ${to}`;
  if (source.floor === target.floor && source.module === target.module) return undefined;
  if (FLOORS.indexOf(target.floor) > FLOORS.indexOf(source.floor)) {
    return `an arrow up, from ${source.floor} to ${to}`;
  }
  if (source.floor === 'flows' && target.floor === 'flows') {
    return `flows never import each other: ${to}`;
  }
  return isDoor(from, target, source.floor) ? undefined : `reaches past the door: ${to}`;
}

// The console speaks HTTP like any other client: of the server it may know the kernel's pure parts
// (what a date, an amount or a company code is) and the types, never anything that runs there.
function brokenAtWeb(from: string, { target, type_only }: Reference): string | undefined {
  const stays = from.startsWith('web/') && target.startsWith('web/');
  const isKnown = type_only ? target.startsWith('src/kernel/') : PURE.test(target);
  if (stays || isKnown || OUTSIDE.test(from)) return undefined;
  return `the console and the server share no code: ${target}`;
}

/**
 * A module's door is its index.ts. The observatory reads a lower module through views.ts alone;
 * tests also take the kernel's testing.ts. What runs the house as a whole (the tools, the tests and
 * benches of everything) may open its ground floor and its composition root, not what is between.
 */
function isDoor(from: string, target: Place, floor?: Floor): boolean {
  const isTest = OUTSIDE.test(from) || from.endsWith('.test.ts') || from.endsWith('testing.ts');
  if (isTest && target.inside === 'testing.ts') return true;
  if (OUTSIDE.test(from) && ['kernel', 'app'].includes(target.floor)) return true;
  const reads =
    floor === 'observatory' && (target.floor === 'flows' || target.floor === 'services');
  return target.inside === (reads ? 'views.ts' : 'index.ts');
}

function placeOf(path: string): Place | undefined {
  const [root, floor, ...rest] = path.split('/');
  if (root !== 'src' || !isFloor(floor)) return undefined;
  const single = floor === 'kernel' || floor === 'simulation' || floor === 'app';
  const module = single ? floor : (rest.shift() ?? '');
  return { floor, module, inside: rest.join('/') };
}

function isFloor(name: string | undefined): name is Floor {
  return FLOORS.some((floor) => floor === name);
}

/** Modules of one floor that use each other in a ring cannot be understood one at a time. */
function checkRings(sources: readonly Source[]): Finding[] {
  const uses = new Map<string, Map<string, Finding>>();
  for (const { path, references } of sources) {
    const from = placeOf(path);
    if (!from || path.endsWith('.test.ts')) continue;
    for (const { target, line } of references) {
      const to = placeOf(target);
      if (to?.floor !== from.floor || to.module === from.module) continue;
      const message = `a ring of modules: ${from.module} and ${to.module}`;
      const used = uses.get(from.module) ?? new Map<string, Finding>();
      uses.set(from.module, used.set(to.module, { path, line, message }));
    }
  }
  return [...uses].flatMap(([module, used]) =>
    [...used].flatMap(([other, finding]) => (reaches(uses, other, module) ? [finding] : [])),
  );
}

function reaches(
  uses: ReadonlyMap<string, ReadonlyMap<string, unknown>>,
  from: string,
  to: string,
): boolean {
  const seen = new Set<string>();
  const waiting = [from];
  for (let module = waiting.pop(); module !== undefined; module = waiting.pop()) {
    if (module === to) return true;
    if (seen.has(module)) continue;
    seen.add(module);
    waiting.push(...(uses.get(module)?.keys() ?? []));
  }
  return false;
}
