import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { ANTD_KEY } from './src/controls/antd-key.ts';

const NAME = 'virtual:antd.css';
const NO_INJECTION = fileURLToPath(new URL('./src/kernel/no-style-injection.ts', import.meta.url));

/**
 * antd writes its styles into the page as it runs, which the content security policy forbids.
 * This renders the components once at build time, serves what they would have written as the
 * plain sheet `virtual:antd.css`, and takes the writing code out of the bundle.
 */
export function antdCss(): Plugin {
  return {
    name: 'antd-css',
    enforce: 'pre',
    resolveId(source, importer) {
      if (source === NAME) return NAME;
      if (source.endsWith('/dynamicCSS')) return NO_INJECTION;
      return source === './cssUtils' && importer?.includes('@ant-design/icons')
        ? NO_INJECTION
        : undefined;
    },
    load: (id) => (id === NAME ? extractSheet() : undefined),
  };
}

async function extractSheet(): Promise<string> {
  // Loaded here, so that a dev server or a test that reads this file does not pay for antd.
  const [{ createCache, extractStyle, StyleProvider }, antd, { createElement }, server] =
    await Promise.all([
      import('@ant-design/cssinjs'),
      import('antd'),
      import('react'),
      import('react-dom/server'),
    ]);
  // The components of antd that the console uses: one is added here before it is used.
  const parts = [createElement(antd.DatePicker, { key: 'date' })];
  const cache = createCache();
  const theme = { cssVar: { key: ANTD_KEY }, hashed: false };
  server.renderToString(
    createElement(StyleProvider, { cache }, createElement(antd.ConfigProvider, { theme }, parts)),
  );
  return extractStyle(cache, { plain: true, types: ['style', 'token', 'cssVar'] });
}
