/** The parts of an OpenAPI 3.1 document that the client and the reference pages are made from. */
export type JsonSchema = { readonly [key: string]: unknown };

type Content = { readonly [mediaType: string]: { schema?: JsonSchema } };

export type Operation = {
  operationId: string;
  summary?: string;
  parameters?: readonly {
    name: string;
    in: string;
    required?: boolean;
    schema?: JsonSchema;
  }[];
  requestBody?: { required?: boolean; content: Content };
  responses: { readonly [status: string]: { content?: Content } };
};

export type OpenApi = {
  paths: { readonly [path: string]: { readonly [method: string]: Operation } };
  components?: { schemas?: { readonly [name: string]: JsonSchema } };
};
