import { describe, expect, it } from 'vitest';
import { listTextTables } from './texts.ts';

const modules = import.meta.glob('../../**/{texts,flows}.ts', { eager: true });

const placeholders = (text: string) =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe('texts', () => {
  it('are declared by several modules', () => {
    expect(Object.keys(modules).length).toBeGreaterThan(5);
    expect(listTextTables().size).toBeGreaterThan(5);
  });

  for (const [namespace, { zh, en }] of listTextTables()) {
    it(`of ${namespace} say the same in both languages`, () => {
      expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
      for (const [key, text] of Object.entries(zh)) {
        expect(text.trim(), key).not.toBe('');
        expect(en[key]?.trim(), key).not.toBe('');
        expect(placeholders(en[key] ?? ''), key).toEqual(placeholders(text));
      }
    });

    it(`of ${namespace} use full-width punctuation in Chinese`, () => {
      for (const [key, text] of Object.entries(zh)) {
        expect(text, key).not.toMatch(/\p{Script=Han}[,;:?!]/u);
      }
    });
  }
});
