import { Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { LogOut } from "lucide-react";
import { rolesOf } from "../session/rights.ts";
import { roleWords } from "../session/role-words.ts";
import { logOut, type Me, meQuery } from "../session/session-query.ts";
import styles from "./top-line.module.css";

/** Who am I, and the way out. */
export const AccountMenu = () => {
  const { data: me } = useQuery(meQuery);
  const name = me?.name ?? "";
  const leave = async (): Promise<void> => {
    await logOut().catch(() => undefined);
    // The whole page anew: nothing of this session stays in memory.
    window.location.assign("/login");
  };
  return (
    <Menu position="bottom-end" shadow="md" width={240} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <button type="button" className={styles.account} aria-label={`${initials(name)}: account of ${name}`}>
          {initials(name)}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={styles.whoAmI}>
          {me !== undefined && linesOf(me).map((line) => <bdi key={line}>{line}</bdi>)}
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<LogOut size={15} />} onClick={() => void leave()}>
          Log out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};

/** Name, user name and roles; what is the same word is said once. */
const linesOf = (me: Me): readonly string[] => {
  const roles = rolesOf(me).map((role) => roleWords[role].name);
  const lines = [me.name, me.user.userName, roles.join(", ")];
  const plain = lines.map((line) => line.toLocaleLowerCase());
  return lines.filter((line, index) => line !== "" && plain.indexOf(plain[index] ?? "") === index);
};

const initials = (name: string): string => {
  const words = name.split(/[\s.]+/).filter((word) => word !== "");
  return [words.at(0), words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.at(0)?.toLocaleUpperCase() ?? "")
    .join("");
};
