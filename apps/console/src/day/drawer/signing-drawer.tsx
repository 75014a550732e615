import { useQuery } from "@tanstack/react-query";
import { Nfc, X } from "lucide-react";
import type { ReactNode } from "react";
import { ShownMoment, ShownTime } from "../../look/shown-time.tsx";
import { actingRoles, hasRole } from "../../session/rights.ts";
import { meQuery } from "../../session/session-query.ts";
import { readSeconds, type ServiceDay } from "../../time/service-clock.ts";
import { driverNameOf } from "../model/driver-name.ts";
import type { Duty } from "../model/duty.ts";
import { type OrphanedSigning, signingWords } from "../model/orphaned-signing.ts";
import { SigningOrders } from "../orders/signing-orders.tsx";
import styles from "./drawer.module.css";
import { useDrawerFocus } from "./use-drawer-focus.ts";

type Props = {
  readonly signing: OrphanedSigning;
  /** The duties of the day that the driver has or had, as far as the board tells. */
  readonly duties: readonly Duty[];
  readonly day: ServiceDay;
  /** What leads on to the next that needs a person. */
  readonly passage: ReactNode;
  readonly onClose: () => void;
};

/** A signing that fits no duty: what is known of it, and what a person makes of it. */
export const SigningDrawer = ({ signing, duties, day, passage, onClose }: Props) => {
  const head = useDrawerFocus(signing.signingId);
  const { data: me } = useQuery(meQuery);
  const may = me !== undefined && hasRole(me, actingRoles);
  return (
    <aside className={styles.drawer} aria-labelledby="signing-head" data-state="late">
      <header className={styles.head}>
        {passage}
        <div className={styles.state}>
          <Nfc size={16} aria-hidden="true" />
          <span>Signing without a duty</span>
        </div>
        <button type="button" className={styles.close} aria-label="Close (Escape)" onClick={onClose}>
          <X size={17} />
        </button>
        <h2 id="signing-head" ref={head} tabIndex={-1}>
          <bdi>{driverNameOf(signing)}</bdi>
        </h2>
        <p className={styles.sub}>{signing.driverNumber}</p>
      </header>
      <div className={styles.body}>
        <dl className={styles.facts}>
          <dt>Signed</dt>
          <dd>{signingWords[signing.kind]}</dd>
          <dt>At</dt>
          <dd>
            <ShownTime day={day} seconds={readSeconds(day, signing.at)} />
          </dd>
          <dt>Received</dt>
          <dd>
            <ShownMoment day={day} at={signing.receivedAt} />
          </dd>
        </dl>
        {may && <SigningOrders signing={signing} duties={duties} day={day} onDone={onClose} />}
      </div>
      {!may && <footer className={styles.foot}>Dispatchers of this depot say which duty was meant.</footer>}
    </aside>
  );
};
