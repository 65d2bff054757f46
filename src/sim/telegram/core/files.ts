/** Uploaded pictures and documents, found again by `file_id` or by download path. */
import { type Image, readImage } from './image-size.ts';
import type { Upload } from './payload.ts';
import { badRequest } from './reply.ts';

export type FileKind = 'photo' | 'document';

export interface StoredFile {
  readonly fileId: string;
  readonly uniqueId: string;
  readonly kind: FileKind;
  /** Download path, as `getFile` answers it. */
  readonly path: string;
  readonly filename: string;
  readonly bytes: Uint8Array;
  /** Set for photos, and for documents that are pictures. */
  readonly image: Image | undefined;
}

const FILES_MAX = 200;
const TOTAL_BYTES_MAX = 64 * 1024 * 1024;
const PHOTO_BYTES_MAX = 10 * 1024 * 1024;
const DOCUMENT_BYTES_MAX = 50 * 1024 * 1024;

export class FileStore {
  readonly #files = new Map<string, StoredFile>();
  #totalBytes = 0;
  #next = 1;

  /** @throws ApiRefusal 400 for what Telegram would not take as this kind */
  add(kind: FileKind, upload: Upload): StoredFile {
    const image = readImage(upload.bytes);
    if (upload.bytes.length === 0) throw badRequest('file must be non-empty');
    if (kind === 'photo') checkPhoto(upload, image);
    else if (upload.bytes.length > DOCUMENT_BYTES_MAX) throw badRequest('file is too big');
    const number = this.#next;
    this.#next += 1;
    const extension = extensionOf(upload.filename, image);
    const file: StoredFile = {
      fileId: `${kind === 'photo' ? 'AgACAgQAAx' : 'BQACAgQAAx'}${number}`,
      uniqueId: `AQAD${number}`,
      kind,
      path: `${kind}s/file_${number}.${extension}`,
      filename: upload.filename,
      bytes: upload.bytes,
      image,
    };
    this.#files.set(file.fileId, file);
    this.#totalBytes += file.bytes.length;
    this.#forgetOldest();
    return file;
  }

  /** @throws ApiRefusal 400 */
  get(fileId: string): StoredFile {
    const file = this.#files.get(fileId);
    if (file === undefined) {
      throw badRequest('wrong remote file identifier specified: Wrong string length');
    }
    return file;
  }

  find(fileId: string): StoredFile | undefined {
    return this.#files.get(fileId);
  }

  byPath(path: string): StoredFile | undefined {
    for (const file of this.#files.values()) if (file.path === path) return file;
    return undefined;
  }

  #forgetOldest(): void {
    for (const [id, file] of this.#files) {
      if (this.#files.size <= FILES_MAX && this.#totalBytes <= TOTAL_BYTES_MAX) return;
      this.#files.delete(id);
      this.#totalBytes -= file.bytes.length;
    }
  }
}

function checkPhoto(upload: Upload, image: Image | undefined): void {
  if (upload.bytes.length > PHOTO_BYTES_MAX) throw badRequest('file is too big for a photo');
  if (image === undefined) throw badRequest('IMAGE_PROCESS_FAILED');
  const { width, height } = image;
  const ratio = Math.max(width, height) / Math.max(1, Math.min(width, height));
  if (width + height > 10_000 || ratio > 20 || width < 1 || height < 1) {
    throw badRequest('PHOTO_INVALID_DIMENSIONS');
  }
}

function extensionOf(filename: string, image: Image | undefined): string {
  const own = /\.([A-Za-z0-9]{1,8})$/.exec(filename)?.[1];
  return own?.toLowerCase() ?? image?.mime.slice('image/'.length) ?? 'dat';
}
