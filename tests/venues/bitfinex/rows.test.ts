import { describe, expect, test } from 'vitest';
import { positionsCall } from '../../../src/venues/bitfinex/calls/positions.ts';
import { walletCall } from '../../../src/venues/bitfinex/calls/wallets.ts';
import { parseWire } from '../../../src/venues/bitfinex/wire-json.ts';
import { MemoryLog, SOL_ROW } from './setup.ts';

const breathe = () => Promise.resolve();
const positions = async (json: string) =>
  positionsCall('USTF0', new MemoryLog()).read(parseWire(json), breathe);
const wallet = async (json: string) => walletCall('USTF0').read(parseWire(json), breathe);

/** The recorded row with some cells replaced by other JSON. */
function changed(cells: Readonly<Record<number, string>>, more = ''): string {
  const row = JSON.parse(SOL_ROW) as unknown[];
  const texts = row.map((cell, i) => cells[i] ?? JSON.stringify(cell));
  return `[${texts.join(',')}${more}]`;
}

const MARGIN_ROW =
  '["tBTCUSD","ACTIVE",0.0195,8565.0267019,0,0,-0.33455568705000516,-0.0003117550117425625,' +
  '7045.876419249083,3.0673001895895604,null,142355652,1574002216000,1574002216000,null,0,null,' +
  '0,0,{"reason":"TRADE","order_id":34271018124,"liq_stage":null}]';
const UPDATE_ROW =
  '["tBTCF0:USTF0","ACTIVE",0.0008,9000,-0.0025,0,-0.08,-1.1111111111111112,8145,' +
  '1.7108543647129272e-7,null,36444678,null,null,null,1,null,0.72,0.07200000000000001,' +
  '{"reason":"TRADE","order_id":1187248640,"trade_price":"9000.0"}]';

