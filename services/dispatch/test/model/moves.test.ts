import type { Moves } from "@headway/kernel/move";
import { describe, expect, test } from "vitest";
import { type AssignmentState, assignmentMoves, moveAssignment } from "../../src/model/assignment.ts";
import { dutyMoves, moveDuty } from "../../src/model/duty.ts";
import { orphanMoves } from "../../src/model/orphaned-signing.ts";
import { replacementMoves } from "../../src/model/replacement.ts";

const allMoves = <S extends string, O extends string>(moves: Moves<S, O>) => {
  const states = Object.keys(moves) as S[];
  const orders = [...new Set(states.flatMap((state) => Object.keys(moves[state]) as O[]))];
  return states.flatMap((state) => orders.map((order) => ({ state, order, leadsTo: moves[state][order] })));
};

/** What only a person's word moves. */
const byPerson = ["Verify", "Reinstate"];

const end = (moves: Moves<string, string>) =>
  Object.keys(moves).filter((state) => Object.keys(moves[state] ?? {}).every((order) => byPerson.includes(order)));

describe("an assignment", () => {
  test.each(allMoves(assignmentMoves))("$state, $order: $leadsTo", ({ state, order, leadsTo }) => {
    if (leadsTo) expect(moveAssignment(state, order)).toBe(leadsTo);
    else
      expect(() => moveAssignment(state, order)).toThrow(
        expect.objectContaining({ kind: "conflict", slug: `assignment.${state}` }),
      );
  });

  test("starts as assigned and reaches every other state", () => {
    const reached = new Set<AssignmentState>(["assigned"]);
    for (const state of reached) for (const next of Object.values(assignmentMoves[state])) reached.add(next);
    expect([...reached].sort()).toEqual(Object.keys(assignmentMoves).sort());
  });

  test("ends where nothing is paid, or once the worked time is signed", () => {
    expect(end(assignmentMoves).sort()).toEqual(["missed", "released", "relieved", "signed-off", "verified"]);
  });
});

describe("a duty", () => {
  test.each(allMoves(dutyMoves))("$state, $order: $leadsTo", ({ state, order, leadsTo }) => {
    if (leadsTo) expect(moveDuty(state, order)).toBe(leadsTo);
    else
      expect(() => moveDuty(state, order)).toThrow(
        expect.objectContaining({ kind: "conflict", slug: `duty.${state}` }),
      );
  });
});

test("an orphaned signing is settled once", () => {
  expect(end(orphanMoves).sort()).toEqual(["dismissed", "matched"]);
});

test("a replacement ends covered or failed", () => {
  expect(end(replacementMoves).sort()).toEqual(["covered", "failed"]);
});
