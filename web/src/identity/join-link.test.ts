import { expect, it } from 'vitest';
import { joinLink, tokenIn } from './join-link.ts';

it('the link of an invitation shows its token to no server on the way', () => {
  const link = new URL(joinLink('https://jingwei.example', 'jwi_a-b.c+d'));
  expect(link.pathname + link.search).toBe('/join');
  expect(tokenIn(link.hash)).toBe('jwi_a-b.c+d');
  expect(tokenIn('')).toBe('');
});
