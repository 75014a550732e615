import { accounting } from "@headway/accounting/container";
import { type ServiceName, serviceNames } from "@headway/contracts/services";
import { dispatch } from "@headway/dispatch/container";
import { gateway } from "@headway/gateway/container";
import { hr } from "@headway/hr/container";
import { iam } from "@headway/iam/container";
import { notification } from "@headway/notification/container";
import { overtime } from "@headway/overtime/container";
import { planning } from "@headway/planning/container";
import { reporting } from "@headway/reporting/container";
import { scheduling } from "@headway/scheduling/container";
import type { Service } from "@headway/service/service";

const byName: Readonly<Record<ServiceName, Service>> = {
  iam,
  hr,
  planning,
  scheduling,
  dispatch,
  overtime,
  accounting,
  notification,
  reporting,
  gateway,
};

/** The ten services, in the order of their names. */
export const services: readonly Service[] = serviceNames.map((name) => byName[name]);
