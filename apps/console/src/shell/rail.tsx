import { Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import {
  BookOpen,
  CalendarRange,
  ChartGantt,
  HandCoins,
  type LucideIcon,
  Route,
  SlidersHorizontal,
  UsersRound,
} from "lucide-react";
import { Mark } from "../look/mark.tsx";
import { boardRoles, hasRole } from "../session/rights.ts";
import { meQuery } from "../session/session-query.ts";
import styles from "./rail.module.css";

type Later = { readonly name: string; readonly icon: LucideIcon; readonly what: string };

const later: readonly Later[] = [
  { name: "Roster", icon: CalendarRange, what: "Who works what, in versions" },
  { name: "Planning", icon: Route, what: "Timetables, runs and duties" },
  { name: "People", icon: UsersRound, what: "Drivers, contracts and absences" },
  { name: "Hours and pay", icon: HandCoins, what: "Worked days and pay periods" },
  { name: "Admin", icon: SlidersHorizontal, what: "Users, depots and the machinery" },
];

/** The rooms of the console. What is not built yet, or not for this person, says so. */
export const Rail = () => {
  const { data: me } = useQuery(meQuery);
  const seesBoard = me === undefined || hasRole(me, boardRoles);
  return (
    <nav className={styles.rail} aria-label="Rooms">
      <Link to="/" className={styles.mark} aria-label="Headway: first page">
        <Mark />
      </Link>
      <ul>
        <li>
          {seesBoard ? (
            <Link to="/day" className={styles.room} activeProps={{ "data-here": true }}>
              <ChartGantt size={20} aria-hidden="true" />
              Day
            </Link>
          ) : (
            <Shut name="Day" icon={ChartGantt} why="not for your role" what="The day board is not for your role." />
          )}
        </li>
        {later.map(({ name, icon, what }) => (
          <li key={name} className={styles.later}>
            <Shut
              name={name}
              icon={icon}
              why="not built yet"
              what={`${what}. Not built yet: use the API until then.`}
            />
          </li>
        ))}
        <li className={styles.last}>
          <Link to="/start" className={styles.room} activeProps={{ "data-here": true }}>
            <BookOpen size={20} aria-hidden="true" />
            API
          </Link>
        </li>
      </ul>
    </nav>
  );
};

type ShutProps = { readonly name: string; readonly icon: LucideIcon; readonly why: string; readonly what: string };

/** A room that cannot be entered, with the reason. */
const Shut = ({ name, icon: Icon, why, what }: ShutProps) => (
  <Tooltip label={what} position="right" withArrow>
    <button type="button" className={styles.room} aria-disabled="true" aria-label={`${name}, ${why}`}>
      <Icon size={20} aria-hidden="true" />
      {name}
    </button>
  </Tooltip>
);
