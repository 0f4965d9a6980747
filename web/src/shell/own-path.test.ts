import { expect, it } from 'vitest';
import { ownPath } from './own-path.ts';

it('after a sign-in one comes to a page of the console and nowhere else', () => {
  expect(ownPath('/orders?tab=a')).toBe('/orders?tab=a');
  for (const slipped of [
    undefined,
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    'orders',
  ]) {
    expect(ownPath(slipped), slipped).toBe('/');
  }
});
