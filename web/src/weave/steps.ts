import { FLOWS } from '../kernel/flows.ts';
import type { PlacedKnot } from './layout.ts';

/**
 * The knot that an arrow key leads to: left and right follow the thread, up and down go to the
 * nearest knot of the next thread that has one. Undefined at the ends and for other keys.
 */
export function nextKnot(
  knots: readonly PlacedKnot[],
  current: PlacedKnot,
  key: string,
): PlacedKnot | undefined {
  const sideways = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (sideways) {
    return knots
      .filter(({ knot, x }) => knot.flow === current.knot.flow && (x - current.x) * sideways > 0)
      .sort((a, b) => (a.x - b.x) * sideways)[0];
  }
  const across = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (!across) return undefined;
  const lane = FLOWS.indexOf(current.knot.flow);
  for (let index = lane + across; index >= 0 && index < FLOWS.length; index += across) {
    const found = knots
      .filter(({ knot }) => knot.flow === FLOWS[index])
      .sort((a, b) => Math.abs(a.x - current.x) - Math.abs(b.x - current.x))[0];
    if (found) return found;
  }
  return undefined;
}