describe('position rows', () => {
  test('the recorded derivative row reads at the right indices', async () => {
    const [position] = await positions(`[${SOL_ROW}]`);
    expect(position).toMatchObject({ id: '185729809', symbol: 'tSOLF0:USTF0', side: 'long' });
    expect(position?.quantity.toFixed()).toBe('2.5');
    expect(position?.entryPrice.toFixed()).toBe('199.4168');
    expect(position?.collateralUsd.toFixed()).toBe('63.96519761');
    expect(position?.collateralMinUsd?.toFixed()).toBe('24.9271');
    expect(position?.liquidationPrice?.toFixed()).toBe('178.816140956');
    expect(position?.leverage?.toFixed()).toBe('7.7939570051771465');
  });

  test('margin positions and other settle currencies are not ours', async () => {
    expect(await positions(`[${MARGIN_ROW}]`)).toEqual([]);
    expect(await positions(`[${changed({ 0: '"tBTCF0:EUTF0"' })}]`)).toEqual([]);
    expect(await positions(`[${MARGIN_ROW},${UPDATE_ROW}]`)).toHaveLength(1);
  });

  test('a negative amount is a short with a positive quantity', async () => {
    const [position] = await positions(`[${changed({ 2: '-0.25' })}]`);
    expect(position?.side).toBe('short');
    expect(position?.quantity.toFixed()).toBe('0.25');
  });

  test.each([6, 7, 8, 9, 12, 13, 18, 19])('a null at %i is tolerated', async (index) => {
    expect(await positions(`[${changed({ [index]: 'null' })}]`)).toHaveLength(1);
  });

  test('longer rows, shorter rows and every form of META are tolerated', async () => {
    expect(await positions(`[${changed({}, ',1,{"new":[2]}')}]`)).toHaveLength(1);
    expect(await positions(`[${changed({ 19: '"{\\"reason\\":\\"TRADE\\"}"' })}]`)).toHaveLength(1);
    const cut = JSON.stringify((JSON.parse(SOL_ROW) as unknown[]).slice(0, 18));
    expect((await positions(`[${cut}]`))[0]?.collateralMinUsd).toBeNull();
  });

  test('a row that says CLOSED or has an amount of zero is not open', async () => {
    expect(await positions(`[${changed({ 1: '"CLOSED"' })}]`)).toEqual([]);
    expect(await positions(`[${changed({ 2: '0' })}]`)).toEqual([]);
  });

  test.each([
    ['collateral null', { 17: 'null' }],
    ['collateral a text', { 17: '"much"' }],
    ['collateral negative', { 17: '-1' }],
    ['entry price null', { 3: 'null' }],
    ['entry price zero', { 3: '0' }],
    ['amount null', { 2: 'null' }],
    ['id null', { 11: 'null' }],
    ['status null', { 1: 'null' }],
    ['status unheard of', { 1: '"SETTLING"' }],
    ['type null', { 15: 'null' }],
    ['type of another kind', { 15: '2' }],
    ['symbol of another form', { 0: '"BTC-PERP"' }],
    ['symbol null', { 0: 'null' }],
  ])(
    'one row with its %s fails the whole answer, it is not taken for closed',
    async (_name, cells) => {
      await expect(positions(`[${UPDATE_ROW},${changed(cells)}]`)).rejects.toThrow();
    },
  );

  test('two rows for one symbol, or an answer that is no list, are refused', async () => {
    await expect(positions(`[${SOL_ROW},${SOL_ROW}]`)).rejects.toThrow(/one position/);
    await expect(positions('{"a":1}')).rejects.toThrow();
    await expect(positions('[1]')).rejects.toThrow();
  });

  test('a liquidation price of zero is not computed yet; below zero, out of reach', async () => {
    expect((await positions(`[${changed({ 8: '0' })}]`))[0]?.liquidationPrice).toBeNull();
    expect((await positions(`[${changed({ 8: '-5' })}]`))[0]?.liquidationPrice?.toFixed()).toBe(
      '-5',
    );
    expect((await positions(`[${changed({ 2: '-1', 8: '-5' })}]`))[0]?.liquidationPrice).toBeNull();
    await expect(positions(`[${changed({ 8: '"x"' })}]`)).rejects.toThrow();
  });
});

describe('wallet rows', () => {
  const MARGIN = '["margin","USTF0",11.960650700086292,0,6.776250700086292,"fees",null]';
  const EXCHANGE = '["exchange","UST",833.61904883,0,723.62186513,"fees",null]';

  test('the derivative funds are the margin wallet in the settle currency', async () => {
    const found = await wallet(`[${EXCHANGE},${MARGIN}]`);
    expect(found.balanceUsd.toFixed()).toBe('11.960650700086292');
    expect(found.availableUsd?.toFixed()).toBe('6.776250700086292');
    expect((await wallet(`[${MARGIN.replace('margin', 'deriv')}]`)).currency).toBe('USTF0');
  });

  test('an available balance that is not computed stays unknown', async () => {
    expect((await wallet('[["margin","USTF0",11.9,0,null,"fees",null]]')).availableUsd).toBeNull();
    expect((await wallet('[["margin","USTF0",11.9,0]]')).availableUsd).toBeNull();
  });

  test('none or several candidates are refused, never guessed', async () => {
    await expect(wallet(`[${EXCHANGE}]`)).rejects.toThrow(/one margin wallet/);
    await expect(wallet('[]')).rejects.toThrow(/one margin wallet/);
    await expect(wallet(`[${MARGIN},${MARGIN.replace('margin', 'deriv')}]`)).rejects.toThrow();
    await expect(wallet('[["exchange","USTF0",1,0,1,"x",null]]')).rejects.toThrow();
  });

  test('an unreadable balance is refused', async () => {
    await expect(wallet('[["margin","USTF0",null,0,1]]')).rejects.toThrow();
    await expect(wallet('[["margin","USTF0",1,0,"x"]]')).rejects.toThrow();
  });
});
