/** The ten services in the order in which facts flow through them; the gateway last, since it is the door to all others. */
export const serviceNames = [
  "iam",
  "hr",
  "planning",
  "scheduling",
  "dispatch",
  "overtime",
  "accounting",
  "notification",
  "reporting",
  "gateway",
] as const;

export type ServiceName = (typeof serviceNames)[number];
