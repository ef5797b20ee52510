import { describe, expect, it } from 'vitest';
import { download, html, inlineImage } from '#app/_entry/file.ts';
import { jsonBody } from '#app/_entry/input.ts';
import { putBlob } from '#lib/blobs/index.ts';
import { newId } from '#lib/ids.ts';

const tenantId = newId();
const stored = async (filename: string, contentType: string, text = 'bytes') => {
  const { sha256 } = await putBlob(tenantId, Buffer.from(text));
  return { filename, contentType, sha256 };
};

describe('a download', () => {
  it('brings the bytes with their length, to be saved and not to be shown', async () => {
    const response = await download(tenantId, await stored('注文書 (1).pdf', 'application/pdf; name=x'));
    expect(await response.text()).toBe('bytes');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': '5',
      'content-disposition': `attachment; filename="___ (1).pdf"; filename*=UTF-8''%E6%B3%A8%E6%96%87%E6%9B%B8%20%281%29.pdf`,
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
  });

  it.each([
    'text/html',
    'image/svg+xml',
    'application/xhtml+xml',
    'text/xml',
    'application/javascript',
    '',
    'x\r\ny: z',
  ])('of type "%s" is only bytes', async (type) => {
    const response = await download(tenantId, await stored('a', type));
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
  });

  it.each([
    ['a"b\\c/d\r\ne', 'a_b_c_d__e'],
    ['\u202Egnp.exe', '_gnp.exe'],
    ['', 'file'],
    ['\uD800', '_'],
  ])('named %j can break neither header nor folder', async (filename, ascii) => {
    const response = await download(tenantId, await stored(filename, 'text/plain'));
    expect(response.headers.get('content-disposition')).toContain(`attachment; filename="${ascii}"; filename*=UTF-8''`);
  });

  it('is NotFound for bytes that are not there, and for those of another tenant', async () => {
    const file = await stored('a', 'text/plain');
    await expect(download(newId(), file)).rejects.toMatchObject({ code: 'NotFound' });
  });
});

it('shows inline only the four kinds of image that every browser merely draws', async () => {
  expect((await inlineImage(tenantId, await stored('a', 'image/PNG'))).headers.get('content-type')).toBe('image/png');
  for (const type of ['image/svg+xml', 'text/html', 'application/pdf'])
    await expect(inlineImage(tenantId, await stored('a', type))).rejects.toMatchObject({ code: 'NotFound' });
});

it('shows a mail as a document in which nothing runs and which only we may frame', () => {
  const policy = html('<p>hello</p>').headers.get('content-security-policy') ?? '';
  expect(policy).toContain("script-src 'none'");
  expect(policy).toContain("frame-ancestors 'self'");
  expect(policy).not.toContain('allow-scripts');
});

describe('a JSON body', () => {
  const request = (body: BodyInit, type = 'application/json') =>
    new Request('http://x', { method: 'POST', body, headers: { 'content-type': type } });

  it('is read up to its limit and no further', async () => {
    expect(await jsonBody(request('{"a":"窓口"}'), 100)).toEqual({ a: '窓口' });
    let pulled = 0;
    const endless = new ReadableStream({
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(new Uint8Array(1000));
      },
    });
    const long = new Request('http://x', {
      method: 'POST',
      body: endless,
      duplex: 'half',
      headers: { 'content-type': 'application/json' },
    } as RequestInit);
    await expect(jsonBody(long, 5000)).rejects.toMatchObject({ reason: 'tooLarge' });
    expect(pulled).toBeLessThan(20);
  });

  it('is JSON, and says so', async () => {
    await expect(jsonBody(request('{'), 100)).rejects.toMatchObject({ reason: 'notJson' });
    await expect(jsonBody(request('{}', 'text/plain'), 100)).rejects.toMatchObject({ reason: 'notJson' });
  });
});
