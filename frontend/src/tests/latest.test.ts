/** Of quick questions only the newest is answered. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Latest } from "../map/latest";

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
const fail = (problem: unknown): void => assert.fail(String(problem));

test("of questions in quick succession only the last is asked", async () => {
  const latest = new Latest();
  const asked: number[] = [];
  for (const n of [1, 2, 3]) latest.ask(1, async () => asked.push(n), () => undefined, fail);
  await soon();
  assert.deepEqual(asked, [3]);
});

test("an answer that comes after a newer question is dropped, and its request is cancelled", async () => {
  const latest = new Latest();
  const answers: string[] = [];
  let first: { signal: AbortSignal; answer: (text: string) => void } | undefined;
  const slow = (signal: AbortSignal): Promise<string> =>
    new Promise((answer) => {
      first = { signal, answer };
    });
  latest.ask(0, slow, (answer) => answers.push(answer), fail);
  await soon();
  latest.ask(0, async () => "new", (answer) => answers.push(answer), fail);
  await soon();
  assert.ok(first?.signal.aborted);
  first?.answer("old");
  await soon();
  assert.deepEqual(answers, ["new"]);
});

test("a failure is heard, a cancelled one is not", async () => {
  const latest = new Latest();
  const heard: unknown[] = [];
  const broken = async (): Promise<never> => Promise.reject(new Error("no network"));
  latest.ask(0, broken, () => undefined, (problem) => heard.push(problem));
  await soon();
  latest.ask(0, broken, () => undefined, (problem) => heard.push(problem));
  latest.cancel();
  await soon();
  assert.equal(heard.length, 1);
});
