import type { Answer } from "./handlers.ts";

type Marks = {
  /** The version of what is answered: its ETag. */
  readonly version?: number;
  /** Where what was made is to be found, below the face. */
  readonly location?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

const answer =
  <Status extends number>(status: Status) =>
  <Body>(body: Body, { version, location, headers = {} }: Marks = {}): Answer<Status, Body> => ({
    status,
    body,
    headers: {
      ...headers,
      ...(version === undefined ? {} : { etag: toETag(version) }),
      ...(location === undefined ? {} : { location }),
    },
  });

export const ok = answer(200);
export const made = answer(201);
/** It goes on in the background. */
export const taken = answer(202);
export const done = (headers: Readonly<Record<string, string>> = {}): Answer<204, null> =>
  answer(204)(null, { headers });

const toETag = (version: number): string => `"${version}"`;
