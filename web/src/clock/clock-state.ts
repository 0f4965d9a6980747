import { daysBetween } from '../../../src/kernel/dates.ts';

/** What a payment clock runs on; both dates are null until goods or services were delivered. */
export type ClockDates = { starts_on: string | null; due_on: string | null; paid: boolean };

export type ClockState = {
  kind: 'waiting' | 'running' | 'due' | 'late' | 'paid';
  /** Days left, or days late. */
  days: number;
  /** How much of the term has passed, 0 to 1. */
  share: number;
};

export function clockState({ starts_on, due_on, paid }: ClockDates, today: string): ClockState {
  if (paid) return { kind: 'paid', days: 0, share: 1 };
  if (!starts_on || !due_on) return { kind: 'waiting', days: 0, share: 0 };
  const left = daysBetween(today, due_on);
  if (left < 0) return { kind: 'late', days: -left, share: 1 };
  if (left === 0) return { kind: 'due', days: 0, share: 1 };
  const term = Math.max(1, daysBetween(starts_on, due_on));
  return { kind: 'running', days: left, share: Math.max(0, (term - left) / term) };
}
