export const XSD = 'http://www.w3.org/2001/XMLSchema';
export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
export const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
export const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
/** The vocabulary of JSON-LD's own keywords: how XML carries an `@id` or an `@context`. */
export const JSON_LD = 'http://www.w3.org/ns/json-ld#';
export const SBDH = 'http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader';
/** The type of an extension that was null in JSON and `xsi:nil` in XML. */
export const NIL = `{${XSI}}nil`;

/** The namespaces of EPCIS documents, by what stands in front of the version. */
export const EPCIS = 'urn:epcglobal:epcis:xsd:';
export const EPCIS_QUERY = 'urn:epcglobal:epcis-query:xsd:';
export const EPCIS_MASTER_DATA = 'urn:epcglobal:epcis-masterdata:xsd:';
