/** Where an operation of the console's API is described and can be tried. */
export const docsLink = (tag: string, operationId: string): string =>
  `/docs/?urls.primaryName=dispatcher#/${encodeURIComponent(tag)}/${encodeURIComponent(operationId)}`;
