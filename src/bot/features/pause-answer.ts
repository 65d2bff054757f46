/**
 * The answer to a pause. It counts from the very call, but what is not on disk a restart forgets:
 * the answer says which of the two it is.
 */
import type { Request } from '../context.ts';
import { reply, replyText } from '../reply.ts';
import { compose, type View } from '../views/view.ts';
import { within } from '../within.ts';

/** A healthy disk needs a few milliseconds; who stops everything does not wait for a sick one. */
const DISK_MS = 250;

/** Shows the view once `recorded` resolves; before that, or when it fails, with a line about it. */
export function answerPause(request: Request, recorded: Promise<void>, shown: () => View): void {
  const { jobs, t } = request;
  const accepted = jobs.run('pause', () => answer(request, recorded, shown));
  if (accepted) return;
  recorded.catch(() => undefined);
  reply(request, () => noted(shown(), t('pause-not-kept')));
}

async function answer(request: Request, recorded: Promise<void>, shown: () => View): Promise<void> {
  const { t, clock } = request;
  try {
    if (await within(clock, DISK_MS, recorded)) {
      reply(request, shown);
      return;
    }
    reply(request, () => noted(shown(), t('pause-not-kept')));
    await recorded;
    replyText(request, t('pause-kept'));
  } catch (error) {
    reply(request, () => noted(shown(), t('pause-lost')));
    throw error;
  }
}

function noted(view: View, note: string): View {
  return { ...view, pages: compose([...view.pages, note]).pages };
}
