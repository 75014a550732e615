import { CancelCause as ProtoCause } from "@headway/contracts/gen/headway/dispatch/v1/events_pb";
import { wordsOf } from "@headway/contracts/words";
import type { CancelCause } from "../model/duty-day.ts";

export const cancelCauses = wordsOf<CancelCause, ProtoCause>({
  "no-driver": ProtoCause.NO_DRIVER,
  "no-vehicle": ProtoCause.NO_VEHICLE,
  disruption: ProtoCause.DISRUPTION,
  "timetable-change": ProtoCause.TIMETABLE_CHANGE,
  other: ProtoCause.OTHER,
});
