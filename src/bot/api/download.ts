/** Files that people sent, from Telegram's own store. */
import type { Api } from 'grammy';
import { BallastError } from '../../core/errors.ts';
import type { Secret } from '../../core/secret.ts';
import type { Clock } from '../../ports/clock.ts';

export interface DownloadDeps {
  readonly api: Api;
  readonly token: Secret;
  readonly apiRoot?: string;
  readonly fetch?: typeof fetch;
  readonly clock: Clock;
}

/** Null when the file is larger than allowed. @throws when it cannot be had */
export type Download = (fileId: string, bytesMax: number) => Promise<Uint8Array | null>;

const TIMEOUT_MS = 20_000;

export function downloader(deps: DownloadDeps): Download {
  const { api, token, apiRoot = 'https://api.telegram.org', clock } = deps;
  const get = deps.fetch ?? fetch;
  return async (fileId, bytesMax) => {
    const file = await api.getFile(fileId);
    if ((file.file_size ?? 0) > bytesMax) return null;
    if (!file.file_path) throw new BallastError('expected a path of the file, there was none');
    const controller = new AbortController();
    const stopTimer = clock.after(TIMEOUT_MS, () => controller.abort());
    try {
      const url = `${apiRoot}/file/bot${token.reveal()}/${file.file_path}`;
      const answer = await get(url, { signal: controller.signal });
      if (!answer.ok) throw new BallastError(`expected the file, was HTTP ${answer.status}`);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      return bytes.length > bytesMax ? null : bytes;
    } finally {
      stopTimer();
    }
  };
}
