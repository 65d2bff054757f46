/** Slips made-up updates into the answers of `getUpdates`, as a hostile or odd Telegram would. */
type Fetch = typeof fetch;

export class Forger {
  #nextId: number;
  #forged: object[] = [];
  #wake: () => void = () => undefined;

  constructor(firstId: number) {
    this.#nextId = firstId;
  }

  push(update: object): void {
    this.#forged.push({ update_id: this.#nextId, ...update });
    this.#nextId += 1;
    this.#wake();
  }

  wrap(real: Fetch): Fetch {
    return async (input, init) => {
      if (!String(input).endsWith('/getUpdates')) return real(input, init);
      if (this.#forged.length > 0) return this.#answer();
      const controller = new AbortController();
      init?.signal?.addEventListener('abort', () => controller.abort());
      const woken = new Promise<null>((resolve) => {
        this.#wake = () => resolve(null);
      });
      const answer = real(input, { ...init, signal: controller.signal });
      const first = await Promise.race([answer, woken]);
      if (first) return this.#note(first);
      answer.catch(() => undefined);
      controller.abort();
      return this.#answer();
    };
  }

  #answer(): Response {
    return Response.json({ ok: true, result: this.#forged.splice(0) });
  }

  async #note(answer: Response): Promise<Response> {
    const body = (await answer.clone().json()) as { result?: { update_id: number }[] };
    for (const { update_id } of body.result ?? []) {
      this.#nextId = Math.max(this.#nextId, update_id + 1);
    }
    return answer;
  }
}
