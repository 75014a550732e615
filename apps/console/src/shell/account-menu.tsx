import { Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { LogOut } from "lucide-react";
import { logOut, meQuery } from "../session/session-query.ts";
import styles from "./top-line.module.css";

/** Who am I, and the way out. */
export const AccountMenu = () => {
  const { data: me } = useQuery(meQuery);
  const name = me?.name ?? "";
  const roles = [...new Set(me?.user.grants.map(({ role }) => role))].join(", ");
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
          <bdi>{name}</bdi>
          <span>{me?.user.userName}</span>
          <span>{roles}</span>
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<LogOut size={15} />} onClick={() => void leave()}>
          Log out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};

const initials = (name: string): string => {
  const words = name.split(/[\s.]+/).filter((word) => word !== "");
  return [words.at(0), words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.at(0)?.toLocaleUpperCase() ?? "")
    .join("");
};
