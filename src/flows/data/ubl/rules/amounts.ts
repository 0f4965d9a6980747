import { attribute, elementsOf, everyElement, type XmlElement } from '../tree.ts';

/** Every amount of a document outside extensions. */
export function amountsOf(root: XmlElement): XmlElement[] {
  return elementsOf(root)
    .filter((child) => !child.name.startsWith('ext:'))
    .flatMap((child) => [...everyElement(child)])
    .filter((element) => attribute(element, 'currencyID') !== undefined);
}

/** Amounts that are not part of a unit price: those may have more decimals. */
export function totalsOf(root: XmlElement): XmlElement[] {
  const found: XmlElement[] = [];
  const visit = (element: XmlElement) => {
    if (element.name === 'cac:Price' || element.name === 'ext:UBLExtensions') return;
    if (attribute(element, 'currencyID') !== undefined) found.push(element);
    for (const child of elementsOf(element)) visit(child);
  };
  visit(root);
  return found;
}

/** Elements of one name anywhere in the document. */
export function everywhere(root: XmlElement, ...names: string[]): XmlElement[] {
  return [...everyElement(root)].filter((element) => names.includes(element.name));
}
