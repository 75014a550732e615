import type { Role } from "../session/rights.ts";
import { type ApiDocument, type Subject, subjectsOf } from "./operations.ts";
import styles from "./start.module.css";

type Props = { readonly document: ApiDocument | null; readonly pending: boolean; readonly roles: readonly Role[] };

/** Everything that some roles may do, by subject, each with the place where it is described and can be tried. */
export const Subjects = ({ document, pending, roles }: Props) => {
  if (pending) return <div className={styles.waiting} role="status" aria-label="Loading what you can do" />;
  if (document === null) return <p className={styles.none}>The list of operations could not be had: see the API.</p>;
  return (
    <div className={styles.subjects}>
      {subjectsOf(document, roles).map((subject) => (
        <OneSubject key={subject.name} subject={subject} />
      ))}
    </div>
  );
};

const OneSubject = ({ subject: { name, description, operations } }: { subject: Subject }) => (
  <section className={styles.subject}>
    <h3>{name}</h3>
    <p>{description}</p>
    <ul>
      {operations.map(({ id, summary, method, path, docs }) => (
        <li key={id}>
          <a href={docs}>{summary}</a>
          <code>
            {method} {path}
          </code>
        </li>
      ))}
    </ul>
  </section>
);
