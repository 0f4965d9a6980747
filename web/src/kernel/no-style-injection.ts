/**
 * Stands in for the code of antd that writes style elements into the page. The content security
 * policy would refuse them with an error each; the sheet extracted at build time has their rules.
 */
export function updateCSS(): HTMLStyleElement {
  return document.createElement('style');
}

export const injectCSS = updateCSS;

export function removeCSS(): void {}

export function clearContainerCache(): void {}

export function getShadowRoot(): null {
  return null;
}

export function warningOnce(): void {}
