import { expect, test } from 'vitest';
import { loadCatalogue } from '../../../src/bot/i18n/words.ts';
import { actPreviewView } from '../../../src/bot/views/act.ts';
import { parseHtml } from '../../../src/sim/telegram/core/entities/html.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { actPreview, cut } from '../fake-acts.ts';
import { FakeDoor, symbolOf } from '../fake-door.ts';

const clock = new ManualClock();
const door = new FakeDoor(clock, () => 0.5);
const t = loadCatalogue()('en');

test.each([
  [100, /BTC 2\.10%→closed 4\.1%→–/],
  [50, /BTC 2\.10%→0\.00% 4\.1%→0\.0%/],
])('a position of which %d % goes is closed, or keeps its figures', (sharePct, row) => {
  const symbol = symbolOf('BTC');
  const preview = actPreview(
    { clock, door },
    { kind: 'reduce', symbol, sharePct },
    {
      reductions: [{ ...cut(), sharePct }],
      effects: [
        {
          ...{ symbol, rateBeforePct: 2.1, rateAfterPct: 0 },
          ...{ distanceBefore: 0.041, distanceAfter: 0 },
        },
      ],
    },
  );
  const view = actPreviewView({ preview, banner: [], changed: false }, clock.now(), t, []);
  expect(parseHtml(view.pages.join('\n')).text).toMatch(row);
});
