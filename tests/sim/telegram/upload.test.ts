import { Api, InputFile, InputMediaBuilder } from 'grammy';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asFetch, OWNER_ID, type RunningTelegram } from '../../../src/sim/telegram/index.ts';
import { readMultipart } from '../../../src/sim/telegram/wire/multipart.ts';
import { BOT_TOKEN, http, PIXEL, startServer } from './rig.ts';

describe('a multipart body', () => {
  const part = (head: string, body: string) => `--b\r\n${head}\r\n\r\n${body}\r\n`;
  const type = 'multipart/form-data; boundary=b';

  test('is read with quoted and unquoted names, and with line ends inside files', () => {
    const body = Buffer.from(
      `${part('Content-Disposition: form-data; name="chat_id"', '7')}${part(
        'content-disposition:form-data;name="f";filename=a b.txt\r\ncontent-type:text/plain',
        'one\r\n--bad\r\ntwo',
      )}--b--\r\n`,
    );
    const { fields, uploads } = readMultipart(type, body);
    expect(fields.get('chat_id')).toBe('7');
    const file = uploads.get('f');
    expect(file?.filename).toBe('a b.txt');
    expect(Buffer.from(file?.bytes ?? []).toString()).toBe('one\r\n--bad\r\ntwo');
  });

  test('that is broken is refused, not half read', () => {
    const whole = part('content-disposition:form-data;name="a"', 'x');
    expect(() => readMultipart('multipart/form-data', Buffer.from(whole))).toThrow('boundary');
    expect(() => readMultipart(type, Buffer.from(whole))).toThrow('ends in the middle');
    expect(() => readMultipart(type, Buffer.from('nothing'))).toThrow('without its boundary');
  });
});

describe('files sent by grammY', () => {
  let telegram: RunningTelegram;

  beforeEach(async () => {
    telegram = await startServer();
  });

  afterEach(async () => {
    await telegram.close();
  });

  const doors = {
    http: () => new Api(BOT_TOKEN, { apiRoot: telegram.apiRoot }),
    fetch: () => new Api(BOT_TOKEN, { fetch: asFetch(telegram.core) }),
  };

  for (const [door, open] of Object.entries(doors)) {
    test(`through ${door}: photo, document, their ids again, and an edit of media`, async () => {
      const api = open();
      const photo = await api.sendPhoto(OWNER_ID, new InputFile(PIXEL, 'pnl.png'), {
        caption: '<b>P&amp;L</b>',
        parse_mode: 'HTML',
      });
      expect(photo).toMatchObject({ caption: 'P&L', photo: [{ width: 1, height: 1 }] });
      const bytes = Buffer.from('a;b\r\n1;2\r\n');
      const csv = await api.sendDocument(OWNER_ID, new InputFile(bytes, 'day.csv'));
      expect(csv.document).toMatchObject({ file_name: 'day.csv', file_size: bytes.length });
      const again = await api.sendPhoto(OWNER_ID, photo.photo[0]?.file_id ?? '');
      expect(again.photo).toEqual(photo.photo);
      const text = await api.sendMessage(OWNER_ID, 'soon a picture');
      const media = InputMediaBuilder.photo(new InputFile(PIXEL, 'new.png'), { caption: 'now' });
      const edited = await api.editMessageMedia(OWNER_ID, text.message_id, media);
      expect(edited).toMatchObject({ caption: 'now', photo: [{ width: 1 }] });
      await expect(
        api.editMessageText(OWNER_ID, text.message_id, 'back to text'),
      ).rejects.toMatchObject({ error_code: 400 });
    });
  }

  test('can be downloaded by their path, with the token only', async () => {
    const api = doors.http();
    const sent = await api.sendDocument(OWNER_ID, new InputFile(Buffer.from('abc'), 'x.txt'));
    const { file_path } = await api.getFile(sent.document.file_id);
    const good = await http(`${telegram.apiRoot}/file/bot${BOT_TOKEN}/${file_path ?? ''}`);
    expect(good).toMatchObject({ status: 200, text: 'abc' });
    const bad = await http(`${telegram.apiRoot}/file/bot7:wrong/${file_path ?? ''}`);
    expect(bad.status).toBe(401);
  });

  test('reach the page: photos as pictures, everything else as a download', async () => {
    const api = doors.http();
    await api.sendPhoto(OWNER_ID, new InputFile(PIXEL, 'a.png'));
    const page = Buffer.from('<script>alert(1)</script>');
    await api.sendDocument(OWNER_ID, new InputFile(page, 'evil.html'));
    const list = JSON.parse((await http(`${telegram.apiRoot}/api/messages`)).text);
    expect(list[0].photo).toMatch(/^\/media\//);
    const shown = await http(`${telegram.apiRoot}${list[0].photo}`);
    expect(shown.headers['content-type']).toBe('image/png');
    const saved = await http(`${telegram.apiRoot}${list[1].document.path}`);
    expect(saved.headers['content-type']).toBe('application/octet-stream');
    expect(saved.headers['content-disposition']).toContain('attachment');
  });
});
