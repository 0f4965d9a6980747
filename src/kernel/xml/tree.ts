/**
 * A document as a tree that JSON can store and that loses nothing the sender meant:
 * names with their namespaces, attributes, order and text. `tag` is the name as it was written
 * when it differs from the canonical one, and `declarations` the namespaces declared there: both
 * are kept because text inside an extension may itself use a prefix (`xsi:type="x:Amount"`).
 */
export type XmlAttribute = { name: string; value: string; tag?: string };
export type XmlNode = XmlElement | string;
export type XmlElement = {
  name: string;
  tag?: string;
  declarations?: Record<string, string>;
  attributes?: XmlAttribute[];
  children: XmlNode[];
};

export function isElement(node: XmlNode): node is XmlElement {
  return typeof node !== 'string';
}

/** The element children, in order. */
export function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.filter(isElement);
}
