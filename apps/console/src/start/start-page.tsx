import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { BookOpen, ChartGantt } from "lucide-react";
import { useEffect } from "react";
import { boardRoles, hasRole, type Role, rolesOf } from "../session/rights.ts";
import { roleWords } from "../session/role-words.ts";
import { type Me, meQuery } from "../session/session-query.ts";
import { Failed } from "../shell/failed.tsx";
import { Screen } from "../shell/screen.tsx";
import { TopLine } from "../shell/top-line.tsx";
import { documentQuery } from "./document-query.ts";
import styles from "./start.module.css";
import { Subjects } from "./subjects.tsx";

/** What somebody's roles let them do here now, and where. For those who do not see the day board it is the first page. */
export const StartPage = () => {
  const { data: me, error, refetch } = useQuery(meQuery);
  useEffect(() => {
    document.title = "What you can do · Headway";
  }, []);
  return (
    <>
      <TopLine>
        <span className={styles.place}>What you can do</span>
      </TopLine>
      <Screen title="What you can do">
        {me !== undefined && <MyWork me={me} />}
        {me === undefined && error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      </Screen>
    </>
  );
};

const MyWork = ({ me }: { me: Me }) => {
  const { data, isPending } = useQuery(documentQuery);
  const roles = rolesOf(me);
  return (
    <div className={styles.page}>
      <Greeting me={me} roles={roles} />
      <Subjects document={data ?? null} pending={isPending} roles={roles} />
    </div>
  );
};

const Greeting = ({ me, roles }: { me: Me; roles: readonly Role[] }) => {
  const seesBoard = hasRole(me, boardRoles);
  return (
    <section className={styles.greeting}>
      <h2>{me.name === me.user.userName ? "Your work in Headway" : <bdi>{me.name}</bdi>}</h2>
      <dl className={styles.roles}>
        {roles.map((role) => (
          <div key={role}>
            <dt>{roleWords[role].name}</dt>
            <dd>{roleWords[role].does}</dd>
          </div>
        ))}
      </dl>
      {roles.length === 0 && <p>You have no role yet. An administrator gives you one.</p>}
      {!seesBoard && roles.length > 0 && (
        <p>
          <strong>Your screens are not built yet.</strong> What is below works today through the API, with this very
          login: open one, press "Try it out", fill in what it asks for, and "Execute" sends it in your name.
        </p>
      )}
      <div className={styles.ways}>
        {seesBoard && (
          <Link to="/day" className={styles.way}>
            <ChartGantt size={17} aria-hidden="true" /> Day board
          </Link>
        )}
        <a href="/docs/" className={styles.way}>
          <BookOpen size={17} aria-hidden="true" /> All of the API
        </a>
      </div>
    </section>
  );
};
