export interface Image {
  readonly mime: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  readonly width: number;
  readonly height: number;
}

/** Reads kind and size from the first bytes; undefined when it is no picture. */
export function readImage(bytes: Uint8Array): Image | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (data.length < 24) return undefined;
  if (data.readUInt32BE(0) === 0x89504e47 && data.toString('latin1', 12, 16) === 'IHDR') {
    return { mime: 'image/png', width: data.readUInt32BE(16), height: data.readUInt32BE(20) };
  }
  if (data.toString('latin1', 0, 4) === 'GIF8') {
    return { mime: 'image/gif', width: data.readUInt16LE(6), height: data.readUInt16LE(8) };
  }
  if (data.readUInt16BE(0) === 0xffd8) return readJpeg(data);
  return data.toString('latin1', 8, 12) === 'WEBP' ? readWebp(data) : undefined;
}

/** Walks the segments to the start of frame, which holds the size. */
function readJpeg(data: Buffer): Image | undefined {
  let at = 2;
  while (at + 9 < data.length && data[at] === 0xff) {
    const marker = data[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      const height = data.readUInt16BE(at + 5);
      return { mime: 'image/jpeg', width: data.readUInt16BE(at + 7), height };
    }
    at += 2 + data.readUInt16BE(at + 2);
  }
  return undefined;
}

function readWebp(data: Buffer): Image | undefined {
  const kind = data.toString('latin1', 12, 16);
  if (data.length < 30) return undefined;
  if (kind === 'VP8X') {
    const width = data.readUIntLE(24, 3) + 1;
    return { mime: 'image/webp', width, height: data.readUIntLE(27, 3) + 1 };
  }
  if (kind === 'VP8 ') {
    const width = data.readUInt16LE(26) & 0x3fff;
    return { mime: 'image/webp', width, height: data.readUInt16LE(28) & 0x3fff };
  }
  if (kind === 'VP8L') {
    const bits = data.readUInt32LE(21);
    return { mime: 'image/webp', width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
  }
  return undefined;
}
