import { Menu } from "@mantine/core";
import { Check, ChevronDown, Warehouse } from "lucide-react";
import type { Depot } from "../day/model/duty.ts";
import { allDepots } from "./place.ts";
import styles from "./top-line.module.css";

type Props = {
  readonly depots: readonly Depot[];
  /** A depot's code, or `*`. */
  readonly chosen: string;
  readonly onChoose: (code: string) => void;
};

/** Which depot the screen is about. */
export const DepotPicker = ({ depots, chosen, onChoose }: Props) => {
  const depot = depots.find(({ code }) => code === chosen);
  const name = chosen === allDepots ? "All depots" : (depot?.name ?? chosen);
  const mark = (code: string) => (code === chosen ? <Check size={14} aria-label="chosen" /> : null);
  return (
    <Menu position="bottom-start" shadow="md" width={280} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <button type="button" className={styles.picker}>
          <Warehouse size={16} aria-hidden="true" />
          <span className="unseen">Depot</span>
          {depot !== undefined && <span className={styles.code}>{depot.code}</span>}
          <bdi className={styles.pickerName}>{name}</bdi>
          <ChevronDown size={14} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown mah={420} style={{ overflowY: "auto" }}>
        {depots.length > 1 && (
          <Menu.Item onClick={() => onChoose(allDepots)} rightSection={mark(allDepots)}>
            All depots
          </Menu.Item>
        )}
        {depots.map(({ id, code, name: depotName }) => (
          <Menu.Item key={id} onClick={() => onChoose(code)} rightSection={mark(code)}>
            <span className={styles.code}>{code}</span> <bdi>{depotName}</bdi>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};
