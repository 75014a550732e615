import { byLot, chanceOf } from "./chance.ts";

/** A route of the demo metro: two halves that meet at a central station, where vehicles go on and drivers change. */
export type Route = {
  readonly id: string;
  /** The line's name as passengers know it. */
  readonly name: string;
  readonly colour: string;
  readonly depot: string;
  /** From one terminal to the other; the middle one is the central station. */
  readonly stations: readonly Station[];
  /** Minutes between a station and the next; one less than there are stations. */
  readonly rides: readonly number[];
  /** 1 for a line of its own, 2 for a branch that shares its line with another. */
  readonly headwayFactor: number;
};

type Station = {
  readonly id: string;
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
};

type Depot = { readonly code: string; readonly name: string };

/** Everything of the demo metro that does not depend on a date. */
export type Metro = {
  readonly agency: string;
  readonly zone: string;
  readonly depots: readonly Depot[];
  readonly routes: readonly Route[];
};

const depots: readonly Depot[] = [
  { code: "ALD", name: "Alder Yard" },
  { code: "NGT", name: "Northgate" },
  { code: "KMR", name: "Kingsmere" },
  { code: "SLT", name: "Saltworks" },
];

/** Three lines; the third has two branches, each of which reports at a depot of its own. */
const plans = [
  {
    id: "A",
    name: "Harbour Line",
    colour: "0B6E99",
    depot: "ALD",
    ends: ["Alder Quay", "Saint Orrin Hospital"],
    bearing: 20,
    headwayFactor: 1,
  },
  {
    id: "B",
    name: "Summit Line",
    colour: "B4482F",
    depot: "NGT",
    ends: ["Northgate", "Vesper Heights"],
    bearing: 95,
    headwayFactor: 1,
  },
  {
    id: "C1",
    name: "Garden Line, Kingsmere branch",
    colour: "3F7D3A",
    depot: "KMR",
    ends: ["Kingsmere", "Skyfield Airport"],
    bearing: 150,
    headwayFactor: 2,
  },
  {
    id: "C2",
    name: "Garden Line, Saltworks branch",
    colour: "3F7D3A",
    depot: "SLT",
    ends: ["Saltworks", "Skyfield Airport"],
    bearing: 165,
    headwayFactor: 2,
  },
] as const;

const centre = "Meridian Square";
const stationsInHalf = 13;
/** An ocean's middle: nobody's city lies there. */
const middle = { latitude: 44.2, longitude: -33.6 };
const degreesPerStation = 0.018;

/** The demo metro in a time zone. The seed decides its stations and how long its trains ride. */
export const makeMetro = (seed: number, zone: string): Metro => {
  const names = byLot(stationNames(), (name) => `${seed} station ${name}`);
  return {
    agency: "Meridian Metro",
    zone,
    depots,
    routes: plans.map((plan) => ({
      id: plan.id,
      name: plan.name,
      colour: plan.colour,
      depot: plan.depot,
      headwayFactor: plan.headwayFactor,
      stations: layStations(plan, names),
      rides: layRides(seed, plan.id),
    })),
  };
};

const layStations = (plan: (typeof plans)[number], names: string[]): Station[] =>
  Array.from({ length: 2 * stationsInHalf + 1 }, (_, index) => {
    const place = index - stationsInHalf;
    const angle = (plan.bearing / 180) * Math.PI;
    const isCentre = place === 0;
    return {
      id: isCentre ? "MSQ" : `${plan.id}${String(index + 1).padStart(2, "0")}`,
      name: isCentre ? centre : (nameOfEnd(plan.ends, index) ?? names.pop() ?? `${plan.name} ${index + 1}`),
      latitude: middle.latitude + place * degreesPerStation * Math.cos(angle),
      longitude: middle.longitude + place * degreesPerStation * Math.sin(angle),
    };
  });

const nameOfEnd = (ends: readonly string[], index: number): string | undefined =>
  index === 0 ? ends[0] : index === 2 * stationsInHalf ? ends[1] : undefined;

const layRides = (seed: number, route: string): number[] =>
  Array.from({ length: 2 * stationsInHalf }, (_, index) => chanceOf(seed, "ride", route, index).whole(3, 6));

const places =
  "Abbey Brewery Canal Cathedral Chapel Cooper Exchange Fairground Ferry Foundry Garrison Heron Juniper Lantern Library Linden Mercer Mill Museum Observatory Orchard Parliament Poplar Quarry Rope Rowan Spring Tanner Theatre Velvet Weaver Willow Windmill".split(
    " ",
  );
const kinds = ["Street", "Hill", "Bridge", "Park"];

const stationNames = (): string[] => places.flatMap((place) => kinds.map((kind) => `${place} ${kind}`));
