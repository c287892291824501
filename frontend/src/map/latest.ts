/** One question at a time: a newer one waits a little, then cancels the older. */

export type Ask<T> = (signal: AbortSignal) => Promise<T>;

/** Runs the newest of quick successive questions; answers that came too late are dropped. */
export class Latest {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | undefined;

  /** Asks after `waitMs` without a newer question; `failed` hears of errors other than cancelling. */
  ask<T>(waitMs: number, ask: Ask<T>, answered: (answer: T) => void, failed: (problem: unknown) => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#run(ask, answered, failed), waitMs);
  }

  /** Forgets what was asked. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#running?.abort();
  }

  async #run<T>(ask: Ask<T>, answered: (answer: T) => void, failed: (problem: unknown) => void): Promise<void> {
    this.#running?.abort();
    const mine = new AbortController();
    this.#running = mine;
    try {
      const answer = await ask(mine.signal);
      if (!mine.signal.aborted) answered(answer);
    } catch (problem) {
      if (!mine.signal.aborted) failed(problem);
    }
  }
}

/** The JSON at an address of our own server. Throws when the answer is not a success. */
export async function fetchJson<T>(url: string, signal: AbortSignal): Promise<T> {
  const response = await fetch(url, { signal, headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return (await response.json()) as T;
}
