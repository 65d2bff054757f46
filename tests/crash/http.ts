/** JSON over HTTP to the simulators. */
const PATIENCE_MS = 10_000;

export async function getJson(url: string): Promise<unknown> {
  return read(url, await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) }));
}

export async function postJson(url: string, body: object): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  return read(url, response);
}

async function read(url: string, response: Response): Promise<unknown> {
  const text = await response.text();
  if (!response.ok) throw new Error(`expected 200 of ${url}, was ${response.status}: ${text}`);
  return JSON.parse(text);
}
