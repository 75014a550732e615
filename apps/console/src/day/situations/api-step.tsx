import type { ReactNode } from "react";
import { docsLink } from "../../api/docs-link.ts";

type Props = {
  readonly tag: string;
  readonly operation: string;
  readonly children: ReactNode;
};

/** A step that is taken through the API until it has a screen: pressing it leads to where it can be tried. */
export const ApiStep = ({ tag, operation, children }: Props) => (
  <li>
    <a href={docsLink(tag, operation)}>{children}</a>
  </li>
);
